import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packTar } from 'modern-tar';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { carryOutData } from '../../../src/app/data/carry-out-data.ts';
import { stopTask } from '../../../src/app/run-task.ts';
import { createStore } from '../../../src/app/store.ts';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { isOwnHelper } from '../../../src/engine/own-helper.ts';
import { EMPTY_RUN_SPEC } from '../../../src/engine/run-line.ts';
import type { DataEffect } from '../../../src/model/data/data-effect.ts';
import { reduce } from '../../../src/model/reduce.ts';
import { initialState } from '../../../src/model/state.ts';
import { testEngines } from '../../support/engines.ts';
import { until } from '../../support/until.ts';

const LISTING = `cd /v && find . | sort | while read -r f; do
  stat -c '%n %F %a %u %g' "$f"; [ -L "$f" ] && readlink "$f"; [ -f "$f" ] && [ ! -L "$f" ] && sha256sum "$f" | cut -c1-64; done; true`;
const MAKE = `cd /v && mkdir empty sub && echo hello > sub/a && chown 1000:1001 sub/a && chmod 640 sub/a && ln -s /etc/passwd out
  head -c 500000 /dev/urandom > big && chmod 700 . && chown 33:44 .`;

const engines = await testEngines();

describe.each(engines)('on $name', ({ endpoint, image, host }) => {
  let engine: Engine;
  let folder: string;
  beforeAll(async () => {
    engine = await connect(endpoint);
    folder = await mkdtemp(join(tmpdir(), 'slipway-carry-'));
  });
  afterAll(async () => {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const file = (): string => join(folder, `${randomBytes(4).toString('hex')}.tar`);
  const nameVolume = (on = engine): string => {
    const name = `slipway-carry-${randomBytes(4).toString('hex')}`;
    onTestFinished(async () => {
      const all = await on.list('volume');
      if (all.some((v) => v.name === name))
        await on.carryOut({ do: 'remove-volume', volume: { id: name, name }, force: false });
    });
    return name;
  };

  async function inside(volume: string, script: string, on = engine): Promise<string> {
    const mounts = [{ source: volume, target: '/v', readOnly: false }];
    const command = ['sh', '-c', `{ ${script}\n} > /tmp/all; cat /tmp/all`];
    const { affected } = await on.carryOut({
      do: 'run',
      spec: { ...EMPTY_RUN_SPEC, image, command, mounts },
    });
    const id = affected[0]!;
    await until(async () =>
      (await on.list('container', [id])).some((c) => c.kind === 'container' && c.state === 'exited'),
    );
    let text = '';
    for await (const lines of on.logs(id, {
      tail: 1000,
      follow: false,
      signal: new AbortController().signal,
    }))
      text += lines.map((line) => `${line.text}\n`).join('');
    await on.carryOut({ do: 'remove-container', container: { id, name: id }, force: true, volumes: false });
    return text;
  }

  async function filled(): Promise<string> {
    const volume = nameVolume();
    await engine.carryOut({ do: 'create-volume', name: volume, driver: '' });
    await inside(volume, MAKE);
    return volume;
  }

  function begin() {
    const store = createStore(reduce, initialState({ columns: 80, rows: 24 }, Date.now()));
    const signal = new AbortController().signal;
    const carry = (effect: DataEffect): Promise<void> => carryOutData({ engine, store, signal }, effect);
    const last = () => store.getState().commands.at(-1)?.result;
    const question = () => store.getState().overlays.find((o) => o.kind === 'choice')?.choice;
    return { store, carry, last, question };
  }

  async function helpers(volume: string): Promise<number> {
    const all = await engine.list('container');
    return all.filter(
      (c) => c.kind === 'container' && isOwnHelper(c) && c.mounts.some((m) => m.name === volume),
    ).length;
  }

  it('a volume that was backed up and restored into a new one is the same, checksum and all', async () => {
    const [from, to, path] = [await filled(), nameVolume(), file()];
    const { carry, last } = begin();
    await carry({ do: 'back-up-volume', volume: from, file: path });
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    expect(last()).toMatchObject({ ok: true, text: expect.stringContaining(`sha256 ${digest}`) as string });
    expect(execFileSync('sha256sum', ['-c', `${path}.sha256`], { cwd: folder, encoding: 'utf8' })).toContain(
      'OK',
    );
    await carry({ do: 'restore-volume', volume: to, file: path, sure: false });
    expect(last()).toMatchObject({
      ok: true,
      text: expect.stringContaining('as its checksum says') as string,
    });
    expect(await inside(to, LISTING)).toBe(await inside(from, LISTING));
    expect([await helpers(from), await helpers(to)]).toEqual([0, 0]);
  });

  it('a backup does not take the place of a file that is there', async () => {
    const [volume, path] = [await filled(), file()];
    await writeFile(path, 'mine');
    const { carry, last } = begin();
    await carry({ do: 'back-up-volume', volume, file: path });
    expect(last()).toMatchObject({ ok: false, text: expect.stringContaining('is there already') as string });
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('a backup onto a full disk leaves nothing, and no helper', async () => {
    const volume = await filled();
    const small = await mkdtemp(join(tmpdir(), 'slipway-small-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', small]);
    onTestFinished(async () => {
      execFileSync('umount', [small]);
      await rm(small, { recursive: true });
    });
    const { carry, last } = begin();
    await carry({ do: 'back-up-volume', volume, file: join(small, 'b.tar') });
    expect(last()).toMatchObject({ ok: false, text: expect.stringContaining('no space left') as string });
    expect(await readdir(small)).toEqual([]);
    expect(await helpers(volume)).toBe(0);
  });

  it('a backup that is stopped leaves nothing, and no helper', async () => {
    const [volume, path] = [await filled(), file()];
    const { store, carry, last } = begin();
    store.subscribe(() => {
      const record = store.getState().commands.at(-1);
      if (record?.result === null && record.progress.length > 0) stopTask(record.id);
    });
    // Enough that it is under way when the first progress is told.
    await inside(volume, 'head -c 200000000 /dev/zero > /v/zeros');
    await carry({ do: 'back-up-volume', volume, file: path });
    expect(last()).toMatchObject({ ok: false, text: 'Stopped before it was done.' });
    expect((await readdir(folder)).filter((name) => path.includes(name.slice(1, 9)))).toEqual([]);
    expect(await helpers(volume)).toBe(0);
  });

  it.each([
    ['leads out', { name: '../../evil', type: 'file', size: 0 } as const, 'it leads out'],
    ['is a device', { name: './sda', type: 'block-device', size: 0 } as const, 'a device'],
  ])('an archive with an entry that %s never reaches a volume', async (_, header, said) => {
    const [volume, path] = [nameVolume(), file()];
    await writeFile(path, await packTar([{ header }]));
    const { carry, last } = begin();
    await carry({ do: 'restore-volume', volume, file: path, sure: false });
    expect(last()).toMatchObject({ ok: false, text: expect.stringContaining(said) as string });
    expect((await engine.list('volume')).map((v) => v.name)).not.toContain(volume);
  });

  it('an archive that is cut short, or not what its checksum says, never reaches a volume', async () => {
    const [from, to, path] = [await filled(), nameVolume(), file()];
    const { carry, last } = begin();
    await carry({ do: 'back-up-volume', volume: from, file: path });
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.length - 4096));
    await carry({ do: 'restore-volume', volume: to, file: path, sure: false });
    expect(last()).toMatchObject({
      ok: false,
      text: expect.stringContaining('not what its checksum says') as string,
    });
    await rm(`${path}.sha256`);
    await writeFile(path, whole.subarray(0, 200_000));
    await carry({ do: 'restore-volume', volume: to, file: path, sure: false });
    expect(last()).toMatchObject({ ok: false, text: expect.stringContaining('cut short') as string });
    expect((await engine.list('volume')).map((v) => v.name)).not.toContain(to);
  });

  it('a restore into a volume with data asks first, with what would be overwritten', async () => {
    const [from, to, path] = [await filled(), await filled(), file()];
    const { carry, question, store } = begin();
    await carry({ do: 'back-up-volume', volume: from, file: path });
    const before = await inside(to, LISTING);
    const commands = store.getState().commands.length;
    await carry({ do: 'restore-volume', volume: to, file: path, sure: false });
    expect(question()).toMatchObject({ body: [expect.stringContaining('holds data') as string] });
    expect(question()?.options[0]).toMatchObject({ outcome: null });
    expect(store.getState().commands).toHaveLength(commands);
    expect(await inside(to, LISTING)).toBe(before);
  });

  it('a volume is copied to a new one, here and to every other engine', async () => {
    const from = await filled();
    const listing = await inside(from, LISTING);
    for (const target of engines) {
      const other = await connect(target.endpoint);
      onTestFinished(() => other.close());
      const to = nameVolume(other);
      const { carry, last } = begin();
      await carry({
        do: 'copy-volume',
        from,
        to,
        host: target.host === host ? '' : target.host,
        sure: false,
      });
      expect(last()).toMatchObject({ ok: true });
      expect(await inside(to, LISTING, other)).toBe(listing);
    }
  });

  it('a volume that was made for a copy is gone when the copy fails', async () => {
    const to = nameVolume();
    const { carry, last } = begin();
    await carry({ do: 'copy-volume', from: 'slipway-no-such', to, host: '', sure: false });
    expect(last()).toMatchObject({ ok: false });
    expect((await engine.list('volume')).map((v) => v.name)).not.toContain(to);
  });
});
