import type { Engine, EngineAbout, EngineEvent } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { Item } from '../../engine/objects.ts';
import { isOwnHelper } from '../../engine/own-helper.ts';
import type { Check } from '../check.ts';
import { answerFacts } from './answer-facts.ts';
import { checksElsewhere } from './elsewhere.ts';
import { detailsWanted } from './details-wanted.ts';
import { factsWanted } from './facts-wanted.ts';
import type { Things } from './facts-wanted.ts';
import type { Scripts } from './script-fact.ts';
import { containerFacts, imageFacts, networkFacts, volumeFacts } from './thing-facts.ts';
import type { Feature } from '../lesson.ts';
import { takeLists } from './take-lists.ts';
import type { Lists } from './take-lists.ts';
import type { World } from '../world.ts';

export type WorldOptions = {
  /** Filled in; only what these ask for is looked into. */
  checks: readonly Check[];
  began: { lesson: number; step: number };
  events: readonly EngineEvent[];
  registry: World['registry'];
  typed: World['typed'];
  calls: World['calls'];
  /** What is the learner's, or new since the lesson began, of the things in these lists: the fence knows. */
  isOurs: (lists: Lists) => (item: Item) => boolean;
  /** On this machine, absolute: the only place that files of the host are read from. */
  workFolder: string;
  /** The lesson's `files` folder, or why its scripts are not run. */
  scripts: Scripts;
  /** Beyond what the engine itself can do: `buildx`, `compose`, `registry`. */
  features: readonly Feature[];
  /** For containers that look into something: `tiny:1`. */
  image: string;
  /** The second engine, where the lesson has one: all that is on it is the learner's. */
  elsewhere: Engine | null;
  signal: AbortSignal;
};

/**
 * What the checks are judged by, now. An engine that does not answer gives a world that says so (`gone`); only an
 * abort is thrown, as `EngineError` of the kind `cancelled`.
 */
export async function takeWorld(engine: Engine, options: WorldOptions): Promise<World> {
  try {
    return await take(engine, options);
  } catch (error) {
    if (options.signal.aborted || !(error instanceof EngineError) || error.kind === 'cancelled') throw error;
    return goneWorld(engine, options, error);
  }
}

async function take(engine: Engine, options: WorldOptions): Promise<World> {
  const { checks, began, signal } = options;
  const at = Date.now();
  const [about, lists] = await unlessAborted(signal, Promise.all([engine.about(), takeLists(engine)]));
  const things = { ...(await takeThings(engine, lists, options)), began };
  const facts = await answerFacts(engine, factsWanted(checks, things), { ...options, things });
  if ([...facts.values()].some(({ known }) => !known)) await engine.ping();
  const known = {
    at,
    engine: engineFacts(engine, about, options),
    gone: null,
    ...things,
    ...told(options),
    facts,
  };
  return { ...known, elsewhere: await takeElsewhere(options) };
}

/** Nothing is told of what happens there: it is only looked at. */
async function takeElsewhere(options: WorldOptions): Promise<World | null> {
  const checks = checksElsewhere(options.checks);
  if (options.elsewhere === null || checks.length === 0) return null;
  const untold = {
    events: [],
    registry: null,
    typed: [],
    calls: [],
    isOurs: () => () => true,
    elsewhere: null,
  };
  return takeWorld(options.elsewhere, { ...options, ...untold, checks });
}

async function takeThings(
  engine: Engine,
  lists: Lists,
  { checks, began, isOurs, signal }: WorldOptions,
): Promise<Omit<Things, 'began'>> {
  const isOwn = isOurs(lists);
  const wanted = detailsWanted(checks, lists, isOwn, began.lesson);
  const [containers, images] = await Promise.all([
    inspectAll(wanted.containers, (id) => engine.containerDetails(id, { signal })),
    inspectAll(wanted.images, (id) => engine.imageDetails(id, { signal })),
  ]);
  return {
    containers: lists.containers.flatMap((row) => {
      const details = containers.get(row.id);
      return details === 'missing' ? [] : [containerFacts(row, details ?? null, isOwn(row))];
    }),
    images: lists.images.flatMap((row) => {
      const details = images.get(row.id);
      return details === 'missing' ? [] : [imageFacts(row, details ?? null, isOwn(row))];
    }),
    volumes: lists.volumes.map((row) => volumeFacts(row, isOwn(row))),
    networks: lists.networks.map((row) => networkFacts(row, lists.containers, isOwn(row))),
  };
}

/** `missing`: gone since it was listed. */
async function inspectAll<T>(
  rows: readonly { id: string }[],
  inspect: (id: string) => Promise<T>,
): Promise<ReadonlyMap<string, T | 'missing'>> {
  const found = rows.map(async ({ id }): Promise<[string, T | 'missing']> => {
    try {
      return [id, await inspect(id)];
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'not-found') return [id, 'missing'];
      throw error;
    }
  });
  return new Map(await Promise.all(found));
}

function engineFacts(
  { family, features }: Engine,
  { version, rootless }: Pick<EngineAbout, 'version' | 'rootless'>,
  options: WorldOptions,
): World['engine'] {
  return { family, version, rootless, features: new Set([...features, ...options.features]) };
}

/** What was told rather than asked for. */
function told({
  events,
  registry,
  typed,
  calls,
}: WorldOptions): Pick<World, 'events' | 'registry' | 'typed' | 'calls'> {
  return {
    events: events.filter((event) => event.kind !== 'container' || !isOwnHelper(event)),
    registry,
    typed,
    calls,
  };
}

/** Nothing is known of an engine that does not answer, and nothing is made up. */
function goneWorld(engine: Engine, options: WorldOptions, { message, advice }: EngineError): World {
  return {
    at: Date.now(),
    engine: engineFacts(engine, { version: '', rootless: false }, options),
    gone: { why: message, advice },
    containers: [],
    images: [],
    volumes: [],
    networks: [],
    began: options.began,
    events: [],
    registry: null,
    typed: [],
    calls: [],
    facts: new Map(),
    elsewhere: null,
  };
}

/** Lists have deadlines but no signals; whoever gives up does not wait for them. */
async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const given = Promise.withResolvers<never>();
  const abort = (): void => given.reject(new EngineError('cancelled', 'cancelled'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, given.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
