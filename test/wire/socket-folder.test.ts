import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openWire } from '../../src/wire/open-wire.ts';
import { leaveStaleSocket } from '../support/stale-socket.ts';
import { LABEL, openBench, openClient, startRawEngine } from './wire-bench.ts';

let base = '';
beforeEach(async () => void (base = await mkdtemp(join(tmpdir(), 'sf-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(base, { recursive: true, force: true });
});

const open = (folder?: string) => openWire({ label: LABEL, onCall: () => {}, ...(folder && { folder }) });
/** A process that has been and is gone. */
const gone = (): number => spawnSync('true').pid;

it('puts sockets into a folder for nobody else, with short names, and leaves nothing', async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', base);
  const wire = await open();
  const [first, second] = await Promise.all([wire.listen(1), wire.listen(2)]);
  expect(first.socket).not.toBe(second.socket);
  expect(Buffer.byteLength(first.socket)).toBeLessThan(104);
  const [folder = ''] = await readdir(base);
  expect(folder).toMatch(new RegExp(`^slipway-wire-${process.pid}-`));
  expect((await lstat(join(base, folder))).mode & 0o777).toBe(0o700);
  await wire.close();
  expect(await readdir(base)).toEqual([]);
});

it.each(['a folder that is not there', 'a folder whose name is too long for a socket'])(
  'finds another place than %s',
  async (what) => {
    const deep = join(base, what.includes('long') ? 'x'.repeat(90) : 'gone');
    if (what.includes('long')) await mkdir(deep);
    vi.stubEnv('XDG_RUNTIME_DIR', deep);
    const wire = await open();
    const { socket } = await wire.listen(1);
    expect(socket.startsWith(deep)).toBe(false);
    await wire.close();
    expect(existsSync(socket)).toBe(false);
  },
);

it('removes what a Slipway that is gone has left, and nothing of one that runs or of others', async () => {
  const dead = `slipway-wire-${gone()}-abc123`;
  const living = `slipway-wire-${process.ppid}-abc123`;
  const answering = `slipway-wire-${gone()}-answer`;
  const other = 'slipway-wire-x';
  await leaveStaleSocket(join(base, dead, '1.sock'));
  for (const name of [living, answering, other]) await mkdir(join(base, name));
  await writeFile(join(base, `slipway-wire-${gone()}-file`), '');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(base, answering, '1.sock'), resolve));
  const wire = await open(base);
  await wire.close();
  expect(await readdir(base)).toEqual(expect.arrayContaining([living, answering, other]));
  expect(existsSync(join(base, dead))).toBe(false);
  await new Promise((resolve) => server.close(resolve));
});

it('ends the connections of a shell that is closed, and not those of another', async () => {
  await using engine = await startRawEngine();
  await using bench = await openBench(engine.endpoint);
  const other = await bench.wire.listen(7);
  using here = await bench.client();
  using there = await openClient(other.socket);
  for (const client of [here, there]) client.send('GET /events HTTP/1.1\r\nHost: d\r\n\r\n');
  await vi.waitUntil(() => engine.sockets.size === 2);
  await bench.listener.close();
  await here.ended();
  expect(existsSync(bench.socket)).toBe(false);
  expect(there.socket.destroyed).toBe(false);
  expect(bench.calls().toSorted((a, b) => a.source - b.source)).toMatchObject([
    { source: 1, problem: expect.stringContaining('closed') },
    { source: 7, endedAfter: null },
  ]);
  // As a program that ends does it, whatever was closed before.
  await bench.listener.close();
  await bench.wire.close();
  await there.ended();
});
