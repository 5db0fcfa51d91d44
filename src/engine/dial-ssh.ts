import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';
import { cleanText } from './clean-text.ts';
import type { Endpoint } from './endpoint.ts';
import { EngineError } from './errors.ts';
import { sshError } from './ssh-error.ts';

type SshEndpoint = Extract<Endpoint, { via: 'ssh' }>;

/** Seconds that ssh itself may take to connect. */
const CONNECT_TIMEOUT = 10;
/** Characters of ssh's words that are kept; banners can be long, the reason comes last. */
const WORDS_KEPT = 4000;
/** ssh's words may arrive just after its exit; a ControlPersist master keeps stderr open for ever. */
const LAST_WORDS_MS = 100;

/**
 * A connection to an engine on another machine through the person's own `ssh`, as the docker CLI makes it
 * (cli/connhelper): ~/.ssh/config, agent and ProxyJump count. The stream fails with an `EngineError` that has
 * ssh's own words. Destroying it ends ssh.
 */
export function dialSsh(endpoint: SshEndpoint, env: NodeJS.ProcessEnv = process.env): Duplex {
  // A session of its own: neither the person's Ctrl-C nor a prompt can go between us and our screen.
  const ssh = spawn('ssh', sshArguments(endpoint), { env, detached: true, stdio: 'pipe' });
  return Object.assign(streamOf(ssh, endpoint), SOCKET_MANNERS);
}

export function sshArguments({ user, host, port, path }: SshEndpoint): string[] {
  return [
    '-o',
    'BatchMode=yes',
    '-o',
    `ConnectTimeout=${CONNECT_TIMEOUT}`,
    '-T',
    ...(user === '' ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
    '--',
    host,
    'docker',
    ...(path === '' ? [] : ['--host', shellQuoted(`unix://${path}`)]),
    'system',
    'dial-stdio',
  ];
}

/** What `node:http` calls on a socket; a pipe to a program has no such things to set. */
const SOCKET_MANNERS = {
  setTimeout: itself,
  setNoDelay: itself,
  setKeepAlive: itself,
  ref: itself,
  unref: itself,
};

function itself<T>(this: T): T {
  return this;
}

function streamOf(ssh: ChildProcessWithoutNullStreams, endpoint: SshEndpoint): Duplex {
  const words = lastWords(ssh);
  const stream = new Duplex({
    read: () => void ssh.stdout.resume(),
    write: (chunk, _encoding, done) => {
      // A failed write means that ssh has ended; its exit, not EPIPE, has the reason.
      ssh.stdin.write(chunk, () => done());
    },
    final: (done) => void ssh.stdin.end(() => done()),
    destroy: (error, done) => {
      ssh.kill();
      done(error);
    },
  });
  ssh.stdin.on('error', () => undefined);
  ssh.stdout.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) ssh.stdout.pause();
  });
  ssh.once('error', (cause) => stream.destroy(noSsh(cause)));
  const drained = new Promise<void>((resolve) => ssh.stdout.once('close', resolve));
  ssh.once('exit', async (code) => {
    await Promise.all([drained, words.ended]);
    if (code === 0) stream.push(null);
    else stream.destroy(sshError(words.text(), code, endpoint));
  });
  return stream;
}

function lastWords(ssh: ChildProcessWithoutNullStreams): { text(): string; ended: Promise<void> } {
  let text = '';
  ssh.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-WORDS_KEPT);
  });
  const ended = new Promise<void>((resolve) => {
    ssh.stderr.once('close', resolve);
    ssh.once('exit', () => setTimeout(resolve, LAST_WORDS_MS).unref());
  });
  return { text: () => text.split('\n').map(cleanText).join('\n'), ended };
}

function noSsh(cause: NodeJS.ErrnoException): EngineError {
  const missing = cause.code === 'ENOENT';
  return new EngineError('missing', missing ? 'there is no program “ssh”' : `ssh: ${cause.message}`, {
    advice: missing ? 'Install the OpenSSH client (Debian: apt install openssh-client).' : '',
    cause,
  });
}

/** The far side's shell reads the words again, so a path is quoted where it could mean more than itself. */
function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
