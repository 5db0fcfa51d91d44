import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { carryOutFiles } from '../../../src/app/files/carry-out-files.ts';
import type { ProgramStore } from '../../../src/app/program-store.ts';
import { stopTask } from '../../../src/app/run-task.ts';
import { createStore } from '../../../src/app/store.ts';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Place } from '../../../src/engine/files/engine-files.ts';
import { EMPTY_RUN_SPEC } from '../../../src/engine/run-line.ts';
import type { FilesEffect, Source } from '../../../src/model/files/files-effect.ts';
import { reduce } from '../../../src/model/reduce.ts';
import { initialState } from '../../../src/model/state.ts';
import { aBox } from '../../engine/files/a-box.ts';
import { hasEngine, ownEngine, testEngines } from '../../support/engines.ts';
import { until } from '../../support/until.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'slipway-copy-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

const sourceOf = (place: Place, path: string): Source => ({
  place,
  label: 'it',
  path,
  size: null,
  isLink: false,
});
const newStore = (): ProgramStore => createStore(reduce, initialState({ columns: 80, rows: 24 }, Date.now()));
const lastOf = (store: ProgramStore) => store.getState().commands.at(-1);
const copyOut = (place: Place, path: string, target: string): FilesEffect => ({
  do: 'copy-out',
  source: sourceOf(place, path),
  target,
  overwrite: false,
});

describe.each(await testEngines())('on $name', ({ endpoint, image }) => {
  let engine: Engine;
  let store: ProgramStore;
  beforeAll(async () => void (engine = await connect(endpoint)));
  afterAll(() => engine.close());
  beforeEach(() => void (store = newStore()));
  const box = (script: string): Promise<string> => aBox({ engine, endpoint, image }, script);
  const carryOut = (effect: FilesEffect): Promise<void> =>
    carryOutFiles({ engine, store, signal: AbortSignal.timeout(20_000) }, effect);

  it('a folder goes in and comes out the same, with its links, and stands in the log as what it is', async () => {
    const here = await folder();
    await mkdir(join(here, 'mine/sub'), { recursive: true });
    const content = randomBytes(200_000);
    await writeFile(join(here, 'mine/sub/big'), content, { mode: 0o640 });
    await symlink('sub/big', join(here, 'mine/link'));
    const place: Place = { of: 'container', id: await box('mkdir /d') };
    await carryOut({
      do: 'copy-in',
      from: join(here, 'mine'),
      into: sourceOf(place, '/d'),
      overwrite: false,
    });
    expect(lastOf(store)).toMatchObject({
      line: `${engine.family} cp ${join(here, 'mine')} it:/d`,
      result: { ok: true, text: '/d/mine · 2 files, 200 kB' },
    });
    await mkdir(join(here, 'out'));
    await carryOut(copyOut(place, '/d/mine', join(here, 'out')));
    expect(lastOf(store)).toMatchObject({ result: { ok: true } });
    expect((await readFile(join(here, 'out/mine/link'))).equals(content)).toBe(true);
    expect((await stat(join(here, 'out/mine/sub/big'))).mode & 0o777).toBe(0o640);
  });

  it('a link to a file is copied as that file, from an image and a whole place too', async () => {
    const here = await folder();
    const place: Place = {
      of: 'container',
      id: await box('echo real >/file; ln -s file /link; rm -rf /usr'),
    };
    await carryOut(copyOut(place, '/link', join(here, 'copy')));
    expect(await readFile(join(here, 'copy'), 'utf8')).toBe('real\n');
    await carryOut(copyOut({ of: 'image', id: image }, '/etc/passwd', here));
    expect(await readFile(join(here, 'passwd'), 'utf8')).toContain('root:');
    await carryOut(copyOut(place, '/', join(here, 'all')));
    expect(lastOf(store)).toMatchObject({ result: { ok: true } });
    expect(await readFile(join(here, 'all/file'), 'utf8')).toBe('real\n');
  });

  it('what is not there, on either side, is said in words, and nothing is left', async () => {
    const here = await folder();
    const place: Place = { of: 'container', id: await box('true') };
    await carryOut(copyOut(place, '/nope', join(here, 'copy')));
    expect(lastOf(store)).toMatchObject({ result: { ok: false } });
    await carryOut(copyOut(place, '/etc/motd', join(here, 'no/such/folder')));
    expect(lastOf(store)).toMatchObject({ result: { ok: false, text: /no such file or folder/ } });
    const from = join(here, 'nothing');
    await carryOut({ do: 'copy-in', from, into: sourceOf(place, '/'), overwrite: false });
    expect(lastOf(store)).toMatchObject({ result: { ok: false, text: /no such file or folder/ } });
    expect(await readdir(here)).toEqual([]);
  });

  it('what is there already is asked about, and a folder stays in any case', async () => {
    const here = await folder();
    await writeFile(join(here, 'motd'), 'mine');
    await mkdir(join(here, 'etc'));
    const place: Place = { of: 'image', id: image };
    await carryOut(copyOut(place, '/etc/motd', here));
    expect(store.getState().overlays.at(-1)).toMatchObject({ kind: 'choice', selected: 0 });
    expect(await readFile(join(here, 'motd'), 'utf8')).toBe('mine');
    await carryOut(copyOut(place, '/etc', here));
    expect(store.getState().notice?.text).toMatch(/is there already/);
    expect(await readdir(join(here, 'etc'))).toEqual([]);
    expect(store.getState().commands).toEqual([]);
  });

  it('a copy that is stopped leaves no file', async () => {
    const here = await folder();
    store.subscribe(() => {
      const last = lastOf(store);
      if (last?.progress[0]?.current) stopTask(last.id);
    });
    const place: Place = { of: 'container', id: await box('head -c 400000000 /dev/zero >/big') };
    await carryOut(copyOut(place, '/big', join(here, 'big')));
    expect(lastOf(store)).toMatchObject({ result: { ok: false, text: 'Stopped before it was done.' } });
    expect(await readdir(here)).toEqual([]);
  });
});

it.runIf(hasEngine('docker'))('an engine that is killed in the middle leaves no half file', async () => {
  const own = await ownEngine('docker');
  const engine = await connect(own.endpoint);
  onTestFinished(() => engine.close());
  const store = newStore();
  const here = await folder();
  const { affected } = await engine.carryOut({
    do: 'run',
    spec: {
      ...EMPTY_RUN_SPEC,
      image: own.image,
      command: ['sh', '-c', 'head -c 400000000 /dev/zero >/big; sleep 600'],
    },
  });
  const place: Place = { of: 'container', id: affected[0]! };
  await until(async () => ((await engine.statPath(affected[0]!, '/big'))?.size ?? 0) === 400_000_000);
  let isKilled = false;
  store.subscribe(() => {
    if (isKilled || !lastOf(store)?.progress[0]?.current) return;
    isKilled = true;
    void own.stop();
  });
  const signal = AbortSignal.timeout(20_000);
  await carryOutFiles({ engine, store, signal }, copyOut(place, '/big', join(here, 'big')));
  expect(isKilled).toBe(true);
  expect(lastOf(store)).toMatchObject({ result: { ok: false, text: /broke off|closed the connection/ } });
  expect(await readdir(here)).toEqual([]);
});
