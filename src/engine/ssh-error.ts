import type { Endpoint } from './endpoint.ts';
import { EngineError } from './errors.ts';
import type { EngineErrorKind } from './errors.ts';

type SshEndpoint = Extract<Endpoint, { via: 'ssh' }>;
type Target = { host: string; login: string };
type Meaning = { says: RegExp; kind: EngineErrorKind; advice: (target: Target) => string };

/** What ssh, the shell on the far side and the docker CLI there write to stderr. The first that fits counts. */
const MEANINGS: readonly Meaning[] = [
  {
    says: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    kind: 'denied',
    advice: ({ host }) =>
      `Its key is not the one you know. If that is expected: ssh-keygen -R ${host}, then log in once.`,
  },
  {
    says: /Host key verification failed/,
    kind: 'denied',
    advice: ({ login }) => `Log in once by hand to check and accept its key: ssh ${login}`,
  },
  {
    says: /permission denied while trying to connect to the Docker|dial unix .*permission denied/i,
    kind: 'denied',
    advice: () => 'The user on that machine may not use its engine: add it to the docker group there.',
  },
  {
    says: /Permission denied|Too many authentication failures/,
    kind: 'denied',
    advice: ({ login }) => `Slipway cannot ask for a password: load your key (ssh-add), and try ssh ${login}`,
  },
  {
    says: /Could not resolve hostname|No route to host|Network is unreachable/,
    kind: 'missing',
    advice: ({ host }) => `Check the name “${host}” and your network.`,
  },
  {
    says: /Cannot connect to the Docker daemon|dial unix .*(refused|no such file)/i,
    kind: 'refused',
    advice: () => 'ssh works, but no engine runs there: start it (sudo systemctl start docker).',
  },
  {
    says: /Connection refused/,
    kind: 'refused',
    advice: () => 'No ssh server listens on that port: check the port, or start sshd there.',
  },
  {
    says: /timed out/i,
    kind: 'timeout',
    advice: ({ host }) => `“${host}” does not answer: check that it is up and that no firewall is between.`,
  },
  {
    says: /not found|not recognized|No such file or directory/i,
    kind: 'missing',
    advice: ({ login }) =>
      `ssh ${login} docker version has to work: put docker in the PATH there. For Podman, install podman-docker there.`,
  },
  {
    says: /dial-stdio|unknown command/,
    kind: 'unsupported',
    advice: () => 'The docker program on that machine is older than 18.09: update it.',
  },
];

const EXIT_COMMAND_NOT_FOUND = 127;

/** @param words what was written to stderr, clean, one line each */
export function sshError(words: string, exitCode: number | null, endpoint: SshEndpoint): EngineError {
  const target = { host: endpoint.host, login: loginOf(endpoint) };
  const said = words === '' && exitCode === EXIT_COMMAND_NOT_FOUND ? 'docker: not found' : words;
  const meaning = MEANINGS.find(({ says }) => says.test(said));
  return new EngineError(meaning?.kind ?? 'lost', reason(said, meaning, exitCode), {
    advice: meaning?.advice(target) ?? '',
  });
}

/** What the person gives to `ssh` to get there by hand. */
function loginOf({ user, host, port }: SshEndpoint): string {
  return `${port === null ? '' : `-p ${port} `}${user === '' ? '' : `${user}@`}${host}`;
}

/** The line that was understood, else the last: banners come first, the reason last. */
function reason(words: string, meaning: Meaning | undefined, exitCode: number | null): string {
  const lines = words.split('\n').map((line) => line.trim());
  const line = lines.findLast((text) => meaning?.says.test(text)) ?? lines.findLast((text) => text !== '');
  if (line === undefined) return exitCode === null ? 'ssh was ended' : `ssh ended with exit code ${exitCode}`;
  return line.replace(/^@\s+(.*\S)\s+@$/, '$1');
}
