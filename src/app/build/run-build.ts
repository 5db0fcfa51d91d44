import { buildLine } from '../../engine/build/build-line.ts';
import type { BuildNews, BuildSpec } from '../../engine/build/build.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { imageNames } from '../../model/rows.ts';
import { summary } from '../../model/build/build-summary.ts';
import { errorContext } from '../learn/error-context.ts';
import type { ProgramStore } from '../program-store.ts';
import { runTask, type Task, type TaskEnd } from '../run-task.ts';
import type { BuildContext, ContextEntry } from './context.ts';
import { explainFailure } from './explain-failure.ts';
import { openContext } from './open-context.ts';
import { packContext } from './pack-context.ts';
import type { ContextMemory } from './remember-contexts.ts';
import { tellBuild, type Telling } from './tell-build.ts';
import { walkContext } from './walk-context.ts';

export type BuildParts = {
  store: ProgramStore;
  engine: Engine;
  startIn: string;
  memory: ContextMemory;
  signal: AbortSignal;
};

/** Builds an image, with a place in the log of commands; all of it is told to the store. */
export async function runBuild(parts: BuildParts, spec: BuildSpec): Promise<void> {
  const { store, engine, signal } = parts;
  const line = buildLine(spec, engine.family);
  await runTask(store, { line, signal, work: (task) => watched(parts, spec, line, task) });
}

async function watched(parts: BuildParts, spec: BuildSpec, line: string, task: Task): Promise<TaskEnd> {
  const { store } = parts;
  store.dispatch({ type: 'build-started', build: { id: task.id, spec, line, startedAt: Date.now() } });
  if (store.getState().overlays.length === 0) showBuild(store);
  const telling = tellBuild(store);
  let context: BuildContext | null = null;
  try {
    context = await openContext(spec, parts.startIn);
    const { image, size } = await build(parts, spec, context, task.signal, telling);
    telling.end();
    await selectImage(parts, image, spec.name);
    store.dispatch({ type: 'build-succeeded', at: Date.now(), image, size });
    return { text: summary(store.getState().build.current ?? { steps: [] }, size), made: [image] };
  } catch (error) {
    telling.end();
    if (task.signal.aborted)
      return fail(store, new EngineError('cancelled', 'Stopped before it was done.'), STOPPED);
    if (!(error instanceof EngineError)) throw error;
    const world = errorContext(store.getState(), line);
    return fail(store, error, { stopped: false, ...(await explainFailure(error, { spec, context, world })) });
  }
}

const STOPPED = { stopped: true, advice: 'No image was made of it, and no name given.', explained: '' };

function fail(
  store: ProgramStore,
  error: EngineError,
  failure: { stopped: boolean; advice: string; explained: string },
): never {
  store.dispatch({ type: 'build-failed', at: Date.now(), text: error.message, ...failure });
  if (store.getState().overlays.length === 0) showBuild(store);
  throw new EngineError(error.kind, error.message, { advice: failure.advice, cause: error });
}

function showBuild(store: ProgramStore): void {
  store.dispatch({ type: 'overlay-opened', overlay: { kind: 'build', scroll: null } });
}

type Made = Extract<BuildNews, { news: 'made' }>;

async function build(
  { store, engine, memory }: BuildParts,
  spec: BuildSpec,
  context: BuildContext,
  signal: AbortSignal,
  telling: Telling,
): Promise<Made> {
  const entries = await collect(context, signal, telling);
  const files = entries.filter(({ entry }) => entry.type !== 'folder');
  const bytes = files.reduce((sum, { entry }) => sum + entry.size, 0);
  const { folder, dockerfile, dockerfilePath } = context;
  const read = {
    folder,
    dockerfile,
    dockerfilePath,
    ...memory(context, entries),
    files: files.length,
    bytes,
  };
  store.dispatch({ type: 'build-context-read', read });
  const archive = packContext(context, entries, telling.sent);
  let made: Made | null = null;
  for await (const news of engine.build({ ...spec, dockerfile: dockerfilePath, archive }, { signal })) {
    telling.told(news);
    made = news.find((one) => one.news === 'made') ?? made;
  }
  if (made === null) throw new EngineError('cancelled', 'cancelled');
  return made;
}

async function collect(
  context: BuildContext,
  signal: AbortSignal,
  telling: Telling,
): Promise<ContextEntry[]> {
  const entries: ContextEntry[] = [];
  for await (const found of walkContext(context, { signal, countLeftOut: false })) {
    if (!('kept' in found)) continue;
    entries.push(found.kept);
    if (entries.length % 1000 === 0)
      telling.told([{ news: 'aside', line: `reading the folder: ${entries.length} files and folders` }]);
  }
  return entries;
}

/** Who builds an image wants to see it: it is selected, and its list has the focus where nobody is busy elsewhere. */
async function selectImage({ store, engine }: BuildParts, image: string, name: string): Promise<void> {
  const items = await engine.list('image');
  store.dispatch({ type: 'list-read', kind: 'image', items, at: Date.now() });
  const item = items.find((one) => one.id === image);
  if (item?.kind !== 'image') return;
  const names = imageNames(item);
  const row =
    names.find((one) => one === name || one === `${name}:latest` || one.endsWith(`/${name}`)) ?? names[0];
  const { overlays } = store.getState();
  if (overlays.every(({ kind }) => kind === 'build')) store.dispatch({ type: 'focus-moved', to: 'image' });
  store.dispatch({ type: 'list-changed', kind: 'image', view: { selected: `${image} ${row}` } });
}
