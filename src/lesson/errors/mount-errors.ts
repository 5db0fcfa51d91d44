import type { ErrorRow } from './error-row.ts';
import { client, nearest } from './real-names.ts';

const SHAPE = 'The shape is -v NAME:/folder, or -v "$PWD/folder":/folder, with :ro at the end for read only';

export const MOUNT_ERRORS: readonly ErrorRow[] = [
  {
    id: 'volume-in-use',
    says: /remove (?<name>\S+): volume is in use - \[(?<id>\w+)|volume (?<podman>\S+) is being used by the following container\(s\): (?<user>\w+)/,
    meaning: ({ name, podman }) =>
      `A container, running or not, has the volume ${name ?? podman}: it is not removed under its feet.`,
    tryThis: ({ id, user, name, podman }, context) => {
      const docker = client(context);
      return `If nobody needs the container: ${docker} rm -f ${(id ?? user ?? '').slice(0, 12)}, then ${docker} volume rm ${name ?? podman}`;
    },
  },
  {
    id: 'volume-missing',
    says: /get (?<name>[^\s:]+): no such volume|no volume with name "(?<podman>[^"]+)" found|volume with name (?<asked>\S+) not found/i,
    meaning: ({ name, podman, asked }) => `There is no volume called ${name ?? podman ?? asked}.`,
    tryThis: ({ name, podman, asked }, context) =>
      nearest(
        name ?? podman ?? asked ?? '',
        context.volumes,
        context,
        `See which there are: ${client(context)} volume ls`,
      ),
  },
  {
    id: 'volume-exists',
    says: /volume with name (?<name>\S+) already exists/,
    meaning: ({ name }) => `There is a volume called ${name} already; nothing was changed.`,
    tryThis: ({ name }, context) =>
      `Use it as it is, or see what it is: ${client(context)} volume inspect ${name}`,
  },
  {
    id: 'volume-name-path',
    says: /"(?<name>[^"]*\/[^"]*)" includes invalid characters for a local volume name|creating named volume "(?<podman>[^"]*\/[^"]*)": .*names must match/,
    meaning: ({ name, podman }) =>
      `Without a slash first, ${name ?? podman} is read as the name of a volume, and that cannot have slashes.`,
    tryThis: ({ name, podman }) => `For a folder give the whole path: -v "$PWD/${name ?? podman}":/folder`,
  },
  {
    id: 'volume-name-invalid',
    says: /"(?<name>[^"]+)" includes invalid characters for a local volume name|creating named volume "(?<podman>[^"]+)": .*names must match|volume create option: names must match/,
    meaning: ({ name, podman }) =>
      `${name ?? podman ?? 'This'} cannot be a volume’s name: letters, digits, dots, dashes and underscores only, and a letter or digit first.`,
    tryThis: 'Write it without blanks or other signs, for instance my-data',
  },
  {
    id: 'plugin-missing',
    says: /plugin "(?<name>[^"]+)" not found|no volume plugin with name (?<volume>\S+) available|unsupported driver (?<network>[^\s:]+)/,
    meaning: ({ name, volume, network }) => `This engine has no driver called ${name ?? volume ?? network}.`,
    tryThis:
      'Leave the driver out: the usual one (local for volumes, bridge for networks) is nearly always right.',
  },
  {
    id: 'mount-mode',
    says: /invalid mode: (?<mode>\S+)|invalid option type "(?<option>[^"]+)"/,
    meaning: ({ mode, option }) => `${mode ?? option} is no way to mount.`,
    tryThis: 'After the second colon stands ro (read only) or rw, or nothing.',
  },
  {
    id: 'mount-relative',
    says: /invalid mount path: '(?<path>[^']*)' mount path must be absolute|invalid container path "(?<podman>[^"]*)", must be an absolute path/,
    meaning: ({ path, podman }) =>
      `${path ?? podman} should be the place inside the container, and has to begin with a slash.`,
    tryThis: ({ path, podman }) => `Write /${path ?? podman}. ${SHAPE}`,
  },
  {
    id: 'mount-root',
    says: /destination can't be '\/'/,
    meaning: 'The whole root of a container cannot be covered: its programs would be gone.',
    tryThis: 'Mount to a folder of its own, as /data',
  },
  {
    id: 'mount-spec',
    says: /invalid spec: (?<spec>.*?): (?:empty section between colons|too many colons)|(?<podman>\S+): incorrect volume format|invalid volume specification: '(?<docker>[^']*)'/,
    meaning: ({ spec, docker, podman }) =>
      `${spec ?? docker ?? podman} has not the parts that a mount is made of.`,
    tryThis: SHAPE,
  },
  {
    id: 'bind-missing',
    says: /bind source path does not exist: (?<path>.+?)\.?$|statfs (?<podman>.+?): no such file or directory/m,
    meaning: ({ path, podman }) => `On the engine’s machine there is no ${path ?? podman} to be mounted.`,
    tryThis: ({ path, podman }) =>
      `Look for a slip in the path, or make the folder: mkdir -p ${path ?? podman}`,
  },
  {
    id: 'mount-type',
    says: /mount config for type "(?<type>[^"]*)": mount type unknown|invalid filesystem type "(?<podman>[^"]*)"/,
    meaning: ({ type, podman }) => `There is no mount of type ${type ?? podman}.`,
    tryThis: ({ type, podman }, context) =>
      nearest(
        type ?? podman ?? '',
        ['volume', 'bind', 'tmpfs'],
        context,
        'Types are volume, bind and tmpfs.',
      ),
  },
  {
    id: 'mount-source',
    says: /field Source must not be (?<what>empty|specified)/,
    meaning: ({ what }) =>
      what === 'empty'
        ? 'A bind mount shows a folder of the engine’s machine, and none is named.'
        : 'A tmpfs lives in memory: it has no source.',
    tryThis: ({ what }) => (what === 'empty' ? 'Add: source="$PWD/folder"' : 'Leave out source=…'),
  },
  {
    id: 'mount-flag',
    says: /invalid argument "(?<given>[^"]*)" for "--mount" flag: (?:(?<target>target is required)|unexpected key '(?<key>[^']+)'|.*)/,
    meaning: ({ target, key }) =>
      target !== undefined
        ? '--mount has to say where in the container: target=/folder is missing.'
        : key === undefined
          ? 'This is not a list of key=value pairs with commas and without blanks.'
          : `--mount knows no key ${key}.`,
    tryThis: ({ key = '' }, context) =>
      nearest(
        key,
        ['type', 'source', 'target', 'readonly', 'destination'],
        { ...context, command: '' },
        'The shape is --mount type=volume,source=NAME,target=/folder',
      ),
  },
  {
    id: 'mount-duplicate',
    says: /Duplicate mount point: (?<path>\S+?)\.?$|(?<podman>\S+): duplicate mount destination/m,
    meaning: ({ path, podman }) => `Two mounts want to be at ${path ?? podman} in the same container.`,
    tryThis: 'Give one of them another place.',
  },
  {
    id: 'tmpfs-option',
    says: /invalid tmpfs option|unknown mount option "(?<option>[^"]+)"/,
    meaning: 'A tmpfs has no such option.',
    tryThis: 'Usual ones are size and mode: --tmpfs /ram:size=16m',
  },
  {
    id: 'disk-full',
    says: /no space left on device/i,
    meaning: 'What was written to is full: a tmpfs with a size, or the engine’s disk.',
    tryThis: (_, context) =>
      `See how much there is: df -h inside the container; for the engine: ${client(context)} system df`,
  },
  {
    id: 'read-only',
    says: /Read-only file system/i,
    meaning: 'This place can only be read: a mount with :ro, or a container with --read-only.',
    tryThis: 'Write somewhere else, or make the container again without that option.',
  },
];
