import type { ErrorContext, ErrorRow } from './error-row.ts';
import { client, containerIn, nearest } from './real-names.ts';

const list = (context: ErrorContext): string => `See all that there are: ${client(context)} ps -a`;

export const CONTAINER_ERRORS: readonly ErrorRow[] = [
  {
    id: 'name-taken',
    says: /container name "\/?(?<name>[^"]+)" is already in use by|name (?<renamed>\S+) already in use, cannot rename/i,
    meaning: ({ name, renamed }) =>
      `There is already a container called ${name ?? renamed}, running or stopped; a name can be used once.`,
    tryThis: ({ name, renamed }, context) =>
      `Take another name, or, if nobody needs the old one: ${client(context)} rm -f ${name ?? renamed}`,
  },
  {
    id: 'name-too-short',
    says: /Invalid container name \(\/?(?<name>[a-zA-Z0-9])\)/,
    meaning: ({ name }) => `${name} is too short: a container’s name has at least two signs.`,
    tryThis: ({ name }) => `Make it longer, for instance ${name}1`,
  },
  {
    id: 'name-invalid',
    says: /Invalid container name \(\/?(?<name>[^)]+)\)|(?:container create option|invalid|daemon): names must match/,
    meaning: ({ name }) =>
      `${name === undefined ? 'This' : `“${name}”`} cannot be a name: letters, digits, dots, dashes and underscores only, and a letter or digit first.`,
    tryThis: 'Write the name without blanks or other signs, for instance my-box',
  },
  {
    id: 'rename-same',
    says: /Renaming a container with the same name/,
    meaning: 'It is called so already.',
    tryThis: (_, context) => `Give another name: ${client(context)} rename OLD NEW`,
  },
  {
    id: 'container-missing',
    says: /No such container: (?<name>\S+)|no container with name or ID "(?<podman>[^"]+)" found|(?<diffed>\S+) not found: layer not known|daemon: no such container$/im,
    meaning: ({ name, podman, diffed }) => {
      const wanted = name ?? podman ?? diffed;
      return wanted === undefined
        ? 'There is no container of that name, running or stopped.'
        : `There is no container called ${wanted}, running or stopped.`;
    },
    tryThis: ({ name, podman, diffed }, context) =>
      nearest(name ?? podman ?? diffed ?? '', context.containers, context, list(context)),
  },
  {
    id: 'commit-podman',
    says: /Decode\(\): EOF/,
    meaning: 'Podman could not read the question of this client: podman 4 does so for docker commit.',
    tryThis: 'Use podman’s own client: podman commit NAME IMAGE',
  },
  {
    id: 'container-paused',
    says: /Container (?<name>\S+) is paused, unpause|exec session as container (?<id>\S+) is paused|(?<start>cannot start a paused container)/,
    meaning: 'The container is paused: its processes are there but do not run on.',
    tryThis: ({ name, id }, context) =>
      `Let it go on: ${client(context)} unpause ${containerIn(context, name ?? id)}`,
  },
  {
    id: 'container-already-paused',
    says: /Container (?<id>\S+) is already paused|"(?<podman>\w+)" is already paused/i,
    meaning: 'It is paused already: nothing was changed.',
    tryThis: ({ id, podman }, context) =>
      `Let it go on: ${client(context)} unpause ${containerIn(context, id ?? podman)}`,
  },
  {
    id: 'container-not-paused',
    says: /Container (?<id>\S+) is not paused|"(?<podman>\w+)" is not paused/i,
    meaning: 'It is not paused, so it cannot go on from a pause.',
    tryThis: (_, context) => `See the states: ${client(context)} ps -a`,
  },
  {
    id: 'container-not-running',
    says: /\bcontainer (?<id>\S+) is not running|exec sessions on running containers|can only kill running containers\. (?<killed>\w+) is in state (?<state>\w+)|"(?<paused>\w+)" is not running, can't pause/i,
    meaning: 'The container is there, but no program runs in it: it was not started, or has ended.',
    tryThis: ({ id, killed }, context) =>
      `Start it: ${client(context)} start ${containerIn(context, id ?? killed)}. If it ends at once, see why: ${client(context)} logs ${containerIn(context, id ?? killed)}`,
  },
  {
    id: 'container-not-startable',
    says: /container (?<id>\S+) must be in Created or Stopped state to be started/,
    meaning:
      'Podman starts a container only from created or stopped; this one is paused, or on its way up or down.',
    tryThis: ({ id }, context) =>
      `If it is paused: ${client(context)} unpause ${containerIn(context, id)}; else see its state: ${client(context)} ps -a`,
  },
  {
    id: 'attach-stopped',
    says: /cannot attach to a stopped container|can only attach to running containers/,
    meaning: 'Attaching shows what a running program prints; this container has none now.',
    tryThis: (_, context) =>
      `Start it and attach at once: ${client(context)} start -ai ${containerIn(context)}`,
  },
  {
    id: 'remove-running',
    says: /cannot remove a running container (?<id>\w+)|cannot remove container "?\/?(?<name>[^\s":]+)"?(?:: container is running| as it is running)/,
    meaning: 'A running container is not removed by accident: stop it first.',
    tryThis: ({ id, name }, context) => {
      const box = containerIn(context, id ?? name);
      const docker = client(context);
      return `Try: ${docker} stop ${box}, then ${docker} rm ${box} (or both at once: ${docker} rm -f ${box})`;
    },
  },
  {
    id: 'signal-unknown',
    says: /invalid signal: (?<signal>\S+)/i,
    meaning: ({ signal = '' }) => `There is no signal called ${signal}.`,
    tryThis: ({ signal = '' }, context) =>
      nearest(
        signal,
        ['TERM', 'KILL', 'HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'STOP', 'CONT'],
        context,
        'Usual ones are TERM (please end), KILL (at once) and HUP (read your settings again).',
      ),
  },
  {
    id: 'port-not-published',
    says: /No public port '(?<port>[^']+)' published for (?<name>\S+)/,
    meaning: ({ port, name }) => `Nothing outside leads to port ${port} of ${name}.`,
    tryThis: ({ port }, context) =>
      `Ports are published when a container is made: ${client(context)} run -p 8080:${port} IMAGE`,
  },
  {
    id: 'copy-missing-inside',
    says: /Could not find the file (?<path>\S+) in container (?<name>\S+)|"(?<there>[^"]+)" could not be found on container (?<box>\S+?):|daemon: (?<bare>no such file or directory)$/m,
    meaning: ({ path, name, there, box }) =>
      `There is no ${path ?? there ?? 'such file'} in ${name ?? box ?? 'the container'}.`,
    tryThis: ({ name, box }, context) => {
      const where = containerIn(context, name ?? box);
      return `Look what is there: ${client(context)} exec ${where === 'that container' ? 'NAME' : where} ls /`;
    },
  },
  {
    id: 'copy-missing-here',
    says: /^(?:Error: )?l?stat (?<path>\S+): no such file or directory/m,
    meaning: ({ path }) => `On this machine there is no ${path}.`,
    tryThis: 'See what there is: ls',
  },
  {
    id: 'copy-between',
    says: /copying between containers is not supported/,
    meaning: 'A copy goes between a container and this machine, not from one container to another.',
    tryThis: (_, context) =>
      `Do it in two steps: ${client(context)} cp ONE:/file . and then ${client(context)} cp file OTHER:/file`,
  },
  {
    id: 'copy-no-container',
    says: /must specify at least one container source/,
    meaning: 'Neither side names a container, so this would be a copy on this machine only.',
    tryThis: (_, context) => `Name the container with a colon: ${client(context)} cp file NAME:/file`,
  },
  {
    id: 'restart-and-remove',
    says: /onflicting options: (?:cannot specify both )?--restart and --rm|--rm option conflicts with --restart/,
    meaning: '--rm removes the container when it ends, --restart starts it again: both cannot be.',
    tryThis: 'Leave one of the two out.',
  },
  {
    id: 'restart-policy',
    says: /invalid restart policy|"(?<policy>[^"]+)" is not a valid restart policy|maximum retry count (?:must be an integer|cannot be used)/,
    meaning: 'A restart policy is no, on-failure (or on-failure:3), always or unless-stopped.',
    tryThis: 'Try: --restart on-failure:3',
  },
  {
    id: 'options-conflict',
    says: /onflicting options: (?<which>.+)/,
    meaning: 'Two of these options want opposite things.',
    tryThis: ({ which = '' }) =>
      `Leave one of them out: ${which.replace(/^cannot (?:specify|attach) both /, '')}`,
  },
];
