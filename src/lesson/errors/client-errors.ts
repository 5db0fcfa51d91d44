import type { ErrorContext, ErrorRow } from './error-row.ts';
import { client, mendedLine, nearest } from './real-names.ts';

const VERBS = [
  'attach build commit container cp create diff events exec export history image images import info inspect kill load',
  'login logout logs network pause port ps pull push rename restart rm rmi run save search start stats stop system tag',
  'top unpause update version volume wait context swarm service',
].flatMap((line) => line.split(' '));

const OF_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  volume: ['create', 'inspect', 'ls', 'prune', 'rm'],
  network: ['connect', 'create', 'disconnect', 'inspect', 'ls', 'prune', 'rm'],
  image: [
    'build',
    'history',
    'import',
    'inspect',
    'load',
    'ls',
    'prune',
    'pull',
    'push',
    'rm',
    'save',
    'tag',
  ],
  container: ['cp', 'create', 'exec', 'inspect', 'kill', 'logs', 'ls', 'rm', 'run', 'start', 'stop'],
};

/** `docker volume mydata` is the most common of them: the verb is missing. */
function unknownCommand(words: string, context: ErrorContext): string {
  const [first = '', second] = words.split(' ');
  const program = client(context);
  const verbs = OF_OBJECTS[first];
  if (second === undefined || verbs === undefined)
    return nearest(second ?? first, VERBS, context, `See all that there are: ${program} --help`);
  const create =
    first === 'volume' || first === 'network' ? `To make it: ${program} ${first} create ${second}` : '';
  return nearest(second, verbs, context, create || `See what it can do: ${program} ${first} --help`);
}

function helpFor(command: string, context: ErrorContext): string {
  return `See how it is written: ${command.trim() || client(context)} --help`;
}

/** `docker volume create` of a longer line. */
function verbOf(context: ErrorContext): string {
  const words = context.command.trim().split(/\s+/);
  const length = OF_OBJECTS[words[1] ?? ''] === undefined ? 2 : 3;
  const end = words.findIndex((word, i) => i > 0 && word.startsWith('-'));
  return words.slice(0, end < 0 ? length : Math.min(end, length)).join(' ');
}

export const CLIENT_ERRORS: readonly ErrorRow[] = [
  {
    id: 'plugin-command',
    says: /unknown command: docker (?<name>compose|buildx|scan|model)\b|'(?<old>compose|buildx|scan|model)' is not a docker command/,
    meaning: ({ name, old }) =>
      `${name ?? old} is an extra part of the docker client, and it is not installed here.`,
    tryThis: 'Install that part, or do without: lessons that need it say so.',
  },
  {
    id: 'command-unknown',
    says: /unknown command: docker (?<words>[^\n]+)|'(?<old>[^']+)' is not a docker command|unrecognized command `podman (?<podman>[^`]+)`/,
    meaning: ({ words, old, podman }) => {
      const parts = (words ?? old ?? podman ?? '').trim().split(' ');
      return parts.length > 1
        ? `After ${parts[0]} has to come what to do with it, and ${parts[1]} is nothing that can be done.`
        : `There is no command called ${parts[0]}.`;
    },
    tryThis: ({ words, old, podman }, context) =>
      unknownCommand((words ?? old ?? podman ?? '').trim(), context),
  },
  {
    id: 'argument-count',
    says: /['"]?(?<command>(?:docker|podman)[\w ]*)?['"]? ?(?:requires (?<how>exactly|at least|at most)? ?(?<count>\d+) arg|accepts no arg)|(?<none>you must provide at least one name|choose either one or more)/,
    meaning: ({ how, count, none }) =>
      none !== undefined
        ? 'It has to be said which one is meant.'
        : count === undefined
          ? 'This command takes no further words.'
          : `This command wants ${how === undefined ? 'exactly' : how} ${count} word${count === '1' ? '' : 's'} beside its options.`,
    tryThis: ({ command }, context) => helpFor(command ?? verbOf(context), context),
  },
  {
    id: 'flag-unknown',
    says: /unknown flag: (?<flag>\S+)/,
    meaning: ({ flag }) => `This command has no option ${flag}.`,
    tryThis: (_, context) =>
      `${helpFor(verbOf(context), context)}. An option for the program inside comes after the image’s name.`,
  },
  {
    id: 'shorthand-unknown',
    says: /unknown shorthand flag: '(?<flag>.)' in (?<word>\S+)/,
    meaning: ({ flag, word = '' }) =>
      word.length > 2
        ? `After one dash each letter is an option of its own, and there is no -${flag}. Long options begin with two dashes.`
        : `This command has no option -${flag}.`,
    tryThis: ({ word = '' }, context) =>
      word.length > 2
        ? `Try: ${mendedLine(context.command, word, `-${word}`) || `-${word}`}`
        : helpFor(verbOf(context), context),
  },
  {
    id: 'flag-empty',
    says: /flag needs an argument: (?<flag>.+)/,
    meaning: ({ flag }) => `Something has to come after ${flag}.`,
    tryThis: (_, context) => helpFor(verbOf(context), context),
  },
  {
    id: 'flag-value',
    says: /invalid argument "(?<given>[^"]*)" for "(?<flag>[^"]+)" flag|invalid value for (?<podman>\w+): /,
    meaning: ({ given = '', flag, podman }) =>
      given === ''
        ? `What was given for ${flag ?? podman ?? 'an option'} cannot be read.`
        : `“${given}” is nothing that ${flag} can be.`,
    tryThis: ({ flag = '', podman = '' }, context) =>
      /memory|size/.test(flag + podman)
        ? 'A size is a number with k, m or g: -m 64m'
        : /cpus/.test(flag)
          ? 'A number: --cpus 0.5'
          : /filter/.test(flag)
            ? 'A filter is name=value: -f name=web'
            : /env/.test(flag)
              ? 'A name and a value: -e COLOR=blue'
              : helpFor(verbOf(context), context),
  },
  {
    id: 'since-invalid',
    says: /invalid value for "?(?<what>since|until)"?/,
    meaning: 'This is neither a time nor how long ago.',
    tryThis: ({ what }) => `For the last ten minutes: --${what} 10m`,
  },
  {
    id: 'filter-unknown',
    says: /Invalid filter '(?<filter>[^']+)'|(?<podman>\S+) is an invalid filter|unknown container state: (?<state>[^\s:]+)/i,
    meaning: ({ filter, podman, state }) => `${filter ?? podman ?? state} is nothing to filter by.`,
    tryThis: 'Usual filters: -f name=web, -f status=exited, -f label=a',
  },
  {
    id: 'template-broken',
    says: /template parsing error|failed to execute template|can't evaluate field/,
    meaning: 'What stands after --format names a field that is not there, or its braces are not closed.',
    tryThis: (_, context) =>
      `See all the fields: ${client(context)} inspect NAME. The shape: --format '{{.Name}}'`,
  },
  {
    id: 'context-unknown',
    says: /context "(?<name>[^"]+)"(?:: context not found| does not exist)/,
    meaning: ({ name }) => `The docker client knows no engine called ${name}.`,
    tryThis: 'See which it knows: docker context ls',
  },
  {
    id: 'engine-unreachable',
    says: /Cannot connect to the Docker daemon at (?<host>\S+?)\.? Is the docker daemon running|unable to connect to Podman socket|error during connect|failed to connect to the docker API at (?<newer>[^\s;]+)/i,
    meaning: ({ host, newer }) =>
      `The command is only a client: an engine does the work, and none answers${(host ?? newer) === undefined ? '' : ` at ${host ?? newer}`}.`,
    tryThis:
      'Look at the first lines of: docker context ls, and at the variable DOCKER_HOST. Then start the engine.',
  },
  {
    id: 'engine-denied',
    says: /permission denied while trying to connect to the docker (?:daemon socket|API)/i,
    meaning: 'The engine is there, but your account may not speak with it.',
    tryThis: 'Join its group, then log in again: sudo usermod -aG docker $USER',
  },
  {
    id: 'version-mismatch',
    says: /client version (?<client>\S+) is too (?<how>new|old)/,
    meaning: ({ how }) => `This client is too ${how} for the engine: they speak different versions.`,
    tryThis: ({ how }) =>
      how === 'new' ? 'Take away the variable: unset DOCKER_API_VERSION' : 'Update the docker client.',
  },
  {
    id: 'no-swarm',
    says: /This node is not a swarm manager|not part of a swarm/,
    meaning: 'Services are for a swarm, a group of engines, and this engine is not in one.',
    tryThis: 'Make a swarm of one: docker swarm init --advertise-addr 127.0.0.1',
  },
  {
    id: 'podman-no-swarm',
    says: /Podman does not support service/i,
    meaning: 'Podman has no swarm, and so no services.',
    tryThis: 'Use a docker engine for this, or start containers with --restart on-failure',
  },
  {
    id: 'engine-cannot',
    says: /daemon: Not Found$|daemon: Path \S+ is not supported|link is not supported/m,
    meaning: 'This engine has no such function: podman speaks most of docker’s language, not all.',
    tryThis: 'See whether podman’s own client can do it: podman --help',
  },
  {
    id: 'file-missing',
    says: /open (?<path>\S+?): no such file or directory/,
    meaning: ({ path }) => `There is no file ${path} in the folder you are in.`,
    tryThis: 'See what is there: ls. Where you are: pwd',
  },
];
