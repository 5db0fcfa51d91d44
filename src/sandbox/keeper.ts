/**
 * The keeper: a small process apart that owns the sandbox's engine, so that several Slipways can share one. Started by
 * `openSandbox` as `flock LOCK node keeper.js STATE [KIND]`; the lock makes it the only one. Every open lease is a connection;
 * when the last closes, whatever way its owner ended, the sandbox ends with all that it holds, unless it was to be kept. When the keeper itself is killed the kernel ends the engine.
 */
import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { defaultLimits } from './cgroup.ts';
import { type KeptEngine, keepEngine } from './kept-engine.ts';
import { keepRegistry } from './kept-registry.ts';
import { clearLeftovers } from './leftovers.ts';
import { makePlaces, removeRun, sandboxPlaces } from './places.ts';
import { sandboxAbility } from './ability.ts';
import { type Answer, type Ask, isAsk, listen, say } from './talk.ts';
import { defaultDiskLimit } from './watch-disk.ts';
import { SANDBOX_KINDS } from './kinds.ts';
import type { Way } from './ways.ts';

/** A keeper that nobody takes a lease from ends by itself. */
const FIRST_LEASE_WITHIN = 15_000;
const HEARD_WITHIN = 2000;

const places = sandboxPlaces(process.argv[2]);
const limits = defaultLimits();
const registry = keepRegistry(places);
const kind = SANDBOX_KINDS.find((known) => known === process.argv[3]) ?? null;
const leases = new Set<Socket>();
const firstLease = Promise.withResolvers<void>();
let keep = false;
let way: Way | null = null;
let engine: KeptEngine | null = null;
let ending: Promise<void> | null = null;

await makePlaces(places);
await clearLeftovers(places);
const diskLimit = await defaultDiskLimit(places.state);
const server = createServer({ allowHalfOpen: false }, (socket) => {
  socket.on('error', () => socket.destroy());
  listen(socket, (message) => {
    if (isAsk(message)) void answer(socket, message);
  });
});
server.listen(places.control);
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => void end(0));
const opening = setTimeout(() => void endIfUnused(), FIRST_LEASE_WITHIN);

const steps: string[] = [];
const cancel = new AbortController();
const started = start();

function tellStep(text: string): void {
  if (!engine) steps.push(text);
  for (const lease of leases) say(lease, { say: 'step', text });
}

async function start(): Promise<void> {
  try {
    const ability = await sandboxAbility(kind);
    if (!ability.can) throw new Error(ability.why);
    way = ability.way;
    engine = await keepEngine(places, {
      way: ability.way,
      limits,
      diskLimit,
      onStep: tellStep,
      onWarning: (text) => leases.forEach((lease) => say(lease, { say: 'warning', text })),
      signal: cancel.signal,
    });
  } catch (error) {
    // Who started us may not be there yet to hear why.
    await Promise.race([firstLease.promise, new Promise((resolve) => setTimeout(resolve, HEARD_WITHIN))]);
    // Not awaited: the end awaits this.
    void end(1, error instanceof Error ? error.message : String(error));
    return;
  }
  steps.length = 0;
  void engine.failed.then((why) => end(1, why));
}

async function answer(socket: Socket, message: Ask): Promise<void> {
  switch (message.ask) {
    case 'lease':
      return takeLease(socket, message.keep);
    case 'keep':
      return keepIt();
    case 'status':
      return say(socket, await status());
    case 'stop':
      // Our end is the answer.
      return end(0);
    case 'reset':
      return reset(socket);
    case 'registry':
      return giveRegistry(socket);
    case 'registry-events':
      await giveRegistry(socket);
      return tellOfRegistry(socket);
  }
}

async function takeLease(socket: Socket, wantsKeep: boolean): Promise<void> {
  leases.add(socket);
  firstLease.resolve();
  if (wantsKeep) keepIt();
  clearTimeout(opening);
  socket.on('close', () => {
    leases.delete(socket);
    void endIfUnused();
  });
  for (const text of steps) say(socket, { say: 'step', text });
  await started;
  if (!engine || ending) return;
  const standing = way?.standing ?? '';
  say(socket, { say: 'ready', socket: places.socket, standing, warnings: engine.warnings() });
}

function keepIt(): void {
  keep = true;
}

async function status(): Promise<Answer> {
  await started;
  if (!engine) return { say: 'failed', why: 'the engine did not start' };
  const shared = {
    way: way?.name ?? '',
    limits,
    diskLimit: way?.kind === 'inside' ? null : diskLimit,
    keep,
    leases: leases.size,
    host: `unix://${places.socket}`,
  };
  return { say: 'status', status: { ...(await engine.status()), ...shared } };
}

async function reset(socket: Socket): Promise<void> {
  await started;
  if (!engine || ending) return say(socket, { say: 'failed', why: 'the sandbox is ending' });
  const since = performance.now();
  try {
    await registry.close();
    await engine.reset((text) => say(socket, { say: 'step', text }));
    say(socket, { say: 'done', ms: Math.round(performance.now() - since) });
  } catch (error) {
    say(socket, { say: 'failed', why: error instanceof Error ? error.message : String(error) });
  }
  // It may have been started for this only.
  void endIfUnused();
}

async function giveRegistry(socket: Socket): Promise<void> {
  await started;
  if (!engine || ending) return say(socket, { say: 'failed', why: 'the sandbox is ending' });
  try {
    const { pids } = await engine.status();
    say(socket, { say: 'registry', address: await registry.open(pids.holder) });
  } catch (error) {
    say(socket, { say: 'failed', why: error instanceof Error ? error.message : String(error) });
  }
}

/** It hears only of the registry whose address it was told. */
function tellOfRegistry(socket: Socket): void {
  const stop = registry.follow({
    onEvent: (event) => say(socket, { say: 'registry-event', event }),
    onClose: () => socket.end(),
  });
  socket.on('close', stop);
}

async function endIfUnused(): Promise<void> {
  if (leases.size === 0 && !keep) await end(0);
}

async function end(code: number, why = ''): Promise<void> {
  await tearDown(why);
  process.exit(code);
}

/** The control socket goes first, so that whoever comes now starts a keeper of its own. */
function tearDown(why: string): Promise<void> {
  ending ??= (async () => {
    rmSync(places.control, { force: true });
    if (why) for (const lease of leases) say(lease, { say: 'failed', why });
    cancel.abort();
    await started;
    await registry.close();
    await engine?.close(!keep);
    await removeRun(places);
  })();
  return ending;
}
