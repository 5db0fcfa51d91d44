import { describe, expect, it } from 'vitest';
import { compareImages } from '../../../src/engine/layers/compare-images.ts';
import { fileTree, type TreeNode } from '../../../src/engine/layers/file-tree.ts';
import { historySteps } from '../../../src/engine/layers/history-steps.ts';
import { plainInstruction } from '../../../src/engine/layers/image-steps.ts';
import type { Layer, LayerEntry } from '../../../src/engine/layers/layer.ts';
import { sharedLayers } from '../../../src/engine/layers/shared-layers.ts';
import { findWaste } from '../../../src/engine/layers/waste.ts';

const entry = (path: string, more: Partial<LayerEntry> = {}): LayerEntry => ({
  path,
  type: 'file',
  size: 10,
  mode: 0o644,
  uid: 0,
  gid: 0,
  modifiedAt: 0,
  target: '',
  content: 'crc32:00000001',
  ...more,
});
const layer = (diffId: string, entries: LayerEntry[], more: Partial<Layer> = {}): Layer => ({
  diffId,
  entries,
  deleted: [],
  opaque: [],
  ...more,
});
const at = (tree: TreeNode, path: string): TreeNode | undefined =>
  path
    .split('/')
    .reduce<TreeNode | undefined>((node, name) => node?.children.find((c) => c.name === name), tree);

describe('the tree', () => {
  it('keeps what a folder held below the file that took its place', () => {
    const tree = fileTree(
      [layer('a', [entry('d/x'), entry('d/y')]), layer('b', [entry('d', { size: 3 })])],
      1,
    );
    expect(at(tree, 'd')).toMatchObject({ change: 'changed', size: 3 });
    expect(at(tree, 'd/x')).toMatchObject({ change: 'removed', size: 10 });
    expect(tree.size).toBe(3);
  });

  it('tells what stood at a path before', () => {
    const tree = fileTree([layer('a', [entry('f')]), layer('b', [entry('f', { mode: 0o755 })])], 1);
    expect(at(tree, 'f')).toMatchObject({ entry: { mode: 0o755 }, before: { mode: 0o644 }, layer: 1 });
  });

  it('of 100,000 files is reckoned while nobody notices', () => {
    const entries = Array.from({ length: 100_000 }, (_, i) => entry(`usr/lib/d${i % 1000}/file-${i}`));
    const layers = [layer('a', entries), layer('b', entries.slice(0, 30_000), { opaque: ['usr/lib/d7'] })];
    fileTree(layers, 0);
    const before = process.cpuUsage();
    const tree = fileTree(layers, 1);
    const { user, system } = process.cpuUsage(before);
    // About 200 ms of processor time; other programs do not count.
    expect((user + system) / 1000).toBeLessThan(1000);
    expect(tree.size).toBe(10 * (100_000 - 70));
  });
});

describe('the waste', () => {
  it('says why each byte was lost', () => {
    const first = ['gone', 'other', 'mode', 'same', 'unsure'].map((path) =>
      entry(path, path === 'unsure' ? { content: '' } : {}),
    );
    const second = [
      entry('other', { content: 'crc32:00000002' }),
      entry('mode', { mode: 0o600 }),
      entry('same', { modifiedAt: 5 }),
      entry('unsure', { content: '' }),
    ];
    const { paths, bytes, held, blamed } = findWaste([
      layer('a', first),
      layer('b', second, { deleted: ['gone'] }),
    ]);
    expect(paths.map(({ path, losses }) => [path, losses[0]!.reason])).toEqual([
      ['gone', 'removed'],
      ['mode', 'attributes'],
      ['other', 'rewritten'],
      ['same', 'repeated'],
      ['unsure', 'rewritten'],
    ]);
    expect({ bytes, held, blamed }).toEqual({ bytes: 50, held: [50, 40], blamed: [0, 50] });
  });

  it('of nothing is nothing', () => {
    expect(findWaste([])).toMatchObject({ total: 0, efficiency: 1, paths: [] });
  });
});

describe('two images', () => {
  const base = layer('base', [entry('same'), entry('mode'), entry('content'), entry('time'), entry('gone')]);
  const other = layer('other', [
    entry('mode', { mode: 0o755, uid: 7 }),
    entry('content', { content: 'crc32:00000002' }),
    entry('time', { modifiedAt: 99 }),
    entry('new'),
  ]);

  it('differ in what a container would see, and not in times', () => {
    const compared = compareImages([base], [base, { ...other, deleted: ['gone'] }]);
    expect(compared.commonBase).toBe(1);
    expect(compared.paths.map((p) => [p.path, p.how, p.how === 'differs' ? p.aspects : []])).toEqual([
      ['content', 'differs', ['content']],
      ['gone', 'removed', []],
      ['mode', 'differs', ['mode', 'owner']],
      ['new', 'added', []],
    ]);
  });

  it('that were read in two ways may differ where size and time leave it open', () => {
    const crc64 = layer('x', [
      entry('f', { content: 'crc64:1', modifiedAt: 1 }),
      entry('g', { content: 'crc64:1' }),
    ]);
    const crc32 = layer('y', [entry('f'), entry('g')]);
    expect(compareImages([crc64], [crc32]).paths).toMatchObject([{ path: 'f', aspects: ['maybe-content'] }]);
  });

  it('have layers in common above different ones, too', () => {
    const compared = compareImages([base, other], [layer('z', []), other]);
    expect(compared).toMatchObject({ commonBase: 0, alike: [{ before: 1, after: 1 }] });
  });

  it('share a layer only on top of the same ones', () => {
    const others = [
      { id: '1', layers: ['a', 'b', 'c'] },
      { id: '2', layers: ['a', 'c'] },
      { id: 'me', layers: ['a', 'b'] },
      { id: '3', layers: ['b'] },
    ];
    expect(sharedLayers({ id: 'me', layers: ['a', 'b'] }, others)).toEqual([
      { shared: ['1', '2'], alike: [] },
      { shared: ['1'], alike: ['3'] },
    ]);
  });
});

describe('an instruction', () => {
  it.each([
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
    ['/bin/sh -c apt-get update', 'RUN apt-get update'],
    ['|2 A=x y B=z /bin/sh -c make', 'RUN make'],
    ['RUN |1 V=1 /bin/sh -c make # buildkit', 'RUN make'],
    ['RUN /bin/sh -c make # buildkit', 'RUN make'],
    ['COPY a b # buildkit', 'COPY a b'],
    ['|1 A=1 /bin/sh -c #(nop) COPY dir:1 in /', 'COPY dir:1 in /'],
    ['bazel build ...', 'bazel build ...'],
  ])('%s is %s', (said, plain) => {
    expect(plainInstruction(said)).toBe(plain);
  });
});

describe('the history of the API', () => {
  const line = (CreatedBy: string, Size: number) => ({ CreatedBy, Size, Created: 1 });

  it('is joined with the layers where only one way fits', () => {
    const steps = historySteps([line('CMD ["x"]', 0), line('RUN mkdir d', 0), line('COPY a b', 9)], 2);
    expect(steps?.map(({ instruction, layer: index }) => [instruction, index])).toEqual([
      ['COPY a b', 0],
      ['RUN mkdir d', 1],
      ['CMD ["x"]', null],
    ]);
  });

  it('is not joined where a line may have made a layer, or not', () => {
    expect(historySteps([line('RUN true', 0), line('RUN mkdir d', 0), line('COPY a b', 9)], 2)).toBeNull();
  });
});
