import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Builder, BuildNews, BuildRequest } from '../../../src/engine/build/build.ts';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine, EngineAbout } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import { type TestEngine, testEngines } from '../../support/engines.ts';
import { until } from '../../support/until.ts';
import { contextOf } from './dockerfiles.ts';

type Place = [name: string, engine: TestEngine, builder: Builder | undefined];

/** Docker 20.10 has both builders, and names none as its own. With the containerd store it depends on the version. */
const PLACES = (await Promise.all((await testEngines()).map(placesOn))).flat();

async function placesOn(engine: TestEngine): Promise<Place[]> {
  if (engine.name === 'podman') return [['podman', engine, 'classic']];
  if ((await aboutOf(engine)).storageDriver === 'overlayfs')
    return [['docker, the builder that fits', engine, undefined]];
  return [
    ['docker, the classic builder', engine, 'classic'],
    ['docker, BuildKit', engine, 'buildkit'],
  ];
}

async function aboutOf({ endpoint }: TestEngine): Promise<EngineAbout> {
  const engine = await connect(endpoint);
  return engine.about().finally(() => engine.close());
}

describe.each(PLACES)('a build on %s', (_, place, builder) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect(place.endpoint);
  });
  afterAll(() => engine.close());

  type Files = Readonly<Record<string, string>>;
  const begin = (files: Files, options: Partial<BuildRequest> = {}, signal = new AbortController().signal) =>
    engine.build(
      {
        name: '',
        dockerfile: 'Dockerfile',
        args: [],
        target: '',
        noCache: false,
        pull: false,
        ...(builder && { builder }),
        archive: contextOf(files),
        ...options,
      },
      { signal },
    );
  const build = async (files: Files, options: Partial<BuildRequest> = {}): Promise<BuildNews[]> => {
    const news: BuildNews[] = [];
    for await (const batch of begin(files, options)) news.push(...batch);
    const image = madeBy(news);
    onTestFinished(() => remove(image));
    return news;
  };
  const remove = async (image: string): Promise<void> => {
    await engine
      .carryOut({ do: 'remove-image', image: { id: image, name: image }, force: true })
      .catch((error: unknown) => {
        if (!(error instanceof EngineError)) throw error;
      });
  };
  const failureOf = async (
    files: Files,
    options: Partial<BuildRequest> = {},
  ): Promise<{ news: BuildNews[]; error: EngineError }> => {
    const news: BuildNews[] = [];
    try {
      for await (const batch of begin(files, options)) news.push(...batch);
    } catch (error) {
      if (error instanceof EngineError) return { news, error };
      throw error;
    }
    throw new Error('the build went well');
  };

  it('tells its steps, what they print, what each has added, and the image', async () => {
    const name = newName();
    const mark = randomBytes(4).toString('hex');
    const news = await build(
      { Dockerfile: `FROM tiny:1\nCOPY a /a\nRUN echo ${mark}; head -c 300000 /dev/zero > /big\n`, a: mark },
      { name },
    );
    const told = news.filter((one) => one.news === 'step');
    const steps = told.toSorted((a, b) => a.place.number - b.place.number);
    expect(steps.map(({ place: { number, of } }) => `${number}/${of}`)).toEqual(['1/3', '2/3', '3/3']);
    expect(steps.map(({ instruction }) => instruction.split(' ')[0])).toEqual(['FROM', 'COPY', 'RUN']);
    const [base, copy, run] = steps.map(({ step }) => step);
    expect(news).toContainEqual({ news: 'said', step: run, line: mark });
    expect(news.some((one) => one.news === 'cached' && one.step !== base)).toBe(false);
    expect(addedBy(news, base)).toBeGreaterThan(900_000);
    expect(addedBy(news, copy)).toBeLessThan(10_000);
    expect(addedBy(news, run)).toBeGreaterThanOrEqual(300_000);
    expect(addedBy(news, run)).toBeLessThan(320_000);
    const [item] = await engine.list('image', [madeBy(news)]);
    expect(item).toMatchObject({ tags: [expect.stringMatching(new RegExp(`(^|/)${name}:latest$`))] });
  });

  it('takes every step from the cache the second time, with the sizes that they have', async () => {
    const files = {
      Dockerfile: `FROM tiny:1\nRUN echo ${newName()} > /x\nENV A=1\nRUN head -c 200000 /dev/zero > /y\n`,
    };
    const first = await build(files);
    const news = await build(files);
    const told = news.filter((one) => one.news === 'step' && !one.instruction.startsWith('FROM'));
    const cached = new Set(news.filter((one) => one.news === 'cached').map(({ step }) => step));
    expect(told.every((one) => one.news === 'step' && cached.has(one.step))).toBe(true);
    expect(madeBy(news)).toBe(madeBy(first));
    const last = news.find((one) => one.news === 'step' && one.instruction.includes('> /y'));
    expect(addedBy(news, last?.news === 'step' ? last.step : '')).toBeGreaterThanOrEqual(200_000);
  });

  it('measures what comes from another stage, and what a RUN with arguments adds', async () => {
    const file = `FROM tiny:1 AS one\nRUN head -c 250000 /dev/zero > /big\nFROM tiny:1\nARG SIZE\nCOPY --from=one --chown=1:1 /big /${newName()}\nRUN head -c $SIZE /dev/zero > /more\n`;
    const news = await build({ Dockerfile: file }, { args: ['SIZE=120000'] });
    const steps = news.filter((one) => one.news === 'step');
    const stepOf = (text: string): string | undefined =>
      steps.find(({ instruction }) => instruction.includes(text))?.step;
    expect(addedBy(news, stepOf('COPY --from'))).toBeGreaterThanOrEqual(250_000);
    expect(addedBy(news, stepOf('> /more'))).toBeGreaterThanOrEqual(120_000);
    expect(addedBy(news, stepOf('> /more'))).toBeLessThan(140_000);
  });

  it('takes nothing from the cache that it is not to use', async () => {
    const files = { Dockerfile: `FROM tiny:1\nRUN echo ${newName()} > /x\n` };
    await build(files);
    const news = await build(files, { noCache: true });
    const run = news.find((one) => one.news === 'step' && one.instruction.startsWith('RUN'));
    expect(news.some((one) => one.news === 'cached' && run?.news === 'step' && one.step === run.step)).toBe(
      false,
    );
  });

  it('heeds build args, the stage to stop at and a Dockerfile of another name', async () => {
    const file = 'FROM tiny:1 AS one\nARG WHO\nRUN echo "for $WHO" | tee /who\nFROM one\nRUN exit 3\n';
    const who = newName();
    const news = await build(
      { 'sub/Other': file },
      { dockerfile: 'sub/Other', args: [`WHO=${who}`], target: 'one' },
    );
    expect(news).toContainEqual(expect.objectContaining({ news: 'said', line: `for ${who}` }));
  });

  it('that fails names the step, with what it printed before', async () => {
    const { news, error } = await failureOf({
      Dockerfile: `FROM tiny:1\nRUN echo first\nRUN echo last words; exit 7\n`,
    });
    expect(error.message).toMatch(/7/);
    const steps = news
      .filter((one) => one.news === 'step')
      .toSorted((a, b) => a.place.number - b.place.number);
    const began = news.filter((one) => one.news === 'began').at(-1);
    expect(began).toMatchObject({ step: steps.at(-1)?.step });
    expect(news).toContainEqual({ news: 'said', step: steps.at(-1)?.step, line: 'last words' });
  });

  it.each([
    ['an unknown instruction', 'FROM tiny:1\nRUNN echo\n', /unknown instruction:? "?RUNN/i],
    ['a file that is not there', 'FROM tiny:1\nCOPY nowhere /x\n', /nowhere/],
    ['an image that cannot be had', `FROM no-such-image:9\n`, /registry|no-such-image/],
    ['a Dockerfile with nothing in it', '', /empty|no contents|no build stage|no FROM/i],
  ])('of %s fails in the engine’s own words', async (_what, file, says) => {
    const { error } = await failureOf({ Dockerfile: file });
    expect(error.message).toMatch(says);
    expect(error.message).not.toMatch(/\n/);
  });

  it('of a Dockerfile that is not in the archive fails in the engine’s own words', async () => {
    const { error } = await failureOf({ Dockerfile: 'FROM tiny:1\n' }, { dockerfile: 'Elsewhere' });
    expect(error.message).toMatch(/Elsewhere/);
  });

  it('that is stopped ends in the engine, too, and gives no name', async () => {
    const name = newName();
    const control = new AbortController();
    const { signal } = control;
    const files = { Dockerfile: `FROM tiny:1\nRUN echo ${name}; sleep 600\n` };
    const ended = (async () => {
      for await (const batch of begin(files, { name }, signal)) {
        if (batch.some((one) => one.news === 'said' && one.line === name)) control.abort();
      }
    })();
    await expect(ended).rejects.toMatchObject({ kind: 'cancelled' });
    await until(async () => !(await sleepers()).some((line) => line.includes(name)));
    const images = await engine.list('image');
    expect(images.some((item) => item.kind === 'image' && item.tags.some((tag) => tag.includes(name)))).toBe(
      false,
    );
  });

  /** Command lines of processes in the engine's process namespace. */
  async function sleepers(): Promise<string[]> {
    const { readFile, readdir } = await import('node:fs/promises');
    const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
    const lines = await Promise.all(
      pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    );
    return lines.filter((line) => line.includes('sleep 600'));
  }
});

const newName = (): string => `built-${randomBytes(5).toString('hex')}`;

function madeBy(news: readonly BuildNews[]): string {
  const made = news.find((one) => one.news === 'made');
  return made?.news === 'made' ? made.image : '';
}

function addedBy(news: readonly BuildNews[], step: string | undefined): number {
  const measured = news.find((one) => one.news === 'measured' && one.step === step);
  return measured?.news === 'measured' ? measured.added : NaN;
}
