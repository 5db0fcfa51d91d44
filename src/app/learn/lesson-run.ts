import type { Engine } from '../../engine/engine.ts';
import { isStepDone, mustStillHold } from '../../lesson/judge/is-step-done.ts';
import { judge } from '../../lesson/judge/judge.ts';
import type { Check } from '../../lesson/check.ts';
import type { HeardRegistry } from '../../lesson/provided.ts';
import type { Feature, Step } from '../../lesson/lesson.ts';
import { takeWorld } from '../../lesson/facts/take-world.ts';
import { BASE_IMAGE } from '../../sandbox/base-image.ts';
import type { World } from '../../lesson/world.ts';
import { NOTHING_JUDGED, type Judgement, type JudgeMemory } from '../../lesson/verdict.ts';
import type { OpenLesson } from '../../model/learn-state.ts';
import type { ProgramStore } from '../program-store.ts';
import type { ProgramWire } from '../program-wire.ts';
import { startCheckLoop, type CheckLoop } from './check-loop.ts';
import { noteHappenings, type Happenings } from './lesson-happenings.ts';
import type { LessonFence } from './lesson-fence.ts';

/** Files and logs are no events: checks that read them are judged again this often, in milliseconds. */
const POLL_EVERY = 2_000;
/** A look that takes longer says so. */
const SLOW_LOOK = 300;

const NOT_TRUSTED = {
  why: 'This lesson is not one of Slipway’s own, so its script has not been run.',
  advice: 'Look at its files first; “Let this lesson run its scripts” in the palette (:) then lets it.',
};

export type RunOptions = {
  engine: Engine;
  store: ProgramStore;
  wire: ProgramWire;
  fence: LessonFence;
  workFolder: string;
  features: ReadonlySet<Feature>;
  /** The second engine, where the lesson has one. */
  elsewhere: Engine | null;
  /** The lesson's own, where it has one. */
  registry: HeardRegistry | null;
  /** When the lesson began, milliseconds since the epoch. */
  began: number;
  /** What had passed before, where the lesson is gone on with. */
  passed: ReadonlyMap<string, number>;
  /** The lesson's `files`, as they were delivered. */
  scriptsFolder: string;
  /** Whether its scripts may run. */
  trusted: boolean;
  signal: AbortSignal;
  onError: (error: unknown) => void;
};

/** A lesson under way: looks at the engine whenever something has happened, and tells the store what it found. */
export class LessonRun {
  readonly #options: RunOptions;
  readonly #happenings: () => Happenings;
  readonly #loop: CheckLoop;
  #memory: JudgeMemory;
  #ownMemory: JudgeMemory = NOTHING_JUDGED;
  #step = -1;
  #trusted: boolean;
  #stepBegan = Date.now();
  /** While something is done for the learner, what is seen is half-done. */
  #paused = false;

  constructor(options: RunOptions) {
    const { store, signal, onError } = options;
    this.#options = options;
    this.#memory = { ...NOTHING_JUDGED, passed: options.passed };
    this.#trusted = options.trusted;
    this.#loop = startCheckLoop((s) => this.#look(s), signal, onError);
    this.#happenings = noteHappenings({ ...options, onChange: () => this.#loop.wake() });
    const unsubscribe = store.subscribe(() => this.#follow());
    signal.addEventListener('abort', unsubscribe);
    this.#follow();
  }

  /** Looks now, as when a key asks for it. */
  async lookNow(): Promise<void> {
    this.#options.store.dispatch({ type: 'lesson-changed', change: { checking: true } });
    await this.#loop.lookNow();
    this.#options.store.dispatch({ type: 'lesson-changed', change: { checking: false } });
  }

  /** Forgets what has passed in these steps, and that anything has happened so far. */
  forget(steps: readonly Step[]): void {
    const ids = new Set(steps.flatMap(({ checks }) => checks.map(({ id }) => id)));
    const passed = new Map([...this.#memory.passed].filter(([id]) => !ids.has(id)));
    this.#memory = { passed, holding: new Map() };
    this.#ownMemory = NOTHING_JUDGED;
    this.#stepBegan = Date.now();
  }

  get passed(): ReadonlyMap<string, number> {
    return this.#memory.passed;
  }

  /** The person has looked at a stranger's lesson, and lets its scripts run. */
  trust(): void {
    this.#trusted = true;
    this.#loop.wake();
  }

  /** Judges steps that are behind as if nothing of them had passed yet. */
  async judgeAgain(
    steps: readonly Step[],
    signal: AbortSignal,
  ): Promise<{ judgement: Judgement; world: World }> {
    const checks = steps.flatMap((step) => step.checks);
    const world = await this.#takeWorld(checks, this.#options.began, this.#happenings(), signal);
    const held = mustStillHold(checks, this.#options.engine.family);
    return { world, judgement: judge(held, world, NOTHING_JUDGED) };
  }

  /** Judges a step by what the lesson's own lines have done since then, beside everything else. */
  async judgeOwn(
    step: Step,
    own: { began: number; typed: World['typed'] },
    signal: AbortSignal,
  ): Promise<{ judgement: Judgement; isDone: boolean }> {
    const { events, registry, typed, calls, ownCalls } = this.#happenings();
    const happenings = { events, registry, typed: [...typed, ...own.typed], calls: [...calls, ...ownCalls] };
    const world = await this.#takeWorld(step.checks, own.began, happenings, signal);
    const judgement = judge(step.checks, world, this.#ownMemory);
    this.#ownMemory = judgement.memory;
    return { judgement, isDone: isStepDone(step.checks, judgement, this.#options.engine.family) };
  }

  pause(): void {
    this.#paused = true;
  }

  goOn(): void {
    this.#paused = false;
    this.#loop.wake();
  }

  #follow(): void {
    const { lesson } = this.#options.store.getState().learn;
    if (lesson === null || lesson.current === this.#step) return;
    this.#step = lesson.current;
    this.#stepBegan = Date.now();
    this.#memory = { ...this.#memory, holding: new Map() };
    this.#loop.wake();
  }

  async #look(signal: AbortSignal): Promise<{ lookAgainAt: number | null }> {
    const { store } = this.#options;
    const open = store.getState().learn.lesson;
    const step = open?.lesson.steps[open.current];
    if (this.#paused || open === null || step === undefined || step.kind !== 'task')
      return { lookAgainAt: null };
    const slow = setTimeout(
      () => store.dispatch({ type: 'lesson-changed', change: { checking: true } }),
      SLOW_LOOK,
    );
    const began = this.#stepBegan;
    try {
      const world = await this.#takeWorld(step.checks, began, this.#happenings(), signal);
      // What was found belongs to a step that is over, or that was begun anew meanwhile.
      if (signal.aborted || this.#paused || began !== this.#stepBegan) return { lookAgainAt: null };
      const judgement = judge(step.checks, world, this.#memory);
      this.#tell(open, step, judgement);
      return {
        lookAgainAt: earliest(
          judgement.lookAgainAt,
          this.#wantsPolling(step) ? Date.now() + POLL_EVERY : null,
        ),
      };
    } finally {
      clearTimeout(slow);
    }
  }

  /** Whether its checks read what no event tells of. A registry of our own tells of all that happens in it. */
  #wantsPolling({ checks }: Step): boolean {
    const tests = JSON.stringify(checks.map(({ test }) => test));
    const isUnheard = this.#options.registry === null && tests.includes('"registry"');
    return isUnheard || /"(?:elsewhere|file|logs|diff|script|service)"/.test(tests);
  }

  #takeWorld(
    checks: readonly Check[],
    stepBegan: number,
    { events, registry, typed, calls }: Omit<Happenings, 'ownCalls'>,
    signal: AbortSignal,
  ): Promise<World> {
    const { engine, fence, workFolder, features, began, scriptsFolder } = this.#options;
    return takeWorld(engine, {
      checks,
      began: { lesson: began, step: stepBegan },
      events,
      registry,
      typed,
      calls,
      isOurs: fence.isOursAmong,
      image: BASE_IMAGE,
      elsewhere: this.#options.elsewhere,
      workFolder,
      features: [...features],
      scripts: this.#trusted ? { folder: scriptsFolder } : NOT_TRUSTED,
      signal,
    });
  }

  #tell(open: OpenLesson, step: Step, judgement: Judgement): void {
    const { verdicts, memory } = judgement;
    const { store, engine } = this.#options;
    this.#memory = memory;
    if (open.checking || !isSame(open.verdicts, verdicts) || memory.passed.size !== open.passed.size)
      store.dispatch({ type: 'checks-judged', verdicts, passed: memory.passed });
    if (isStepDone(step.checks, judgement, engine.family))
      store.dispatch({ type: 'step-ended', step: this.#step, how: 'done', at: Date.now() });
  }
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function isSame(a: OpenLesson['verdicts'], b: OpenLesson['verdicts']): boolean {
  return a.size === b.size && JSON.stringify([...a]) === JSON.stringify([...b]);
}
