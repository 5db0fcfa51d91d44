import { describe, expect, test } from 'vitest';
import type { BuildNews } from '../../../src/engine/build/build.ts';
import { readDockerfile } from '../../../src/engine/build/dockerfile.ts';
import { EMPTY_BUILD } from '../../../src/model/build/build-form.ts';
import type { Build, BuildEvent } from '../../../src/model/build/build-state.ts';
import { selectBottom } from '../../../src/model/select-bottom.ts';
import { selectOverlay } from '../../../src/model/select-overlay.ts';
import type { State } from '../../../src/model/state.ts';
import { after, holding, NOW, pressed, typed } from '../build-state.ts';

const FILE = 'FROM tiny:1\nENV A=1\nCOPY . /src\nRUN make\n';
const SPEC = { ...EMPTY_BUILD, folder: 'demo', name: 'me/app:1' };

const start = (): State =>
  after(
    holding(),
    { type: 'overlay-opened', overlay: { kind: 'build', scroll: null } },
    {
      type: 'build-started',
      build: { id: 7, spec: SPEC, line: 'docker build -t me/app:1 demo', startedAt: NOW },
    },
  );
const read = (more: Partial<Build> = {}): BuildEvent => ({
  type: 'build-context-read',
  read: {
    folder: '/home/me/demo',
    dockerfile: readDockerfile(FILE),
    dockerfilePath: 'Dockerfile',
    changed: null,
    before: null,
    files: 3,
    bytes: 2000,
    ...more,
  },
});
const told = (at: number, ...news: BuildNews[]): BuildEvent => ({ type: 'build-told', news, at: NOW + at });
const step = (number: number): BuildNews => ({
  news: 'step',
  step: `${number}`,
  instruction: FILE.split('\n')[number - 1] ?? '',
  place: { stage: null, number, of: 4 },
});
const began = (number: number): BuildNews => ({ news: 'began', step: `${number}` });
const cached = (number: number): BuildNews => ({ news: 'cached', step: `${number}` });
const ended = (number: number, error = ''): BuildNews => ({
  news: 'ended',
  step: `${number}`,
  took: null,
  error,
});
const measured = (number: number, added: number, total: number): BuildNews => ({
  news: 'measured',
  step: `${number}`,
  added,
  total,
});
const failed = (text: string, more: { stopped?: boolean } = {}): BuildEvent => ({
  type: 'build-failed',
  at: NOW + 5000,
  stopped: false,
  text,
  advice: 'Mend it.',
  explained: 'It means this.',
  ...more,
});

const linesOf = (state: State): string[] =>
  selectOverlay(state)!.lines.map((line) =>
    line
      .map((p) => p.text)
      .join('')
      .trimEnd(),
  );
const shown = (state: State): string => linesOf(state).join('\n');
const current = (state: State): Build => state.build.current!;

describe('a build that runs', () => {
  const running = after(
    start(),
    read(),
    told(0, step(1), began(1), ended(1), measured(1, 1_000_000, 1_000_000)),
    told(100, step(2), cached(2)),
    told(200, step(3), began(3)),
    told(500, ended(3), measured(3, 500_000, 1_500_000), step(4), began(4)),
    told(1700, { news: 'said', step: '4', line: 'compiling x' }),
  );
  test('shows each step with its state in words, its line, its time and what it added', () => {
    const lines = linesOf(running);
    expect(lines).toContainEqual(expect.stringMatching(/^✓ done +1 {2}FROM tiny:1 +0\.0 s +1 MB$/));
    expect(lines).toContainEqual(expect.stringMatching(/^✓ cached +2 {2}ENV A=1$/));
    expect(lines).toContainEqual(expect.stringMatching(/^✓ done +3 {2}COPY \. \/src +0\.3 s +500 kB$/));
    expect(lines).toContainEqual(expect.stringMatching(/^… running +4 {2}RUN make +1\.2 s$/));
    expect(lines).toContainEqual(expect.stringMatching(/│ compiling x$/));
  });
  test('shows the stack with the newest layer on top, by its share', () => {
    const lines = linesOf(running);
    const top = lines.findIndex((line) => /^█{8}░{16} +500 kB {2}line 3 {2}COPY/.test(line));
    expect(lines[top + 1]).toMatch(/^█{16}░{8} +1 MB {2}line 1 {2}FROM/);
  });
  test('fits a screen of 80 columns', () => {
    expect(running.size.columns).toBeGreaterThanOrEqual(80);
    const small = after(running, { type: 'screen-resized', columns: 80, rows: 24 });
    const steps = linesOf(small).filter((line) => /^[✓…] (done|cached|running)/.test(line));
    expect(steps).toHaveLength(4);
    expect(steps.every((line) => line.length <= 70)).toBe(true);
  });
  test('says where the cache was missed first', () => {
    expect(shown(running)).toContain('↑ first miss of the cache at line 3');
  });
  test('is stopped by x, goes on behind by Esc, and is there again by B', () => {
    expect(pressed(running, 'x').effects).toEqual([{ do: 'stop-task', id: 7 }]);
    const behind = pressed(running, 'esc').state;
    expect(selectOverlay(behind)).toBeNull();
    expect(selectOverlay(pressed(behind, 'B').state)?.title).toBe('docker build -t me/app:1 demo');
  });
});

describe('why the cache was missed', () => {
  const miss = (more: Partial<Build>, spec: Partial<typeof SPEC> = {}): string | undefined => {
    const begun = start();
    const state = after(
      begun,
      { type: 'build-started', build: { ...current(begun), spec: { ...SPEC, ...spec } } },
      read(more),
    );
    return current(after(state, told(0, step(1), ended(1), step(2), cached(2), step(3), began(3), ended(3))))
      .missed?.why;
  };
  const before = readDockerfile(FILE);
  test('is that files changed, by name', () => {
    expect(miss({ before, changed: ['a', 'b'] })).toBe('files changed: a, b');
    expect(miss({ before, changed: ['a', 'b', 'c', 'd'] })).toBe('files changed: a, b and 2 more');
  });
  test('is that the line changed, or is new', () => {
    expect(miss({ before: readDockerfile(FILE.replace('/src', '/other')), changed: [] })).toBe(
      'the line changed',
    );
    expect(miss({ before: readDockerfile('FROM tiny:1\nENV A=1\n'), changed: [] })).toBe('a new line');
  });
  test('is that no cache was asked for', () => {
    expect(miss({ before, changed: ['a'] }, { noCache: true })).toBe('without the cache, as asked');
  });
  test('is not guessed', () => {
    expect(miss({})).toBe('');
    expect(miss({ before, changed: [] })).toBe('');
  });
});

describe('a build that fails', () => {
  const broken = after(
    start(),
    read(),
    told(0, step(1), ended(1), step(3), began(3), ended(3), step(4), began(4), {
      news: 'said',
      step: '4',
      line: 'no make here',
    }),
    failed('The command returned a non-zero code: 127'),
  );
  test('has its words on one line where there is room', () => {
    const text = `The command '/bin/sh -c ${'x'.repeat(40)}' returned a non-zero code: 1`;
    expect(linesOf(after(broken, failed(text)))).toContain(`✗ ${text}`);
  });
  test('shows what was printed, the engine’s words, the line among its neighbours, and what they mean, in that order', () => {
    const text = shown(broken);
    const order = [
      '✗ failed',
      '│ no make here',
      '✗ The command returned a non-zero code: 127',
      'Dockerfile, line 4:',
      '\n    3  COPY . /src\n',
      '▶   4  RUN make',
      'It means this.',
      'Mend it.',
    ].map((part) => text.indexOf(part));
    expect(order.every((at, i) => at >= 0 && at > (order[i - 1] ?? -1))).toBe(true);
  });
  test('points at the line that the parser names', () => {
    const parse = (text: string) => current(after(start(), read(), failed(text))).result;
    expect(parse('dockerfile parse error line 2: unknown instruction: ENVV')).toMatchObject({ line: 2 });
    expect(parse('failed to solve: dockerfile parse error on line 3: unknown instruction: X')).toMatchObject({
      line: 3,
    });
  });
  test('points at the FROM whose image BuildKit did not find', () => {
    const state = after(
      start(),
      read(),
      told(0, { news: 'blamed', from: 'docker.io/library/tiny:1' }),
      failed('failed to do request'),
    );
    expect(current(state).result).toMatchObject({ line: 1 });
  });
  test('offers to build again with the same, from the same keys', () => {
    expect(selectBottom(broken).hints).toContainEqual(['B', 'build again']);
    const again = pressed(broken, 'B');
    expect(again.effects).toEqual([{ do: 'look-at-context', folder: 'demo', dockerfile: '' }]);
    expect(pressed(again.state, 'enter').effects).toEqual([{ do: 'build', spec: SPEC }]);
  });
  test('because it was stopped blames no line', () => {
    const state = after(start(), read(), told(0, step(1), began(1)), failed('Stopped', { stopped: true }));
    expect(current(state).result).toMatchObject({ line: null });
    expect(shown(state)).toContain('■ stopped');
  });
});

test('a build that went well says how long it took, its steps, and how many came from the cache', () => {
  const state = after(
    start(),
    read(),
    told(0, step(1), ended(1), step(2), cached(2), step(3), cached(3), step(4), began(4), ended(4)),
    { type: 'build-succeeded', at: NOW + 3200, image: 'sha256:abc', size: 12_000_000 },
  );
  expect(shown(state)).toContain('✓ me/app:1 is built in 3.2 s: 4 steps, 2 from the cache, 12 MB');
});

test('a builder that tells of its steps before they begin shows them waiting', () => {
  const state = after(
    start(),
    read(),
    told(0, { news: 'builder', builder: 'buildkit' }, step(1), step(4), began(1)),
  );
  expect(shown(state)).toMatch(/· waiting +4 {2}RUN make/);
  expect(shown(state)).toContain('BuildKit');
});

describe('the form of a build', () => {
  const open = pressed(holding(), 'B').state;
  test('looks at the folder as it is typed, and not again for other fields', () => {
    expect(pressed(open, '.').effects).toEqual([{ do: 'look-at-context', folder: '.', dockerfile: '' }]);
    expect(pressed(open, '.', 'tab', 'x').effects).toHaveLength(1);
  });
  test('shows the line that one would type', () => {
    const state = pressed(
      open,
      ...typed('demo'),
      'tab',
      ...typed('me/app'),
      'tab',
      ...typed('x/Dockerfile'),
      'tab',
      ...typed('A=1'),
    ).state;
    expect(shown(state)).toContain('$ docker build -t me/app -f demo/x/Dockerfile --build-arg A=1 demo');
  });
  test('is not sent without a folder, or with an argument that is none', () => {
    expect(shown(pressed(open, 'enter').state)).toContain('Folder is empty');
    const odd = pressed(open, '.', 'tab', 'tab', 'tab', ...typed('A'), 'enter');
    expect(odd.effects.filter(({ do: what }) => what === 'build')).toEqual([]);
    expect(shown(odd.state)).toContain('A is not NAME=value');
  });
  test('says what is sent and what is left out', () => {
    const facts = {
      folder: '/x',
      files: 1200,
      bytes: 3_000_000,
      ignoreFile: '.dockerignore',
      leftOut: { files: 2, bytes: 9_000_000, largest: [{ path: 'node_modules/', bytes: 9_000_000 }] },
      largest: [],
      unsendable: ['run.sock'],
      isCut: false,
    };
    const state = after(open, { type: 'context-look-changed', look: { phase: 'read', context: facts } });
    expect(shown(state)).toMatch(/Sent +1,200 files, 3 MB/);
    expect(shown(state)).toMatch(/Left out +2 files, 9 MB, by \.dockerignore\n +node_modules\/ 9 MB/);
    expect(shown(state)).toContain('no archive can hold it: run.sock');
    const huge = {
      ...facts,
      ignoreFile: '',
      bytes: 200_000_000,
      leftOut: { files: 0, bytes: 0, largest: [] },
      isCut: true,
    };
    const warned = after(open, { type: 'context-look-changed', look: { phase: 'read', context: huge } });
    expect(shown(warned)).toContain('There is no .dockerignore');
    expect(shown(warned)).toContain('more than 1,200 files');
  });
});
