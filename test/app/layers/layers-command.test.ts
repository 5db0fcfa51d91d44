import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layersCommand, readAsked } from '../../../src/app/layers/layers-command.ts';
import type { LayersReport } from '../../../src/app/layers/layers-report.ts';
import { readArguments } from '../../../src/app/read-arguments.ts';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { UsageError } from '../../../src/engine/routes/usage-error.ts';
import { archived, savedImages } from '../../engine/layers/saved-image.ts';
import { testEngines } from '../../support/engines.ts';

const file = (name: string, bytes: number, more = {}) => ({
  name,
  content: Buffer.alloc(bytes, name),
  ...more,
});
const wasteful = {
  name: 'layers-wasteful',
  layers: [
    [file('kept', 3_000_000), file('cache\u001b[31m', 2_000_000), file('run', 1_000_000)],
    [file('.wh.cache\u001b[31m', 0)],
    [file('run', 1_000_000, { mode: 0o755 })],
  ],
};
const small = { name: 'layers-small', layers: [[file('a', 1000)], [file('a', 900)]] };

describe.each(await testEngines())('slipway layers on $name', ({ endpoint }) => {
  let engine: Engine;
  const home = mkdtempSync(join(tmpdir(), 'slipway-home-'));
  beforeAll(async () => {
    engine = await connect(endpoint);
    await engine.load(Readable.from([savedImages([wasteful, small].map(archived))]));
  });
  afterAll(async () => {
    rmSync(home, { recursive: true });
    for (const { name } of [wasteful, small])
      await engine.carryOut({ do: 'remove-image', image: { id: `${name}:made`, name }, force: true });
    engine.close();
  });

  async function run(...args: string[]) {
    const said = { out: '', err: '' };
    const code = await layersCommand(engine, readAsked(readArguments(['layers', ...args])), {
      env: {},
      home,
      stdout: { columns: 80, write: (text) => (said.out += text) },
      stderr: { write: (text) => (said.err += text) },
    });
    return { code, ...said };
  }

  it('shows the stack with its top first, and what was wasted by whom', async () => {
    const { code, out, err } = await run('layers-wasteful:made');
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^layers-wasteful:made {2}[0-9a-f]{12} {2}3 layers, 7 MB of files$/),
      '          SIZE  SHARE  INSTRUCTION',
      '   3      1 MB  14.2%  COPY 2 /',
      '                       makes 1 MB below it useless',
      '   2       0 B     0%  COPY 1 /',
      '                       makes 2 MB below it useless',
      '   1      6 MB  85.7%  COPY 0 /',
      '',
      '3 MB wasted in 2 paths. Efficiency 57.1%: 4 MB of 7 MB can still be seen.',
      expect.stringMatching(/^ {5}2 MB {2}\/cache {26}of 1, removed by 2$/),
      expect.stringMatching(/^ {5}1 MB {2}\/run {28}of 1, only mode or owner new in 3$/),
      '',
    ]);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('names the images that share a layer', async () => {
    const { out } = await run('tiny:1');
    expect(out).toContain('COPY tiny /');
    expect(out).toContain('Nothing is wasted. Efficiency 100%');
  });

  it('gives a script the same as JSON', async () => {
    const { code, out } = await run('layers-wasteful:made', '--json', '--max-waste', '1MB');
    const report = JSON.parse(out) as LayersReport & { limits: unknown };
    expect(code).toBe(4);
    expect(report.bytes).toEqual({ total: 7_000_000, reached: 4_000_000, wasted: 3_000_000 });
    expect(report.layers.map(({ bytes, wastes }) => [bytes, wastes])).toEqual([
      [6_000_000, 0],
      [0, 2_000_000],
      [1_000_000, 1_000_000],
    ]);
    expect(report.waste[1]).toMatchObject({
      path: 'run',
      losses: [{ layer: 0, by: 2, reason: 'attributes' }],
    });
    expect(report.limits).toEqual([{ limit: 'max-waste', isMet: false, text: expect.any(String) }]);
  });

  it.each([
    [['layers-wasteful:made', '--min-efficiency', '0.5'], 0, 'met: efficiency at least 50%, it is 57.1%'],
    [['layers-wasteful:made', '--min-efficiency', '90%'], 4, 'NOT MET: efficiency at least 90%'],
    [['layers-wasteful:made', '--max-waste', '3MB'], 0, 'met: waste at most 3 MB'],
    [['layers-wasteful:made', '--max-waste', '40%'], 4, 'NOT MET: waste at most 40% (2.8 MB), it is 3 MB'],
    [['layers-small:made', '--min-efficiency', '0.99'], 0, 'less than 1 MB wasted never counts'],
    [['layers-small:made', '--max-waste', '500'], 4, 'NOT MET: waste at most 500 B, it is 1 kB'],
  ])('%j ends with %i', async (args, code, says) => {
    const ended = await run(...args);
    expect(ended.out).toContain(says);
    expect(ended.code).toBe(code);
  });

  it('an image that is not there is the engine’s no', async () => {
    await expect(run('never-there:1')).rejects.toMatchObject({ kind: 'not-found' });
  });
});

it.each([[['layers']], [['layers', 'x', '--min-efficiency', '2']], [['layers', 'x', '--max-waste', 'much']]])(
  '%j is used wrongly',
  (args) => {
    expect(() => readAsked(readArguments(args))).toThrow(UsageError);
  },
);
