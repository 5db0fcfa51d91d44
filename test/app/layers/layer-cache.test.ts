import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { layerCache } from '../../../src/app/layers/layer-cache.ts';
import type { Layer } from '../../../src/engine/layers/layer.ts';

const root = mkdtempSync(join(tmpdir(), 'slipway-cache-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const newFolder = (): string => join(root, `${++count}`, 'deep');

const idOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const layerOf = (name: string, files = 1): Layer => ({
  diffId: idOf(name),
  entries: Array.from({ length: files }, (_, i) => ({
    path: `odd\udcff/${name}-${i}\n`,
    type: 'file',
    size: 2 ** 40,
    mode: 0o4755,
    uid: 1,
    gid: 2,
    modifiedAt: -5,
    target: '',
    content: `crc32:${createHash('md5').update(`${i}`).digest('hex')}`,
  })),
  deleted: ['a/b'],
  opaque: [''],
});

describe('a cache of layers', () => {
  it('gives back what was put into it, to another one on the same folder too', async () => {
    const folder = newFolder();
    await layerCache(folder).put(layerOf('one'));
    const steps = [{ instruction: 'RUN x', createdAt: null, layer: 0 }];
    await layerCache(folder).putSteps(idOf('image'), steps);
    expect(await layerCache(folder).get(idOf('one'))).toEqual(layerOf('one'));
    expect(await layerCache(folder).getSteps(idOf('image'))).toEqual(steps);
    expect(await layerCache(folder).get(idOf('two'))).toBeNull();
  });

  it('takes a file that is damaged for none, and replaces it', async () => {
    const folder = newFolder();
    const cache = layerCache(folder);
    await cache.put(layerOf('one'));
    const [name] = readdirSync(folder);
    for (const garbage of ['', 'garbage', Buffer.from([0x1f, 0x8b, 8, 0])]) {
      writeFileSync(join(folder, name!), garbage);
      expect(await cache.get(idOf('one'))).toBeNull();
    }
    await cache.put(layerOf('one'));
    expect(await cache.get(idOf('one'))).toEqual(layerOf('one'));
  });

  it('does not take one layer for another', async () => {
    const folder = newFolder();
    const cache = layerCache(folder);
    await cache.put(layerOf('one'));
    const [name] = readdirSync(folder);
    const other = name!.replace(/[0-9a-f]{64}/, idOf('two').slice(7));
    writeFileSync(join(folder, other), readFileSync(join(folder, name!)));
    expect(await cache.get(idOf('two'))).toBeNull();
  });

  it('forgets first what was used longest ago, once it is too large', async () => {
    const folder = newFolder();
    const cache = layerCache(folder, 20_000);
    for (const [age, name] of ['old', 'older', 'oldest'].entries()) {
      await cache.put(layerOf(name, 500));
      const path = join(folder, `layer-${idOf(name).slice(7)}.gz`);
      utimesSync(path, 1000 - age, 1000 - age);
      expect(statSync(path).size).toBeGreaterThan(8_000);
    }
    expect(await cache.get(idOf('oldest'))).not.toBeNull();
    await cache.putSteps(idOf('image'), []);
    expect(await cache.get(idOf('older'))).toBeNull();
    expect(await cache.get(idOf('oldest'))).not.toBeNull();
    expect(await cache.getSteps(idOf('image'))).toEqual([]);
  });

  it('on a disk that takes nothing is empty, and no error', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    const cache = layerCache(join(file, 'below'));
    await cache.put(layerOf('one'));
    await cache.putSteps(idOf('image'), []);
    expect(await cache.get(idOf('one'))).toBeNull();
  });

  it('makes no file for an id that is none', async () => {
    const folder = newFolder();
    await layerCache(folder).put({ ...layerOf('one'), diffId: 'sha256:../../../etc/passwd' });
    expect(existsSync(folder)).toBe(false);
  });
});
