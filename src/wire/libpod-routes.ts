import { imageOf, shortName, the, theShort, touch, type Asked, type Route } from './route.ts';

const tagged = (asked: Asked): string => imageOf(asked.query('repo'), asked.query('tag'));

function saysCreate(asked: Asked): string {
  const image = asked.sent('image');
  const from = image === '' ? 'an image' : shortName(image, 20);
  return `creates ${theShort('container', asked.sent('name'))} from ${from}; it does not run yet`;
}

function saysPull(asked: Asked): string {
  const image = the('image', asked.query('reference'));
  return asked.query('policy') === 'missing'
    ? `makes sure that ${image} is here; pulls it if not`
    : `pulls ${image} from its registry`;
}

function saysRemoveImages(asked: Asked): string {
  const names = asked.queries('images');
  if (asked.isOn('all')) return 'removes all images';
  return names.length === 1 ? `removes ${the('image', names[0] ?? '')}` : 'removes several images';
}

/**
 * What Podman's own API (libpod, 3.0 to 5.x) has besides Docker's, or with other fields. The rest of it means what the
 * same path means without `/libpod`.
 */
export const LIBPOD_ROUTES: readonly Route[] = [
  {
    ask: 'POST /libpod/containers/create',
    says: saysCreate,
    changes: true,
    touches: (asked) => touch('container', asked.answered('Id') || asked.sent('name')),
    missing: 'image',
  },
  { ask: 'GET /libpod/containers/stats', says: 'measures what containers use' },
  { ask: 'GET /libpod/containers/showmounted', says: 'lists containers whose files are mounted on the host' },
  { ask: 'GET /libpod/containers/:container/exists', says: 'asks whether there is {container}' },
  { ask: 'POST /libpod/containers/:container/init', says: 'makes {container} ready to start', changes: true },
  {
    ask: 'POST /libpod/containers/:container/mount',
    says: 'makes the files of {container} visible on the host',
    changes: true,
  },
  {
    ask: 'POST /libpod/containers/:container/unmount',
    says: 'hides the files of {container} from the host again',
    changes: true,
  },
  { ask: 'GET /libpod/containers/:container/healthcheck', says: 'runs the health check of {container} once' },
  {
    ask: 'POST /libpod/containers/:container/checkpoint',
    says: 'saves the state of {container}, to go on from later',
    changes: true,
  },
  {
    ask: 'POST /libpod/containers/:container/restore',
    says: 'lets {container} go on from a saved state',
    changes: true,
  },

  {
    ask: 'POST /libpod/images/pull',
    says: saysPull,
    changes: true,
    touches: (asked) => touch('image', asked.query('reference')),
  },
  {
    ask: 'POST /libpod/images/import',
    says: 'makes an image of an archive of files',
    changes: true,
    touches: (asked) => touch('image', asked.query('reference')),
  },
  {
    ask: 'GET /libpod/images/export',
    says: 'packs images into one archive',
    touches: (asked) => touch('image', ...asked.queries('references')),
  },
  {
    ask: 'DELETE /libpod/images/remove',
    says: saysRemoveImages,
    changes: true,
    touches: (asked) => touch('image', ...asked.queries('images')),
  },
  { ask: 'POST /libpod/images/scp/:image*', says: 'copies {image} to another machine' },
  { ask: 'GET /libpod/images/:image*/exists', says: 'asks whether there is {image}' },
  { ask: 'GET /libpod/images/:image*/resolve', says: 'asks which images a short name may mean' },
  { ask: 'GET /libpod/images/:image*/tree', says: 'reads the layers of {image}' },
  { ask: 'GET /libpod/images/:image*/changes', says: 'lists what {image} changes against another one' },
  {
    ask: 'POST /libpod/images/:image*/untag',
    says: (asked) =>
      `takes ${tagged(asked) === '' ? 'all names' : `the name ${shortName(tagged(asked), 20)}`} off ${theShort('image', asked.path('image'))}`,
    changes: true,
  },

  {
    ask: 'POST /libpod/manifests/create',
    says: 'creates a manifest list: one image each for several processors',
    changes: true,
  },
  { ask: 'GET /libpod/manifests/:manifest*/exists', says: 'asks whether there is {manifest}' },
  {
    ask: 'GET /libpod/manifests/:manifest*/json',
    says: 'reads {manifest}: an image per processor',
  },
  { ask: 'POST /libpod/manifests/:manifest*/add', says: 'adds an image to {manifest}', changes: true },
  { ask: 'POST /libpod/manifests/:manifest*/registry/:to*', says: 'uploads {manifest} to its registry' },
  { ask: 'POST /libpod/manifests/:manifest*/push', says: 'uploads {manifest} to its registry' },
  { ask: 'PUT /libpod/manifests/:manifest*', says: 'changes {manifest}', changes: true },
  {
    ask: 'DELETE /libpod/manifests/:manifest*',
    says: 'removes {manifest}, or an image from it',
    changes: true,
  },
  {
    ask: 'POST /libpod/manifests/:manifest*',
    says: 'creates {manifest}, for several processors',
    changes: true,
  },

  { ask: 'GET /libpod/volumes/json', says: 'lists the volumes' },
  { ask: 'GET /libpod/volumes/:volume/exists', says: 'asks whether there is {volume}' },
  { ask: 'GET /libpod/volumes/:volume/json', says: 'reads everything about {volume}' },
  { ask: 'GET /libpod/volumes/:volume/export', says: 'reads all files of {volume} as one archive' },
  { ask: 'POST /libpod/volumes/:volume/import', says: 'unpacks an archive into {volume}', changes: true },

  { ask: 'GET /libpod/networks/json', says: 'lists the networks' },
  {
    ask: 'POST /libpod/networks/create',
    says: (asked) => `creates ${the('network', asked.sent('name'))}`,
    changes: true,
    touches: (asked) => touch('network', asked.answered('id') || asked.sent('name')),
  },
  { ask: 'GET /libpod/networks/:network/exists', says: 'asks whether there is {network}' },
  { ask: 'GET /libpod/networks/:network/json', says: 'reads everything about {network}' },
  {
    ask: 'POST /libpod/networks/:network/connect',
    says: (asked) =>
      `connects ${theShort('container', asked.sent('container'))} to ${theShort('network', asked.path('network'))}`,
    changes: true,
    touches: (asked) => touch('container', asked.sent('container')),
    missing: 'network or container',
  },
  { ask: 'POST /libpod/networks/:network/update', says: 'changes {network}', changes: true },

  { ask: 'GET /libpod/pods/json', says: 'lists the pods: containers that belong together' },
  {
    ask: 'POST /libpod/pods/create',
    says: (asked) => `creates ${the('pod', asked.sent('name'))}, a group of containers`,
    changes: true,
  },
  { ask: 'POST /libpod/pods/prune', says: 'removes all pods that do not run', changes: true },
  { ask: 'GET /libpod/pods/stats', says: 'measures what the containers of pods use' },
  { ask: 'GET /libpod/pods/:pod/exists', says: 'asks whether there is {pod}' },
  { ask: 'GET /libpod/pods/:pod/json', says: 'reads everything about {pod}' },
  { ask: 'GET /libpod/pods/:pod/top', says: 'lists the processes in {pod}' },
  { ask: 'GET /libpod/pods/:pod/logs', says: 'reads what the containers of {pod} have printed' },
  { ask: 'POST /libpod/pods/:pod/start', says: 'starts the containers of {pod}', changes: true },
  { ask: 'POST /libpod/pods/:pod/stop', says: 'stops the containers of {pod}', changes: true },
  {
    ask: 'POST /libpod/pods/:pod/restart',
    says: 'stops the containers of {pod} and starts them again',
    changes: true,
  },
  { ask: 'POST /libpod/pods/:pod/kill', says: 'kills the containers of {pod} at once', changes: true },
  { ask: 'POST /libpod/pods/:pod/pause', says: 'freezes the containers of {pod}', changes: true },
  {
    ask: 'POST /libpod/pods/:pod/unpause',
    says: 'lets the containers of {pod} go on after a pause',
    changes: true,
  },
  { ask: 'DELETE /libpod/pods/:pod', says: 'removes {pod} and its containers', changes: true },

  { ask: 'POST /libpod/play/kube', says: 'creates and starts pods from a Kubernetes file', changes: true },
  {
    ask: 'DELETE /libpod/play/kube',
    says: 'stops and removes what a Kubernetes file has made',
    changes: true,
  },
  { ask: 'POST /libpod/kube/apply', says: 'hands a Kubernetes file to a cluster' },
  { ask: 'GET /libpod/generate/kube', says: 'writes a Kubernetes file of containers that are there' },
  { ask: 'GET /libpod/generate/:container/systemd', says: 'writes a systemd unit that runs {container}' },

  { ask: 'GET /libpod/secrets/json', says: 'lists the secrets, without what is in them' },
  {
    ask: 'POST /libpod/secrets/create',
    says: (asked) => `keeps ${the('secret', asked.query('name'))} for containers`,
    changes: true,
  },
  { ask: 'GET /libpod/secrets/:secret/exists', says: 'asks whether there is {secret}' },
  { ask: 'GET /libpod/secrets/:secret/json', says: 'reads about {secret}, not what is in it' },

  { ask: 'POST /libpod/system/prune', says: 'removes everything that no container uses', changes: true },
  {
    ask: 'POST /libpod/system/check',
    says: 'checks the engine’s storage, and repairs it if asked to',
    changes: true,
  },
];
