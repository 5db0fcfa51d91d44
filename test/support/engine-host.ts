/**
 * Owns the engines of one test run, in a process of its own so that they and their folder go away however the run ends:
 * it ends with its standard input. When it is killed itself, the kernel ends the engines and the next run sweeps the folder.
 * `node engine-host.ts FOLDER`; asked over FOLDER/host.sock, one JSON object per line.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { type Socket, createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from '../../src/engine/connect.ts';
import { loadBaseImage } from '../../src/sandbox/base-image.ts';
import { removeCgroup } from '../../src/sandbox/cgroup.ts';
import { type NamespacedProcess, childrenOf } from '../../src/sandbox/namespaced-process.ts';
import { startPrivateDockerd } from '../../src/sandbox/private-dockerd.ts';
import { startPrivatePodman } from '../../src/sandbox/private-podman.ts';
import { listen } from '../../src/sandbox/talk.ts';
import {
  type EngineFacts,
  type EngineName,
  type HostAnswer,
  type HostQuestion,
  isHostQuestion,
} from './engine-host-talk.ts';

type Hosted = {
  name: EngineName;
  folder: string;
  socket: string;
  cgroup: string;
  process: NamespacedProcess | null;
};

const root = process.argv[2] ?? '';
/** What dockerd's daemon.json says. */
const settings = process.env['SLIPWAY_TEST_DAEMON_JSON'] ?? '{}';
const hosted = new Set<Hosted>();
const shared = new Map<EngineName, Promise<Hosted>>();
let count = 0;

const server = createServer((socket) => {
  const own = new Map<number, Hosted>();
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    for (const engine of own.values()) void discard(engine);
  });
  listen(socket, (message) => {
    if (!isHostQuestion(message)) return;
    const question = message;
    answer(question, own).then(
      (found) => reply(socket, { id: question.id, facts: found }),
      (error: Error) => reply(socket, { id: question.id, error: error.message }),
    );
  });
});
server.listen(join(root, 'host.sock'), () => process.stdout.write('ready\n'));
process.stdin.on('data', () => {});
process.stdin.on('end', () => void end());
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => void end());
// The reader of what we print may be gone before us.
process.stdout.on('error', () => {});

function reply(socket: Socket, message: HostAnswer): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

async function answer(question: HostQuestion, own: Map<number, Hosted>): Promise<EngineFacts> {
  if (question.ask === 'shared') {
    const opening = shared.get(question.name) ?? open(question.name);
    shared.set(question.name, opening);
    return facts(await opening, 0);
  }
  if (question.ask === 'open') {
    const opened = await open(question.name);
    const handle = ++count;
    own.set(handle, opened);
    return facts(opened, handle);
  }
  const engine = own.get(question.handle);
  if (!engine) throw new Error('only a throw-away engine can be stopped and started');
  if (question.ask === 'discard') await discard(engine);
  else if (question.ask === 'stop') await engine.process?.end(question.grace);
  else await start(engine);
  return facts(engine, question.handle);
}

async function facts(engine: Hosted, handle: number): Promise<EngineFacts> {
  const holder = engine.process?.holder ?? 0;
  const [pid = 0] = await childrenOf(holder);
  const { name, socket, folder, cgroup } = engine;
  return { handle, name, socket, folder, cgroup, pid, holder };
}

async function open(name: EngineName): Promise<Hosted> {
  const id = ++count;
  const folder = join(root, `${name}${id}`);
  await mkdir(folder, { mode: 0o700 });
  const cgroup = `slipway-test-${process.pid}-${id}`;
  const engine: Hosted = { name, folder, socket: join(folder, 'engine.sock'), cgroup, process: null };
  hosted.add(engine);
  await start(engine);
  const api = await connect({ via: 'unix', path: engine.socket });
  await loadBaseImage(api);
  api.close();
  return engine;
}

async function start(engine: Hosted): Promise<void> {
  await engine.process?.end(0);
  const at = (name: string) => join(engine.folder, name);
  const places = {
    name: engine.cgroup,
    data: at('data'),
    exec: at('exec'),
    socket: engine.socket,
    engineConfig: at('daemon.json'),
    engineLog: at('engine.log'),
  };
  const limits = { memory: 1024 ** 3, pids: 1024 };
  if (engine.name === 'podman') {
    engine.process = await startPrivatePodman(places, { limits });
    return;
  }
  // Its own configuration file is written anew at each start, and is empty.
  await writeFile(at('settings.json'), settings);
  engine.process = await startPrivateDockerd(places, {
    limits,
    arguments: ['--config-file', at('settings.json')],
  });
}

/** Also for those that are just going: the end waits for each. */
const going = new Map<Hosted, Promise<void>>();

function discard(engine: Hosted): Promise<void> {
  const gone = going.get(engine) ?? remove(engine);
  going.set(engine, gone);
  return gone;
}

async function remove(engine: Hosted): Promise<void> {
  await engine.process?.end(0);
  await removeCgroup(engine.cgroup);
  await rm(engine.folder, { recursive: true, force: true });
}

async function end(): Promise<void> {
  server.close();
  await Promise.allSettled(shared.values());
  await Promise.all([...hosted].map(discard));
  await rm(root, { recursive: true, force: true });
  process.exit(0);
}
