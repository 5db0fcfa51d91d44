import type { Engine, EngineEvent } from '../../engine/engine.ts';
import { isSameImage } from '../../engine/image-name.ts';
import { isPortFree } from '../../sandbox/is-port-free.ts';
import type { RegistryEvent } from '../../sandbox/registry/registry-event.ts';
import type { WireCall } from '../../wire/wire-call.ts';
import { chooseValues } from '../choose-values.ts';
import {
  baselineOf,
  differences,
  listEverything,
  takeBaseline,
  type Baseline,
  type Everything,
} from '../fence/baseline.ts';
import { cleanUp } from '../fence/clean-up.ts';
import { emptyEngine, NOTHING_THERE } from '../fence/empty-engine.ts';
import { listLeftovers } from '../fence/leftovers.ts';
import { madeBetween, madeByCall } from '../fence/made.ts';
import { madeByMounts, type Fence } from '../fence/ownership.ts';
import { fillIn } from '../fill-in.ts';
import type { Lesson } from '../lesson.ts';
import type { HeardRegistry, Provided } from '../provided.ts';
import { runLines, type LineResult } from '../run-lines.ts';
import { stepsHere } from '../steps-here.ts';
import { makeWorkFolder, removeWorkFolder } from '../work-folder.ts';
import type { TypedLine, World } from '../world.ts';

/** Name of the label that the wire puts on things; `openClient` gives its value. */
const RUN_LABEL = 'slipway.run';

/** What a learner's shell has: a way to the engine over a wire of its own. */
export type ProofClient = {
  /** The whole environment of the command lines. */
  env: Readonly<Record<string, string>>;
  /** Calls over the wire that have ended. */
  calls(): readonly WireCall[];
  /** The value of the wire's label. */
  run: string;
  close(): Promise<void>;
};

export type ProofSurroundings = {
  engine: Engine;
  openClient: () => Promise<ProofClient>;
  provided: Provided;
  /** Work folders are made in it. */
  workFolders: string;
  signal: AbortSignal;
};

/** One start of a lesson, with everything that has happened since. */
export type ProofSession = {
  engine: Engine;
  /** The second engine, where the lesson has one. */
  elsewhere: Engine | null;
  /** Filled in. */
  lesson: Lesson;
  values: Readonly<Record<string, string>>;
  workFolder: string;
  client: ProofClient;
  beganAt: number;
  events: readonly EngineEvent[];
  registry: World['registry'];
  typed: readonly TypedLine[];
  /** As it is now. */
  fence: () => Fence;
  /** Runs lines as if they were typed. */
  run: (lines: readonly string[]) => Promise<LineResult[]>;
  /** Gives what makes it forget all that happens between the two: events, lines and calls; what runs in the background ends. */
  mark: () => () => void;
  /** Calls over the wire that have ended, without those forgotten. */
  calls: () => readonly WireCall[];
  /** Takes away what is left; gives what is wrong with what is there then, a sentence each. Does not heed the signal. */
  end: () => Promise<string[]>;
};

/** Begins a lesson as a learner does: with a baseline, names that are free, a work folder and a shell. */
export async function beginProof(lesson: Lesson, around: ProofSurroundings): Promise<ProofSession> {
  const { engine, signal, workFolders } = around;
  await around.provided.clear();
  const everything = await listEverything(engine, signal);
  const beganAt = Date.now();
  const baseline = baselineOf(everything, beganAt);
  expectImages(lesson, baseline);
  const taken = new Set(Object.values(everything).flatMap((items) => items.flatMap(namesOf)));
  const values = await chooseValues(lesson.vars, {
    taken,
    seed: 'proof',
    isPortFree,
    provided: around.provided.values,
  });
  // Undone in the opposite order at the end, also where the beginning goes no further.
  const undo: (() => Promise<void>)[] = [];
  try {
    const workFolder = await makeWorkFolder(lesson, workFolders);
    undo.unshift(() => removeWorkFolder(workFolder, workFolders));
    const client = await around.openClient();
    undo.unshift(() => client.close());
    const events: EngineEvent[] = [];
    const forgotten = new Set<number>();
    const calls = (): WireCall[] => client.calls().filter(({ id }) => !forgotten.has(id));
    const unseen: { from: number; until: number }[] = [];
    const isUnseen = ({ at }: { at: number }): boolean =>
      unseen.some(({ from, until }) => at >= from && at <= until);
    // Podman tells of some things only when they have been taken back.
    const { stop } = await follow(engine, (event) => void (isUnseen(event) || events.push(event)));
    undo.unshift(stop);
    const registry = hearRegistry(around.provided.registry, isUnseen);
    undo.unshift(async () => registry?.stop());
    const made = new Set<string>();
    const fence = (): Fence => {
      for (const one of client.calls().flatMap(madeByCall)) made.add(one);
      return { label: RUN_LABEL, runs: new Set([client.run]), made: new Set(made), baseline };
    };
    const onLine = (before: Baseline, after: Everything): void => {
      for (const one of madeBetween(before, baselineOf(after, Date.now()))) made.add(one);
      const now = { containers: after.container, images: after.image, volumes: after.volume };
      for (const one of madeByMounts(fence(), now)) made.add(one);
    };
    const shell = openShell({ engine, client, cwd: workFolder, signal, onLine });
    const { elsewhere } = around.provided;
    return {
      engine,
      elsewhere,
      lesson: stepsHere(fillIn(lesson, values), around.provided),
      values,
      workFolder,
      client,
      beganAt,
      events,
      registry,
      typed: shell.typed,
      fence,
      run: shell.run,
      calls,
      mark() {
        const from = Date.now();
        const linesBefore = shell.typed.length;
        const callsBefore = new Set(client.calls().map(({ id }) => id));
        return () => {
          shell.kill();
          unseen.push({ from, until: Date.now() });
          events.splice(0, Infinity, ...events.filter((event) => !isUnseen(event)));
          registry?.forget();
          shell.typed.length = linesBefore;
          for (const { id } of client.calls()) if (!callsBefore.has(id)) forgotten.add(id);
        };
      },
      async end() {
        shell.kill();
        const left = await tidy(engine, fence());
        if (elsewhere !== null) left.push(...(await emptyEngine(elsewhere, NOTHING_THERE)));
        await inTurn(undo);
        return left;
      },
    };
  } catch (error) {
    await inTurn(undo);
    throw error;
  }
}

async function inTurn(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  for (const task of tasks) await task();
}

type ProofShell = Pick<ProofSession, 'run'> & {
  typed: TypedLine[];
  /** Ends what lines have left in the background. */
  kill: () => void;
};

type ShellOptions = Pick<ProofSurroundings, 'engine' | 'signal'> & {
  client: ProofClient;
  cwd: string;
  /** What there was before a line, and after it. */
  onLine: (before: Baseline, after: Everything) => void;
};

function openShell({ engine, client, cwd, signal, onLine }: ShellOptions): ProofShell {
  let killed = new AbortController();
  let before: Baseline | null = null;
  const typed: TypedLine[] = [];
  const runOne = async (line: string): Promise<LineResult[]> => {
    before ??= await takeBaseline(engine, signal);
    const results = await runLines([line], {
      env: client.env,
      cwd,
      signal: AbortSignal.any([signal, killed.signal]),
    });
    const after = await listEverything(engine, signal);
    onLine(before, after);
    // Nobody else is on the engine: where one line ends the next one begins.
    before = baselineOf(after, Date.now());
    typed.push(...results.map(({ code }) => ({ line, code, at: Date.now() })));
    return results;
  };
  return {
    typed,
    kill() {
      killed.abort();
      killed = new AbortController();
    },
    async run(lines) {
      const results: LineResult[] = [];
      for (const line of lines) results.push(...(await runOne(line)));
      return results;
    },
  };
}

async function tidy(engine: Engine, fence: Fence): Promise<string[]> {
  const { leftovers, leftAlone } = await listLeftovers(engine, fence);
  const { kept } = await cleanUp(engine, leftovers);
  const after = await takeBaseline(engine);
  return [
    ...kept.map(({ leftover, why }) => `${leftover.line}: ${why}`),
    ...leftAlone.map(({ kind, name, why }) => `${kind} ${name} ${why}`),
    ...differences(fence.baseline, after).map(({ kind, id, change }) =>
      change === 'appeared' ? `${kind} ${id} is left` : `${kind} ${id} was there before and is gone`,
    ),
  ];
}

/** Resolves once the subscription stands. */
async function follow(
  engine: Engine,
  onEvent: (event: EngineEvent) => void,
): Promise<{ stop: () => Promise<void> }> {
  const ended = new AbortController();
  const ready = Promise.withResolvers<void>();
  const watch = async (): Promise<void> => {
    const events = engine.watch({ signal: ended.signal, onReady: ready.resolve });
    for await (const event of events) onEvent(event);
  };
  const watching = watch();
  await Promise.race([ready.promise, watching]);
  // An engine that breaks off says so to whoever asks it next.
  const quiet = watching.catch(() => undefined);
  return {
    async stop() {
      ended.abort();
      await quiet;
    },
  };
}

/** Notes what happens in the lesson's registry. */
function hearRegistry(heard: HeardRegistry | null, isUnseen: (event: RegistryEvent) => boolean) {
  if (heard === null) return null;
  const events: RegistryEvent[] = [];
  const stop = heard.onEvent((event) => void (isUnseen(event) || events.push(event)));
  const forget = (): void => void events.splice(0, Infinity, ...events.filter((event) => !isUnseen(event)));
  return { address: heard.address, events, stop, forget };
}

function expectImages({ images }: Lesson, baseline: Baseline): void {
  const tags = baseline.images.flatMap((image) => image.tags);
  const missing = images.filter((image) => !tags.some((tag) => isSameImage(tag, image)));
  if (missing.length > 0)
    throw new Error(`the engine has no image ${missing.join(', ')}, which the lesson needs`);
}

function namesOf(item: { name?: string; tags?: readonly string[] }): string[] {
  return [...(item.name === undefined ? [] : [item.name]), ...(item.tags ?? [])];
}
