import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { rememberContexts } from '../../../src/app/build/remember-contexts.ts';
import { runBuild } from '../../../src/app/build/run-build.ts';
import { stopTask } from '../../../src/app/run-task.ts';
import type { ProgramStore } from '../../../src/app/program-store.ts';
import type { BuildSpec } from '../../../src/engine/build/build.ts';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EMPTY_BUILD } from '../../../src/model/build/build-form.ts';
import type { Build, BuildResult } from '../../../src/model/build/build-state.ts';
import { selectRow } from '../../../src/model/select-rows.ts';
import { ownEngine, testEngines } from '../../support/engines.ts';
import { until } from '../../support/until.ts';
import { connectedStore } from '../program-parts.ts';
import { buildFolder } from './build-folder.ts';

const newName = (): string => `built-${randomBytes(5).toString('hex')}`;

describe.each(await testEngines())('a build of a folder on $name', ({ endpoint, name: family }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect(endpoint);
  });
  afterAll(() => engine.close());

  const stage = (): { store: ProgramStore; build: (spec: Partial<BuildSpec>) => Promise<Build> } => {
    const store = connectedStore(engine);
    const memory = rememberContexts();
    const { signal } = new AbortController();
    const build = async (spec: Partial<BuildSpec>): Promise<Build> => {
      await runBuild({ store, engine, startIn: '/', memory, signal }, { ...EMPTY_BUILD, ...spec });
      const { current } = store.getState().build;
      if (current?.result?.ok === true) onTestFinished(() => removeImage(current.result as BuildResult));
      return current!;
    };
    return { store, build };
  };
  const removeImage = async (result: BuildResult): Promise<void> => {
    if (!result.ok) return;
    const ref = { id: result.image, name: result.image };
    await engine.carryOut({ do: 'remove-image', image: ref, force: true }).catch(() => undefined);
  };
  const states = ({ steps }: Build): string[] => steps.map(({ state }) => state);
  const failed = ({ result }: Build): Extract<BuildResult, { ok: false }> => {
    if (result === null || result.ok) throw new Error('it went well');
    return result;
  };

  it('is in the log of commands, and the new image is selected', async () => {
    const name = newName();
    const folder = await buildFolder({ Dockerfile: `FROM tiny:1\nRUN echo ${name} > /x\n` });
    const { store, build } = stage();
    const { steps, result } = await build({ folder, name: `${name}:2` });
    expect(result).toMatchObject({
      ok: true,
      text: expect.stringMatching(/^2 steps, 0 from the cache, [\d.]+ [kM]B$/),
    });
    expect(steps.map(({ line }) => line)).toEqual([1, 2]);
    const state = store.getState();
    expect(state.commands).toMatchObject([
      { line: `${family} build -t ${name}:2 ${folder}`, result: { ok: true } },
    ]);
    expect(state.focus).toBe('image');
    expect(selectRow(state, 'image')?.name).toMatch(new RegExp(`(^|/)${name}:2$`));
    expect(state.own.made).toContain(result?.ok === true ? result.image : '');
  });

  it('says the second time what changed, and where the cache was missed first', async () => {
    const mark = newName();
    const file = `FROM tiny:1\nRUN echo ${mark} > /x\nCOPY src /src\nRUN echo after\n`;
    const folder = await buildFolder({ Dockerfile: file, 'src/a': 'a', 'src/b': 'b' });
    const { build } = stage();
    await build({ folder });
    await writeFile(join(folder, 'src/a'), 'other');
    const second = await build({ folder });
    expect(states(second).slice(1)).toEqual(['cached', 'done', 'done']);
    expect(second.missed).toMatchObject({ step: second.steps[2]?.key, why: 'files changed: src/a' });
    await writeFile(join(folder, 'Dockerfile'), file.replace(mark, `${mark}2`));
    const third = await build({ folder });
    expect(third.missed).toMatchObject({ step: third.steps[1]?.key, why: 'the line changed' });
  });

  it('that fails says which line, explains it, and leaves the steps before it in the cache', async () => {
    const mark = newName();
    const file = `# broken\nFROM tiny:1\nRUN echo ${mark} > /x\n\nRUN echo last; \\\n  nosuch\n`;
    const folder = await buildFolder({ Dockerfile: file });
    const { store, build } = stage();
    const broken = await build({ folder });
    expect(failed(broken)).toMatchObject({
      line: 5,
      explained: expect.stringContaining('the program was not found'),
    });
    expect(states(broken)).toEqual(['done', 'done', 'failed']);
    expect(broken.steps[2]?.said).toContain('last');
    expect(store.getState().overlays).toEqual([{ kind: 'build', scroll: null }]);
    await writeFile(join(folder, 'Dockerfile'), file.replace('nosuch', 'echo mended'));
    const mended = await build({ folder });
    expect(states(mended)[1]).toBe('cached');
    expect(mended.result).toMatchObject({ ok: true });
  });

  it('that copies what .dockerignore leaves out says exactly that', async () => {
    const folder = await buildFolder({
      Dockerfile: 'FROM tiny:1\nCOPY dist/app.js /app.js\n',
      '.dockerignore': '# not needed\nnode_modules\ndist\n',
      'dist/app.js': 'x',
    });
    const { advice, line } = failed(await stage().build({ folder }));
    expect(line).toBe(2);
    expect(advice).toBe(
      'Line 3 of .dockerignore (dist) leaves dist/app.js out of what is sent, so COPY cannot find it. Take that line away, or add below it: !dist/app.js',
    );
  });

  it('that copies what is nowhere is explained without .dockerignore', async () => {
    const folder = await buildFolder({
      Dockerfile: 'FROM tiny:1\nCOPY nowhere /x\n',
      '.dockerignore': 'dist\n',
    });
    const { explained, advice, text } = failed(await stage().build({ folder }));
    expect(text).toContain('nowhere');
    expect(explained).toContain('holds no');
    expect(advice).not.toContain('leaves nowhere out');
  });

  it('with an instruction that there is none of points at its line', async () => {
    const folder = await buildFolder({ Dockerfile: 'FROM tiny:1\n\nCOPPY a /x\n', a: 'a' });
    expect(failed(await stage().build({ folder }))).toMatchObject({
      line: 3,
      advice: expect.stringContaining('COPY'),
    });
  });

  it('from an image that cannot be had points at its FROM, with advice', async () => {
    const folder = await buildFolder({ Dockerfile: 'ARG X\nFROM no-such-image:9\n' });
    const { line, advice } = failed(await stage().build({ folder }));
    expect(line).toBe(2);
    expect(advice).not.toBe('');
  });

  it('that is stopped says so, and is stopped in the engine', async () => {
    const name = newName();
    const folder = await buildFolder({ Dockerfile: `FROM tiny:1\nRUN echo ${name}; sleep 600\n` });
    const { store, build } = stage();
    const ended = build({ folder, name });
    await until(() => store.getState().build.current?.steps[1]?.said.includes(name) ?? false);
    stopTask(store.getState().build.current!.id);
    const { result, steps } = await ended;
    expect(result).toMatchObject({ ok: false, text: 'Stopped before it was done.', line: null });
    expect(steps[1]?.state).toBe('stopped');
    expect(store.getState().commands).toMatchObject([
      { result: { ok: false, text: 'Stopped before it was done.' } },
    ]);
  });

  it.each([
    ['that is not there', { folder: '/no/such/folder' }, /^\/no\/such\/folder: no such file or folder$/],
    ['that is a file', { folder: '/etc/passwd' }, /is not a folder$/],
  ])('%s is refused before anything is sent', async (_what, spec, says) => {
    const { text, advice } = failed(await stage().build(spec));
    expect(text).toMatch(says);
    expect(advice).not.toBe('');
  });

  it('that is empty is refused for want of a Dockerfile', async () => {
    const folder = await buildFolder({});
    const { text, advice } = failed(await stage().build({ folder }));
    expect(text).toBe(`${folder}/Dockerfile: no such file or folder`);
    expect(advice).toContain(`There is no Dockerfile in ${folder}`);
  });

  it('takes a Dockerfile from outside of the folder', async () => {
    const other = await buildFolder({ 'My.dockerfile': `FROM tiny:1\nCOPY a /${newName()}\n` });
    const folder = await buildFolder({ a: 'a' });
    const { result, steps } = await stage().build({ folder, dockerfile: join(other, 'My.dockerfile') });
    expect(result).toMatchObject({ ok: true });
    expect(steps[1]?.line).toBe(2);
  });
});

it('a build whose engine goes away in the middle says so', async () => {
  const own = await ownEngine('docker');
  onTestFinished(() => own.discard());
  const engine = await connect(own.endpoint);
  onTestFinished(() => engine.close());
  const store = connectedStore(engine);
  const folder = await buildFolder({ Dockerfile: 'FROM tiny:1\nRUN echo here; sleep 600\n' });
  const parts = {
    store,
    engine,
    startIn: '/',
    memory: rememberContexts(),
    signal: new AbortController().signal,
  };
  const ended = runBuild(parts, { ...EMPTY_BUILD, folder });
  await until(() => store.getState().build.current?.steps[1]?.said.includes('here') ?? false);
  await own.stop();
  await ended;
  expect(store.getState().build.current?.result).toMatchObject({
    ok: false,
    text: expect.stringContaining('broke off'),
    advice: expect.stringContaining('went away in the middle of the build'),
  });
  await rm(folder, { recursive: true });
});
