/**
 * The keeper: a small process apart that owns the sandbox's engine, so that several Slipways can share one. Started by
 * `openSandbox` as `flock LOCK node keeper.js STATE`; the lock makes it the only one. Every open lease is a connection;
 * when the last closes, whatever way its owner ended, the sandbox ends. When the keeper itself is killed the kernel ends the engine.
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { defaultLimits } from './cgroup.ts';
import { type KeptEngine, keepEngine } from './kept-engine.ts';
import { clearLeftovers } from './leftovers.ts';
import { makePlaces, sandboxPlaces } from './places.ts';
import { type Answer, type Ask, isAsk, listen, say } from './talk.ts';

/** A keeper that nobody takes a lease from ends by itself. */
const FIRST_LEASE_WITHIN = 15_000;

const places = sandboxPlaces(process.argv[2]);
const limits = defaultLimits();
const leases = new Set<Socket>();
let keep = false;
let engine: KeptEngine | null = null;
let ending: Promise<void> | null = null;

await makePlaces(places);
await clearLeftovers(places);
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
  steps.push(text);
  for (const lease of leases) say(lease, { say: 'step', text });
}

async function start(): Promise<void> {
  try {
    engine = await keepEngine(places, { limits, onStep: tellStep, signal: cancel.signal });
  } catch (error) {
    // Not awaited: the end awaits this.
    void end(1, error instanceof Error ? error.message : String(error));
    return;
  }
  void engine.failed.then((why) => end(1, why));
}

async function answer(socket: Socket, message: Ask): Promise<void> {
  switch (message.ask) {
    case 'lease':
      return takeLease(socket, message.keep);
    case 'status':
      return say(socket, await status());
    case 'stop':
      return stop(socket);
    case 'reset':
      return reset(socket);
  }
}

async function takeLease(socket: Socket, wantsKeep: boolean): Promise<void> {
  leases.add(socket);
  keep ||= wantsKeep;
  clearTimeout(opening);
  socket.on('close', () => {
    leases.delete(socket);
    void endIfUnused();
  });
  for (const text of steps) say(socket, { say: 'step', text });
  await started;
  if (engine && !ending) say(socket, { say: 'ready', socket: places.socket, warnings: engine.warnings() });
}

async function status(): Promise<Answer> {
  await started;
  if (!engine) return { say: 'failed', why: 'the engine did not start' };
  const shared = { limits, keep, leases: leases.size, host: `unix://${places.socket}` };
  return { say: 'status', status: { ...(await engine.status()), ...shared } };
}

async function reset(socket: Socket): Promise<void> {
  await started;
  if (!engine || ending) return say(socket, { say: 'failed', why: 'the sandbox is ending' });
  const since = performance.now();
  try {
    await engine.reset((text) => say(socket, { say: 'step', text }));
    say(socket, { say: 'done', ms: Math.round(performance.now() - since) });
  } catch (error) {
    say(socket, { say: 'failed', why: error instanceof Error ? error.message : String(error) });
  }
}

async function endIfUnused(): Promise<void> {
  if (leases.size === 0 && !keep) await end(0);
}

async function stop(socket: Socket): Promise<void> {
  const since = performance.now();
  await tearDown('');
  socket.end(
    `${JSON.stringify({ say: 'done', ms: Math.round(performance.now() - since) } satisfies Answer)}\n`,
  );
  await once(socket, 'close');
  process.exit(0);
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
    await engine?.close();
    await rm(places.run, { recursive: true, force: true });
  })();
  return ending;
}
