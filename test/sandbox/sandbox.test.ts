import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { askRegistry } from '../../src/engine/ask-registry.ts';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type Places, sandboxPlaces } from '../../src/sandbox/places.ts';
import { followSandboxRegistry } from '../../src/sandbox/follow-registry.ts';
import {
  type SandboxLease,
  openSandbox,
  resetSandbox,
  sandboxRegistry,
  sandboxStatus,
  stopSandbox,
} from '../../src/sandbox/sandbox.ts';
import { hasEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { publish, runSpec } from './run-spec.ts';

const WEB = 'echo hello > /var/www/index.html; while true; do nc -l -p 80 httpd /var/www; done';

describe.skipIf(!hasEngine('docker'))('the sandbox', { timeout: 60_000 }, () => {
  let places: Places;
  let before: readonly string[];
  const closers: (() => void)[] = [];

  beforeEach(async () => {
    before = await machineState();
    places = sandboxPlaces(await mkdtemp(join(tmpdir(), 'slipway-sandbox-')));
  });

  afterEach(async () => {
    for (const close of closers.splice(0)) close();
    await stopSandbox(places);
    await until(() => isGone(places));
    await rm(places.state, { recursive: true, force: true });
    expect(await machineState()).toEqual(before);
    expect(tracesOf(places)).toEqual([]);
  });

  const open = async (options: Parameters<typeof openSandbox>[0] = {}): Promise<SandboxLease> => {
    const lease = await openSandbox({ places, ...options });
    closers.push(() => lease.release());
    return lease;
  };
  const reach = async (lease: SandboxLease): Promise<Engine> => {
    const engine = await connect(lease.endpoint);
    closers.push(() => engine.close());
    return engine;
  };

  it('starts with the base image and tells its steps', async () => {
    const steps: string[] = [];
    const lease = await open({ onStep: (text) => steps.push(text) });
    expect(steps).toEqual([
      'Starting a private engine: dockerd as root',
      'Opening the way to published ports',
      'Loading the image tiny:1',
    ]);
    const engine = await reach(lease);
    expect((await engine.list('image')).map((image) => image.kind === 'image' && image.tags)).toEqual([
      ['tiny:1'],
    ]);
    expect(lease.warnings).toEqual([]);
    expect((await stat(places.socket)).mode & 0o777).toBe(0o600);
  });

  it('makes a published port reachable on both loopbacks, for as long as its container runs', async () => {
    const engine = await reach(await open());
    const port = await freePort();
    await engine.carryOut({ do: 'run', spec: runSpec(WEB, { name: 'web', ports: [publish(port, 80)] }) });
    await until(() => isOpen(port));
    // The server takes one connection at a time and none in between.
    for (const host of ['127.0.0.1', '[::1]'])
      await until(async () => (await readPage(host, port)) === 'hello\n');
    await engine.carryOut({ do: 'kill', container: { id: 'web', name: 'web' }, signal: 'KILL' });
    await until(async () => !(await isOpen(port)));
  });

  it('says when a published port is taken on this machine, and opens it once it is free', async () => {
    const lease = await open();
    const told: string[] = [];
    lease.onWarning((text) => told.push(text));
    const engine = await reach(lease);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = portOf(server);
    closers.push(() => server.close());
    await engine.carryOut({ do: 'run', spec: runSpec(WEB, { name: 'web', ports: [publish(port, 80)] }) });
    await until(async () => (await sandboxStatus(places))?.warnings.length === 1);
    expect((await sandboxStatus(places))?.warnings).toEqual([
      `port ${port} of this machine is taken by another program`,
    ]);
    await until(() => told.length > 0);
    expect(told).toEqual([`port ${port} of this machine is taken by another program`]);
    server.close();
    const web = { id: 'web', name: 'web' };
    await engine.carryOut({ do: 'kill', container: web, signal: 'KILL' });
    await engine.carryOut({ do: 'start', container: web });
    await until(async () => (await sandboxStatus(places))?.warnings.length === 0);
    await until(() => isOpen(port));
  });

  it('is as new after a reset, on the same socket, and the lease stands', async () => {
    const lease = await open();
    const engine = await reach(lease);
    for (const name of ['one', 'two', 'three'])
      await engine.carryOut({ do: 'run', spec: runSpec('sleep 1000', { name }) });
    await engine.carryOut({ do: 'create-volume', name: 'mine', driver: '' });
    let lost = false;
    lease.onLost(() => (lost = true));
    await resetSandbox({ places });
    const again = await reach(lease);
    expect(await again.list('container')).toEqual([]);
    expect(await again.list('volume')).toEqual([]);
    expect(await again.list('image')).toHaveLength(1);
    expect(lost).toBe(false);
    await until(async () => !(await readdir(places.state)).some((name) => name.includes('discarded')));
  });

  it('opens a registry for whoever asks, which goes with it and is empty after a reset', async () => {
    const lease = await open();
    const engine = await reach(lease);
    const address = await sandboxRegistry(places);
    expect(await sandboxRegistry(places)).toBe(address);
    const docker = (...words: string[]): string =>
      execFileSync('docker', ['-H', lease.host, ...words], { encoding: 'utf8', stdio: 'pipe' });
    docker('tag', 'tiny:1', `${address}/mine:1`);
    docker('push', `${address}/mine:1`);
    docker('pull', 'busybox');
    const tags = async (at: string): Promise<unknown> =>
      (await askRegistry(at, { repository: 'mine', tag: '' }))?.repositories;
    expect(await tags(address)).toEqual({ mine: ['1'] });
    await resetSandbox({ places });
    expect(await tags(address)).toBeUndefined();
    expect(await tags(await sandboxRegistry(places))).toEqual({ 'library/busybox': [] });
    engine.close();
  });

  it('tells who listens what happens in its registry, and that it has gone', async () => {
    const lease = await open();
    const events: string[] = [];
    let lost = 0;
    const { address } = await followSandboxRegistry({
      places,
      onEvent: ({ action, repository, reference }) => events.push(`${action} ${repository} ${reference}`),
      onLost: () => (lost += 1),
    });
    const unheard: unknown[] = [];
    const other = await followSandboxRegistry({ places, onEvent: (event) => unheard.push(event) });
    other.close();
    const docker = (...words: string[]): string =>
      execFileSync('docker', ['-H', lease.host, ...words], { encoding: 'utf8', stdio: 'pipe' });
    docker('tag', 'tiny:1', `${address}/mine:1`);
    docker('push', `${address}/mine:1`);
    await until(() => events.length > 0);
    expect(events).toEqual(['push mine 1']);
    expect(lost).toBe(0);
    await resetSandbox({ places });
    await until(() => lost === 1);
    expect(unheard).toEqual([]);
  });

  it('is shared, and ends with the last lease', async () => {
    const [one, two] = await Promise.all([openSandbox({ places }), openSandbox({ places })]);
    expect(one.host).toBe(two.host);
    expect((await sandboxStatus(places))?.leases).toBe(2);
    one.release();
    await until(async () => (await sandboxStatus(places))?.leases === 1);
    two.release();
    await until(() => isGone(places));
  });

  it('can be opened again while it is ending, and is then as new', async () => {
    const engine = await reach(await open());
    await engine.carryOut({ do: 'create-volume', name: 'gone', driver: '' });
    for (const close of closers.splice(0)) close();
    await until(() => !existsSync(places.control));
    const again = await reach(await open());
    expect(await again.list('volume')).toEqual([]);
  });

  it('leaves nothing of what it held when it ends', async () => {
    const engine = await reach(await open());
    await engine.carryOut({ do: 'create-volume', name: 'gone', driver: '' });
    for (const close of closers.splice(0)) close();
    await until(() => isGone(places));
    await until(async () => !(await readdir(places.state)).some((name) => name.startsWith('data')));
  });

  it('stays after the last lease when asked to, until it is stopped, and then has what it held', async () => {
    const lease = await openSandbox({ places });
    lease.keep();
    lease.release();
    await until(async () => (await sandboxStatus(places))?.leases === 0);
    const engine = await connect(lease.endpoint);
    await engine.carryOut({ do: 'create-volume', name: 'kept', driver: '' });
    engine.close();
    expect(await stopSandbox(places)).toBeGreaterThan(0);
    expect(await stopSandbox(places)).toBeNull();
    const again = await reach(await open());
    expect(await again.list('volume')).toMatchObject([{ name: 'kept' }]);
  });

  it('ends when the Slipway that holds it is killed', async () => {
    const holder = await holdLease(places);
    const pids = (await sandboxStatus(places))?.pids;
    expect(pids).toBeDefined();
    holder.kill('SIGKILL');
    await until(() => isGone(places));
    await until(() => !Object.values(pids ?? {}).some((pid) => existsSync(`/proc/${pid}`)));
  });

  it('ends when its keeper is killed, says so, and the next start recovers', async () => {
    const lease = await open();
    const engine = await reach(lease);
    await engine.carryOut({ do: 'run', spec: runSpec('sleep 1000', { name: 'lasting' }) });
    const pids = (await sandboxStatus(places))?.pids ?? { keeper: 0, engine: 0, holder: 0 };
    const lost = new Promise<string>((resolve) => lease.onLost(resolve));
    process.kill(pids.keeper, 'SIGKILL');
    expect(await lost).toContain('ended');
    await until(() => !existsSync(`/proc/${pids.holder}`));
    const again = await reach(await open());
    expect(await again.list('container')).toMatchObject([{ name: 'lasting', state: 'exited' }]);
  });

  it('starts its engine again when that is killed, on the same socket', async () => {
    const lease = await open();
    const holder = (await sandboxStatus(places))?.pids.holder;
    const dockerd = execFileSync('pgrep', ['-P', String(holder)], { encoding: 'utf8' }).trim();
    process.kill(Number(dockerd), 'SIGKILL');
    await until(async () => {
      const status = await sandboxStatus(places);
      return status?.engine === 'ready' && status.pids.holder !== holder;
    });
    expect(await (await reach(lease)).list('image')).toHaveLength(1);
  });

  it('holds a fork bomb within its limit', async () => {
    const engine = await reach(await open());
    // Set low, to be kind to the machine.
    const file = (await readdir('/sys/fs/cgroup')).includes('pids') ? `pids/${places.name}` : places.name;
    execFileSync('sh', ['-c', `echo 60 > /sys/fs/cgroup/${file}/pids.max`]);
    const bomb = 'i=0; while [ $i -lt 200 ]; do sleep 100 & i=$((i+1)); done; wait';
    await engine.carryOut({ do: 'run', spec: runSpec(bomb, { name: 'bomb' }) });
    const stateOf = async () => (await engine.list('container'))[0];
    await until(async () => {
      const container = await stateOf();
      return container?.kind === 'container' && container.state === 'exited';
    });
    const said: string[] = [];
    const signal = new AbortController().signal;
    for await (const lines of engine.logs((await stateOf())?.id ?? '', { tail: 10, follow: false, signal }))
      said.push(...lines.map(({ text }) => text));
    expect(said.join('\n')).toMatch(/fork/i);
  });

  it('gives up with the engine’s own words when it cannot start', async () => {
    await rm(places.state, { recursive: true });
    execFileSync('sh', ['-c', `mkdir -p ${places.state} && echo not-a-folder > ${places.data}`]);
    await expect(openSandbox({ places })).rejects.toThrow(/not a directory|EEXIST|ENOTDIR/i);
    await until(() => isGone(places));
  });
});

async function holdLease(places: Places): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./hold-lease.ts', import.meta.url));
  const holder = spawn(process.execPath, [program, places.state], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  if (!holder.stdout) throw new Error('no pipe to the holder');
  await once(holder.stdout, 'data');
  return holder;
}

/** The lock is free once the keeper has ended, and it ends last. */
function isGone(places: Places): boolean {
  try {
    execFileSync('flock', ['--nonblock', places.lock, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Mounts and network interfaces of the machine, which an engine must not touch. */
async function machineState(): Promise<string[]> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .filter((line) => line.includes('slipway'));
  const links = (await readdir('/sys/class/net')).filter((name) => /^(docker|br-|veth)/.test(name));
  return [...mounts, ...links.toSorted()];
}

function tracesOf(places: Places): string[] {
  const cgroups = execFileSync('find', ['/sys/fs/cgroup', '-maxdepth', '2', '-name', places.name], {
    encoding: 'utf8',
  });
  return [...cgroups.split('\n').filter(Boolean), ...[places.run].filter(existsSync)];
}

async function isOpen(port: number): Promise<boolean> {
  return (await readPage('127.0.0.1', port)) !== null;
}

/** Null when nobody answers with a page. */
async function readPage(host: string, port: number): Promise<string | null> {
  try {
    const reply = await fetch(`http://${host}:${port}/index.html`);
    return reply.ok ? await reply.text() : null;
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}
