import { familiar, imageOf, shortName, the, theShort, touch, type Asked, type Route } from './route.ts';

const hasFilter = (asked: Asked): boolean => !['', '{}'].includes(asked.query('filters'));
const matching = (asked: Asked): string => (hasFilter(asked) ? ' that match a filter' : '');
const lists =
  (what: string) =>
  (asked: Asked): string =>
    `lists the ${what}${matching(asked)}`;

function saysCreate(asked: Asked): string {
  const image = asked.sent('Image');
  const from = image === '' ? 'an image' : shortName(image, 20);
  return `creates ${theShort('container', asked.query('name'))} from ${from}; it does not run yet`;
}

function saysLogs(asked: Asked): string {
  const of = the('container', asked.path('container'));
  return asked.isOn('follow') ? `follows what ${of} prints, as it comes` : `reads what ${of} has printed`;
}

function saysAttach(asked: Asked): string {
  const to = the('container', asked.path('container'));
  return asked.isOn('stdin')
    ? `connects input and output of ${to} to the client`
    : `connects the output of ${to} to the client`;
}

function saysWait(asked: Asked): string {
  const of = the('container', asked.path('container'));
  return asked.query('condition') === 'removed'
    ? `waits until ${of} is gone, to learn its exit code`
    : `waits until ${of} ends, to learn its exit code`;
}

function saysRemove(asked: Asked): string {
  const it = the('container', asked.path('container'), 28);
  const how = asked.isOn('force') ? `removes ${it}, even if it runs` : `removes ${it}`;
  return asked.isOn('v') ? `${how}, with nameless volumes` : how;
}

function saysKill(asked: Asked): string {
  const to = the('container', asked.path('container'));
  const signal = asked.query('signal');
  if (['', 'KILL', 'SIGKILL', '9'].includes(signal)) return `kills ${to} at once (SIGKILL)`;
  return `sends the signal ${shortName(signal, 12)} to ${to}`;
}

/** Without a filter only those that have lost their name to a newer build. */
function saysPruneImages(asked: Asked): string {
  const all = asked.isOn('all') || /"dangling":\W*(?:false|0)\b/.test(asked.query('filters'));
  return all ? 'removes all images that no container needs' : 'removes images that have no name any more';
}

/** From API 1.42 on those with a name stay, unless the filter `all` is given. */
function saysPruneVolumes(asked: Asked): string {
  return asked.query('filters').includes('"all"')
    ? 'removes all volumes that no container uses'
    : 'removes volumes that no container uses; newer engines keep those with a name';
}

function saysExec(asked: Asked): string {
  const body = asked.body();
  const words = typeof body === 'object' && body !== null && !Array.isArray(body) ? body['Cmd'] : null;
  const command = Array.isArray(words) ? words.filter((word) => typeof word === 'string').join(' ') : '';
  const what = command === '' ? 'a command' : shortName(command, 20);
  return `prepares ${what} to be run in ${theShort('container', asked.path('container'))}`;
}

function saysPull(asked: Asked): string {
  if (asked.query('fromSrc') !== '') return 'makes an image of an archive of files';
  return `pulls ${the('image', pulled(asked))} from its registry`;
}

const pulled = (asked: Asked): string => imageOf(asked.query('fromImage'), asked.query('tag'));
const imported = (asked: Asked): string => imageOf(asked.query('repo'), asked.query('tag'));

const whatPart = (asked: Asked): string => shortName(asked.query('path') || 'something', 20);

/** In the order of Docker's own reference, API 1.24 to 1.51. The first one that fits is taken. */
export const ROUTES: readonly Route[] = [
  // Clients ask these before anything else.
  { ask: 'HEAD /_ping', says: 'asks whether the engine is there, and which API it speaks', greeting: true },
  { ask: 'GET /_ping', says: 'asks whether the engine is there, and which API it speaks', greeting: true },
  { ask: 'GET /version', says: 'asks for the versions of the engine and its parts', greeting: true },
  {
    ask: 'GET /info',
    says: 'asks about the engine: its machine, storage and what it holds',
    greeting: true,
  },

  // Containers
  {
    ask: 'GET /containers/json',
    says: (asked) =>
      asked.isOn('all')
        ? `lists all containers${matching(asked) || ', stopped ones too'}`
        : `lists the running containers${matching(asked)}`,
  },
  {
    ask: 'POST /containers/create',
    says: saysCreate,
    changes: true,
    touches: (asked) => touch('container', asked.answered('Id') || asked.query('name')),
    missing: 'image',
  },
  { ask: 'POST /containers/prune', says: 'removes all containers that do not run', changes: true },
  { ask: 'GET /containers/:container/json', says: 'reads everything about {container}' },
  { ask: 'GET /containers/:container/top', says: 'lists the processes in {container}' },
  { ask: 'GET /containers/:container/logs', says: saysLogs },
  { ask: 'GET /containers/:container/changes', says: 'lists the files that {container} has changed' },
  { ask: 'GET /containers/:container/export', says: 'reads all files of {container} as one archive' },
  {
    ask: 'GET /containers/:container/stats',
    says: (asked) =>
      `measures what ${the('container', asked.path('container'))} uses${asked.query('stream') !== '' && !asked.isOn('stream') ? ', once' : ', again and again'}`,
  },
  {
    ask: 'POST /containers/:container/resize',
    says: 'tells {container} how large the window is now',
  },
  { ask: 'POST /containers/:container/start', says: 'starts {container}', changes: true },
  {
    ask: 'POST /containers/:container/stop',
    says: 'asks {container} to end; if it does not, kills it',
    changes: true,
  },
  {
    ask: 'POST /containers/:container/restart',
    says: 'stops {container} and starts it again',
    changes: true,
  },
  {
    ask: 'POST /containers/:container/kill',
    says: saysKill,
    // The client of an attached container passes on that its window has changed.
    changes: (asked) => !/^(SIG)?WINCH$/.test(asked.query('signal')),
  },
  {
    ask: 'POST /containers/:container/update',
    says: 'changes the limits or the restart policy of {container}',
    changes: true,
  },
  {
    ask: 'POST /containers/:container/rename',
    says: (asked) =>
      `renames ${theShort('container', asked.path('container'))} to ${shortName(asked.query('name') || 'another name', 20)}`,
    changes: true,
    touches: (asked) => touch('container', asked.query('name')),
  },
  {
    ask: 'POST /containers/:container/pause',
    says: 'freezes {container}: its processes stand still',
    changes: true,
  },
  { ask: 'POST /containers/:container/unpause', says: 'lets {container} go on after a pause', changes: true },
  { ask: 'POST /containers/:container/attach', says: saysAttach },
  { ask: 'GET /containers/:container/attach/ws', says: 'connects to {container} by a web socket' },
  { ask: 'POST /containers/:container/wait', says: saysWait },
  { ask: 'DELETE /containers/:container', says: saysRemove, changes: true },
  {
    ask: 'HEAD /containers/:container/archive',
    says: (asked) =>
      `asks if ${whatPart(asked)} in ${theShort('container', asked.path('container'))} is a file or folder`,
    missing: 'container, or no such file in it',
  },
  {
    ask: 'GET /containers/:container/archive',
    says: (asked) => `copies ${whatPart(asked)} out of ${theShort('container', asked.path('container'))}`,
    missing: 'container, or no such file in it',
  },
  {
    ask: 'PUT /containers/:container/archive',
    says: (asked) =>
      `copies files into ${theShort('container', asked.path('container'))}, to ${whatPart(asked)}`,
    changes: true,
    missing: 'container, or no such folder in it',
  },
  { ask: 'POST /containers/:container/copy', says: 'copies files out of {container}' },
  { ask: 'POST /containers/:container/exec', says: saysExec, changes: true },
  { ask: 'GET /containers/:container/checkpoints', says: 'lists the saved states of {container}' },
  {
    ask: 'POST /containers/:container/checkpoints',
    says: 'saves the state of {container}, to go on from later',
    changes: true,
  },
  {
    ask: 'DELETE /containers/:container/checkpoints/:checkpoint',
    says: 'removes a saved state of {container}',
    changes: true,
  },
  {
    ask: 'POST /exec/:exec/start',
    says: 'runs the command that was prepared in a container',
    changes: true,
  },
  { ask: 'POST /exec/:exec/resize', says: 'tells a command in a container how large the window is now' },
  {
    ask: 'GET /exec/:exec/json',
    says: 'asks how a command in a container goes: its exit code, once it has ended',
  },

  // Images
  { ask: 'GET /images/json', says: lists('images') },
  { ask: 'GET /images/search', says: 'searches the registry for images' },
  {
    ask: 'GET /images/get',
    says: (asked) =>
      `packs images into one archive${asked.query('names') === '' ? '' : `: ${shortName(asked.queries('names').join(', '))}`}`,
    touches: (asked) => touch('image', ...asked.queries('names')),
    missing: 'image',
  },
  {
    ask: 'POST /images/create',
    says: saysPull,
    changes: true,
    touches: (asked) => touch('image', asked.query('fromSrc') === '' ? pulled(asked) : imported(asked)),
    missing: 'image, or it is not for everybody',
  },
  { ask: 'POST /images/load', says: 'unpacks images from an archive', changes: true },
  { ask: 'POST /images/prune', says: saysPruneImages, changes: true },
  { ask: 'GET /images/:image*/json', says: 'reads everything about {image}' },
  { ask: 'GET /images/:image*/history', says: 'reads how {image} was made, layer by layer' },
  { ask: 'GET /images/:image*/get', says: 'packs {image} into an archive' },
  { ask: 'POST /images/:image*/push', says: 'uploads {image} to its registry' },
  {
    ask: 'POST /images/:image*/tag',
    says: (asked) =>
      `gives ${theShort('image', asked.path('image'))} one more name${imported(asked) === '' ? '' : `: ${shortName(familiar(imported(asked)), 20)}`}`,
    changes: true,
    touches: (asked) => touch('image', imported(asked)),
  },
  {
    ask: 'DELETE /images/:image*',
    says: 'removes {image}, or only this name while it has others',
    changes: true,
  },
  {
    ask: 'POST /build',
    says: (asked) =>
      `builds ${the('image', asked.query('t'))} from a ${asked.query('version') === '2' ? 'Dockerfile, with BuildKit' : 'Dockerfile'}`,
    changes: true,
    touches: (asked) => touch('image', ...asked.queries('t')),
  },
  { ask: 'POST /build/prune', says: 'empties the cache of builds', changes: true },
  { ask: 'POST /build/cancel', says: 'gives up a build', changes: true },
  {
    ask: 'POST /commit',
    says: (asked) =>
      `makes ${theShort('image', imported(asked))} of ${theShort('container', asked.query('container'))} as it is now`,
    changes: true,
    touches: (asked) => touch('image', asked.answered('Id') || imported(asked)),
    missing: 'container',
  },
  {
    ask: 'GET /distribution/:image*/json',
    says: 'asks the registry about {image}, without pulling it',
    missing: 'image in that registry',
  },

  // Volumes
  { ask: 'GET /volumes', says: lists('volumes') },
  {
    ask: 'POST /volumes/create',
    says: (asked) =>
      asked.sent('Name') === ''
        ? 'creates a volume, and makes up a name for it'
        : `creates ${the('volume', asked.sent('Name'))}, if there is none of that name`,
    changes: true,
    touches: (asked) => touch('volume', asked.answered('Name') || asked.sent('Name')),
  },
  { ask: 'POST /volumes/prune', says: saysPruneVolumes, changes: true },
  { ask: 'GET /volumes/:volume', says: 'reads everything about {volume}' },
  { ask: 'PUT /volumes/:volume', says: 'changes {volume}', changes: true },
  { ask: 'DELETE /volumes/:volume', says: 'removes {volume} and what is in it', changes: true },

  // Networks
  { ask: 'GET /networks', says: lists('networks') },
  {
    ask: 'POST /networks/create',
    says: (asked) => `creates ${the('network', asked.sent('Name'))}`,
    changes: true,
    touches: (asked) => touch('network', asked.answered('Id') || asked.sent('Name')),
  },
  { ask: 'POST /networks/prune', says: 'removes networks that no container uses', changes: true },
  {
    ask: 'POST /networks/:network/connect',
    says: (asked) =>
      `connects ${theShort('container', asked.sent('Container'))} to ${theShort('network', asked.path('network'))}`,
    changes: true,
    touches: (asked) => touch('container', asked.sent('Container')),
    missing: 'network or container',
  },
  {
    ask: 'POST /networks/:network/disconnect',
    says: (asked) =>
      `takes ${theShort('container', asked.sent('Container'))} off ${theShort('network', asked.path('network'))}`,
    changes: true,
    touches: (asked) => touch('container', asked.sent('Container')),
    missing: 'network or container',
  },
  { ask: 'GET /networks/:network', says: 'reads everything about {network}' },
  { ask: 'DELETE /networks/:network', says: 'removes {network}', changes: true },

  // The engine as a whole
  {
    ask: 'POST /auth',
    says: (asked) =>
      `logs in to ${asked.sent('serveraddress') === '' ? 'a registry' : `the registry ${shortName(asked.sent('serveraddress'))}`}`,
  },
  { ask: 'GET /events', says: 'listens to what happens in the engine, for as long as it is connected' },
  { ask: 'GET /system/df', says: 'asks how much disk images, containers and volumes take' },
  {
    ask: 'POST /session',
    says: 'opens a line by which the builder asks the client for files and secrets',
    // There is one only for a build; buildx asks for the build itself in /grpc, where it also only looks.
    changes: true,
  },
  { ask: 'POST /grpc', says: 'opens a line to BuildKit, the builder inside the engine' },

  // Plugins
  { ask: 'GET /plugins', says: lists('plugins') },
  { ask: 'GET /plugins/privileges', says: 'asks what a plugin would be allowed to do' },
  { ask: 'POST /plugins/pull', says: 'pulls a plugin and installs it', changes: true },
  { ask: 'POST /plugins/create', says: 'makes a plugin of an archive', changes: true },
  { ask: 'GET /plugins/:plugin*/json', says: 'reads everything about {plugin}' },
  { ask: 'POST /plugins/:plugin*/enable', says: 'switches {plugin} on', changes: true },
  { ask: 'POST /plugins/:plugin*/disable', says: 'switches {plugin} off', changes: true },
  { ask: 'POST /plugins/:plugin*/upgrade', says: 'replaces {plugin} by a newer one', changes: true },
  { ask: 'POST /plugins/:plugin*/push', says: 'uploads {plugin} to its registry' },
  { ask: 'POST /plugins/:plugin*/set', says: 'changes the settings of {plugin}', changes: true },
  { ask: 'DELETE /plugins/:plugin*', says: 'removes {plugin}', changes: true },

  // Swarm: several machines as one
  { ask: 'GET /swarm', says: 'asks about the swarm that this engine belongs to' },
  { ask: 'POST /swarm/init', says: 'makes this engine the first manager of a new swarm', changes: true },
  { ask: 'POST /swarm/join', says: 'makes this engine a member of a swarm', changes: true },
  { ask: 'POST /swarm/leave', says: 'takes this engine out of its swarm', changes: true },
  { ask: 'POST /swarm/update', says: 'changes the settings of the swarm', changes: true },
  { ask: 'GET /swarm/unlockkey', says: 'asks for the key that unlocks the swarm’s managers' },
  { ask: 'POST /swarm/unlock', says: 'unlocks this manager of the swarm', changes: true },
  { ask: 'GET /nodes', says: lists('machines of the swarm') },
  { ask: 'GET /nodes/:node', says: 'reads everything about {node} of the swarm' },
  { ask: 'POST /nodes/:node/update', says: 'changes the role or the labels of {node}', changes: true },
  { ask: 'DELETE /nodes/:node', says: 'takes {node} out of the swarm', changes: true },
  { ask: 'GET /services', says: lists('services of the swarm') },
  {
    ask: 'POST /services/create',
    says: (asked) => `creates ${the('service', asked.sent('Name'))}; the swarm starts containers for it`,
    changes: true,
  },
  { ask: 'GET /services/:service', says: 'reads everything about {service}' },
  { ask: 'GET /services/:service/logs', says: 'reads what the containers of {service} have printed' },
  {
    ask: 'POST /services/:service/update',
    says: 'changes {service}: the swarm replaces what differs',
    changes: true,
  },
  { ask: 'DELETE /services/:service', says: 'removes {service} and its containers', changes: true },
  { ask: 'GET /tasks', says: lists('tasks: containers that the swarm has placed') },
  { ask: 'GET /tasks/:task', says: 'reads everything about {task} of the swarm' },
  { ask: 'GET /tasks/:task/logs', says: 'reads what {task} has printed' },
  { ask: 'GET /secrets', says: lists('secrets, without what is in them') },
  {
    ask: 'POST /secrets/create',
    says: (asked) => `keeps ${the('secret', asked.sent('Name'))} for services of the swarm`,
    changes: true,
  },
  { ask: 'GET /secrets/:secret', says: 'reads about {secret}, not what is in it' },
  { ask: 'POST /secrets/:secret/update', says: 'changes the labels of {secret}', changes: true },
  { ask: 'DELETE /secrets/:secret', says: 'removes {secret}', changes: true },
  { ask: 'GET /configs', says: lists('configs: files for services of the swarm') },
  {
    ask: 'POST /configs/create',
    says: (asked) => `keeps ${the('config', asked.sent('Name'))}, a file for services of the swarm`,
    changes: true,
  },
  { ask: 'GET /configs/:config', says: 'reads {config}' },
  { ask: 'POST /configs/:config/update', says: 'changes the labels of {config}', changes: true },
  { ask: 'DELETE /configs/:config', says: 'removes {config}', changes: true },
];
