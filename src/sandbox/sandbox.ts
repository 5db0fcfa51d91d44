import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import type { Endpoint } from '../engine/endpoint.ts';
import { hasCode } from './has-code.ts';
import { sandboxAbility } from './ability.ts';
import { makePlaces, type Places, placesOf, sandboxPlaces } from './places.ts';
import { programFile } from './program-file.ts';
import { SandboxError } from './sandbox-error.ts';
import { type Answer, type Ask, type KeeperStatus, isAnswer, listen, say } from './talk.ts';
import { SANDBOX_KINDS, type SandboxKind } from './kinds.ts';

/** The sandbox stays for as long as somebody holds a lease on it. */
export type SandboxLease = {
  /** As in DOCKER_HOST. */
  host: string;
  endpoint: Endpoint;
  /** How it stands, where that is not the usual: `without root`. */
  standing: string;
  /** What was amiss when it was opened: limits that could not be set, little room, ports that are taken. */
  warnings: readonly string[];
  /** Called with every warning that comes later. */
  onWarning(listener: (text: string) => void): void;
  release(): void;
  /** Asks it to stay, with what it holds, when the last lease is released: until `stopSandbox`. */
  keep(): void;
  /** Called at most once, when the sandbox has gone without our doing. A reset and a restart of its engine are not that. */
  onLost(listener: (why: string) => void): void;
};

export type OpenOptions = {
  onStep?: (text: string) => void;
  signal?: AbortSignal;
  /** It stays, with what it holds, when the last lease is released: until `stopSandbox`. */
  keep?: boolean;
  /** The engine that it has to be; else the sandbox that runs, or the first that can be started. */
  kind?: SandboxKind | null;
  /** Where it keeps its data; its identity. */
  places?: Places;
};

/** A keeper that is just ending has to be gone before the next can start. */
const KEEPER_WITHIN = 20_000;

/** Starts the sandbox, or joins the one that is running. */
export async function openSandbox(options: OpenOptions = {}): Promise<SandboxLease> {
  const deadline = Date.now() + KEEPER_WITHIN;
  for (;;) {
    try {
      return await joinOrStart(options);
    } catch (error) {
      // The keeper we reached was just ending, its last lease released: the next one will do.
      if (!(error instanceof HungUp) || Date.now() > deadline) throw error;
    }
  }
}

class HungUp extends SandboxError {}

async function joinOrStart(options: OpenOptions): Promise<SandboxLease> {
  const socket = await connectOrStart(await choosePlaces(options), options);
  const cancel = () => socket.destroy();
  options.signal?.addEventListener('abort', cancel);
  try {
    return await takeLease(socket, options);
  } catch (error) {
    socket.destroy();
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', cancel);
  }
}

async function choosePlaces({ places, kind = null }: OpenOptions): Promise<Places> {
  if (places) return places;
  if (kind !== null) return placesOf(kind);
  const running = (await runningSandboxes())[0];
  if (running) return placesOf(running);
  const ability = await sandboxAbility();
  if (!ability.can) throw new SandboxError(ability.why);
  return placesOf(ability.way.kind);
}

export async function runningSandboxes(): Promise<SandboxKind[]> {
  const running: SandboxKind[] = [];
  for (const kind of SANDBOX_KINDS) {
    const socket = await tryConnect(placesOf(kind));
    socket?.destroy();
    if (socket) running.push(kind);
  }
  return running;
}

function takeLease(socket: Socket, options: OpenOptions): Promise<SandboxLease> {
  return new Promise((resolve, reject) => {
    let why = '';
    let isReleased = false;
    let isReady = false;
    const listeners = new Set<(why: string) => void>();
    const warned = new Set<(text: string) => void>();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      reject(why ? new SandboxError(why) : new HungUp('the sandbox was just ending'));
      if (!isReleased) for (const listener of listeners) listener(why || 'the sandbox has ended');
    });
    listen(socket, (answer) => {
      if (!isAnswer(answer)) return;
      if (answer.say === 'step' && !isReady) options.onStep?.(answer.text);
      if (answer.say === 'failed') why = answer.why;
      if (answer.say === 'warning') for (const listener of warned) listener(answer.text);
      if (answer.say === 'ready') {
        isReady = true;
        resolve({
          host: `unix://${answer.socket}`,
          endpoint: { via: 'unix', path: answer.socket },
          standing: answer.standing,
          warnings: answer.warnings,
          onWarning: (listener) => void warned.add(listener),
          release: () => {
            isReleased = true;
            socket.end();
          },
          keep: () => say(socket, { ask: 'keep' }),
          onLost: (listener) => void listeners.add(listener),
        });
      }
    });
    say(socket, { ask: 'lease', keep: options.keep ?? false });
  });
}

/** Null when no sandbox is running. */
export async function sandboxStatus(places: Places = sandboxPlaces()): Promise<KeeperStatus | null> {
  const socket = await tryConnect(places);
  if (!socket) return null;
  try {
    const answer = await ask(socket, { ask: 'status' });
    return answer.say === 'status' ? answer.status : null;
  } catch (error) {
    // It was just ending.
    if (error instanceof HungUp) return null;
    throw error;
  }
}

/** Ends it under everybody who uses it; gives the milliseconds it took, or null when none was running. */
export async function stopSandbox(places: Places = sandboxPlaces()): Promise<number | null> {
  const socket = await tryConnect(places);
  if (!socket) return null;
  const since = performance.now();
  socket.on('error', () => socket.destroy()).resume();
  say(socket, { ask: 'stop' });
  // The keeper closes it by ending, as the last thing it does.
  await new Promise((resolve) => socket.once('close', resolve));
  return Math.round(performance.now() - since);
}

/**
 * Throws away everything in it but the base image; gives the milliseconds it took. A sandbox that is not running is
 * started for it and ends again, unless somebody has taken a lease meanwhile.
 */
export async function resetSandbox(options: Omit<OpenOptions, 'keep'> = {}): Promise<number> {
  const socket = await connectOrStart(await choosePlaces(options), options);
  return milliseconds(await ask(socket, { ask: 'reset' }, options.onStep));
}

/**
 * The address of the registry that stands beside the sandbox's engine, opened for the first who asks. Throws where it
 * cannot be opened, and where no sandbox is running.
 */
export async function sandboxRegistry(places: Places = sandboxPlaces()): Promise<string> {
  const socket = await tryConnect(places);
  if (!socket) throw new SandboxError('no sandbox is running');
  const answer = await ask(socket, { ask: 'registry' });
  if (answer.say !== 'registry') throw new SandboxError(`the sandbox answered with “${answer.say}”`);
  return answer.address;
}

type FinalAnswer = Exclude<Answer, { say: 'step' | 'failed' | 'warning' | 'registry-event' }>;

function ask(socket: Socket, question: Ask, onStep?: (text: string) => void): Promise<FinalAnswer> {
  return new Promise((resolve, reject) => {
    let why = '';
    socket.on('error', () => socket.destroy());
    socket.on('close', () =>
      reject(why ? new SandboxError(why) : new HungUp('the sandbox ended without an answer')),
    );
    listen(socket, (answer) => {
      if (!isAnswer(answer)) return;
      if (answer.say === 'step') return onStep?.(answer.text);
      if (answer.say === 'registry-event' || answer.say === 'warning') return;
      if (answer.say === 'failed') why = answer.why;
      else resolve(answer);
      socket.end();
    });
    say(socket, question);
  });
}

function milliseconds(answer: FinalAnswer): number {
  if (answer.say !== 'done') throw new SandboxError(`the sandbox answered with “${answer.say}”`);
  return answer.ms;
}

async function connectOrStart(places: Places, { signal, kind = null }: OpenOptions): Promise<Socket> {
  const chosen = kind ?? SANDBOX_KINDS.find((known) => placesOf(known).state === places.state) ?? null;
  const keeper: { failed: string } = { failed: '' };
  const deadline = Date.now() + KEEPER_WITHIN;
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    const socket = await tryConnect(places);
    if (socket) return socket;
    if (Date.now() > deadline)
      throw new SandboxError(`the sandbox's keeper does not answer; its log: ${await keeperLog(places)}`);
    // `flock` lets only one of them live; the others end at once, also those of Slipways that start at this moment.
    if (keeper.failed !== '') throw new SandboxError(keeper.failed);
    if (attempt % 20 === 0) await startKeeper(places, chosen, (why) => (keeper.failed = why));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Of flock: somebody else has the lock. */
const LOCKED = 75;

async function startKeeper(
  places: Places,
  kind: SandboxKind | null,
  onFailed: (why: string) => void,
): Promise<void> {
  await makePlaces(places).catch((cause: Error) => {
    throw new SandboxError(cause.message, { cause });
  });
  const log = await open(places.keeperLog, 'a', 0o600).catch((cause: Error) => {
    throw new SandboxError(cause.message, { cause });
  });
  try {
    const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
    const keeper = [process.execPath, programFile('keeper'), places.state, ...(kind === null ? [] : [kind])];
    const lock = ['--no-fork', '--nonblock', '--conflict-exit-code', String(LOCKED), places.lock];
    const child = spawn('flock', [...lock, ...keeper], {
      cwd: '/',
      detached: true,
      env,
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise((resolve, reject) => {
      child.on('spawn', resolve);
      child.on('error', (cause) => reject(new SandboxError(`cannot run flock: ${cause.message}`, { cause })));
    });
    child.on('exit', (code) => {
      if (code === 0 || code === LOCKED) return;
      void keeperLog(places).then((text) =>
        onFailed(`the sandbox's keeper does not start; its log: ${text}`),
      );
    });
    child.unref();
  } finally {
    await log.close();
  }
}

async function keeperLog(places: Places): Promise<string> {
  const text = await readFile(places.keeperLog, 'utf8').catch((error: unknown) => {
    // Gone with the sandbox meanwhile.
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  });
  return `${places.keeperLog}\n${text.trimEnd().split('\n').slice(-6).join('\n')}`;
}

/** Null where no keeper listens. */
export function tryConnect(places: Places): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(places.control);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (cause) => {
      if (hasCode(cause, 'ENOENT', 'ECONNREFUSED')) resolve(null);
      else reject(new SandboxError(cause.message, { cause }));
    });
  });
}
