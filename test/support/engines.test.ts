import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readlink } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isAnswering } from '../../src/sandbox/is-answering.ts';
import { hasEngine, ownEngine, testEngines } from './engines.ts';
import { until } from './until.ts';

describe.each(await testEngines())('the private $name', (engine) => {
  it('answers', async () => {
    expect(await isAnswering(engine.socket)).toBe(true);
  });

  it('is in a network of its own', async () => {
    expect(await readlink(`/proc/${engine.holder}/ns/net`)).not.toBe(await readlink('/proc/self/ns/net'));
  });
});

describe.skipIf(!hasEngine('docker'))('a dockerd of the test’s own', () => {
  it('is gone when it is killed, and comes back on the same socket', async () => {
    const engine = await ownEngine('docker');
    process.kill(engine.pid, 'SIGKILL');
    await until(async () => !(await isAnswering(engine.socket)));
    await engine.start();
    expect(await isAnswering(engine.socket)).toBe(true);
    await engine.discard();
    expect(existsSync(engine.folder)).toBe(false);
  });

  it('goes when the test run that asked for it is killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
    const program = fileURLToPath(new URL('./engine-host.ts', import.meta.url));
    // A parent that is killed, as a test run may be: the pipe to the host's standard input closes.
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `require('child_process').spawn(process.execPath, ${JSON.stringify([program, folder])}, {stdio: ['pipe', 'inherit', 'inherit'], detached: true}); setInterval(() => {}, 1000)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
    );
    onTestFinished(() => {
      parent.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    const socket = await openHost(parent, folder);
    socket.write('{"id":1,"ask":"shared","name":"docker"}\n');
    const [line] = await once(createInterface({ input: socket }), 'line');
    const { pid, cgroup } = JSON.parse(String(line)).facts;
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !existsSync(folder) && !existsSync(`/proc/${pid}`));
    const cgroups = await readdir('/sys/fs/cgroup');
    for (const root of ['', ...cgroups]) expect(existsSync(join('/sys/fs/cgroup', root, cgroup))).toBe(false);
  });
});

async function openHost(parent: ChildProcess, folder: string): Promise<Socket> {
  if (!parent.stdout) throw new Error('no pipe to the host');
  const [said] = await Promise.race([once(parent.stdout, 'data'), once(parent, 'exit')]);
  expect(String(said)).toBe('ready\n');
  const socket = connect(join(folder, 'host.sock'));
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket;
}
