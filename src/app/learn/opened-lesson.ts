import { join } from 'node:path';
import { hasScripts } from '../../lesson/trust/has-scripts.ts';
import { EngineError } from '../../engine/errors.ts';
import { isDiskError } from '../../lesson/disk/is-disk-error.ts';
import type { Leftover } from '../../lesson/fence/leftovers.ts';
import type { Step } from '../../lesson/lesson.ts';
import { NotebookExists, notebookFile, writeNotebook } from '../../lesson/notebook/notebook-file.ts';
import { missing } from '../../lesson/judge/missing.ts';
import { addLesson } from '../../lesson/review/review-deck.ts';
import { changeDeck } from '../../lesson/review/review-file.ts';
import { runLines } from '../../lesson/run-lines.ts';
import { fillWorkFolder } from '../../lesson/work-folder.ts';
import type { LearnTask } from '../../model/intents.ts';
import type { OpenLesson } from '../../model/learn-state.ts';
import type { ProgramStore } from '../program-store.ts';
import type { ProgramWire } from '../program-wire.ts';
import { say } from '../say.ts';
import type { ShellTabs } from '../shell-tabs.ts';
import { startFolder } from '../find-on-path.ts';
import type { Begun } from './begin-lesson.ts';
import { followFiles } from './follow-files.ts';
import { keepProgress, type ProgressKeeper } from './keep-progress.ts';
import { openLessonClient, LESSON_SOURCE, type LessonClient } from './lesson-client.ts';
import { followFence, type LessonFence } from './lesson-fence.ts';
import { LessonRun } from './lesson-run.ts';
import type { LessonShelf } from './lesson-shelf.ts';
import { emptyLesson, askMissing } from './lesson-texts.ts';
import { askBefore } from './learn-tasks.ts';
import { notebookOf } from './notebook-of.ts';
import { playSolution, whyNotPlayed } from './play-solution.ts';
import type { Place } from './reach-place.ts';

export type OpenedOptions = {
  store: ProgramStore;
  wire: ProgramWire;
  shells: () => Pick<ShellTabs, 'open'>;
  env: NodeJS.ProcessEnv;
  shelf: LessonShelf;
  place: Place;
  /** Whether the lesson's own scripts may run. */
  isTrusted: boolean;
  language: string | null;
  /** Its files are read again whenever they change. */
  preview: boolean;
  /** The lesson is wanted no more, as when it was left while it was made ready. */
  signal: AbortSignal;
  onError: (error: unknown) => void;
};

/** What is said from the first moment of a task to its last. */
const DOING: Readonly<Record<LearnTask['name'], string>> = {
  'clean-up': 'Cleaning up',
  leave: 'Leaving the lesson',
  'reset-step': 'Beginning the step anew',
  'reset-lesson': 'Beginning the lesson anew',
  'skip-step': 'Running the solution',
  'catch-up': 'Catching up',
};

/** The lesson that is open: what goes on for it, and what can be done with it as a whole. */
export class OpenedLesson {
  readonly #options: OpenedOptions;
  readonly #begun: Begun;
  readonly #client: LessonClient;
  readonly #fence: LessonFence;
  readonly #run: LessonRun;
  readonly #keeper: ProgressKeeper;
  readonly #living: AbortController;
  /** What was listed last: only that is removed, and only after it was asked for. */
  #listed: readonly Leftover[] = [];
  readonly #cleanedUp: Leftover[] = [];
  /** Lines that make again what is gone. */
  #missing: readonly string[] = [];
  /** What is still on its way to the disk when the lesson is over. */
  #finishing: Promise<void> = Promise.resolve();

  /** Rejects where its signal was aborted meanwhile; then nothing of it is left. */
  static async open(begun: Begun, options: OpenedOptions): Promise<OpenedLesson> {
    const { wire, env, store, shells, place, signal } = options;
    const client = await openLessonClient(() => wire.listen(LESSON_SOURCE), env);
    if (signal.aborted) await client.close();
    signal.throwIfAborted();
    const { lesson, resumed, features, kept, lacks } = begun;
    const opened = new OpenedLesson(begun, client, options);
    store.dispatch({
      type: 'lesson-opened',
      lesson: {
        ...emptyLesson(lesson, place),
        ...resumed,
        features,
        trusted: options.isTrusted || !hasScripts(lesson),
        phase: 'running',
        shown: resumed === null || resumed.current === 0 ? -1 : resumed.current,
        why: lacks.join(' '),
        passed: new Map(Object.entries(kept.passed)),
      },
    });
    shells().open();
    opened.#begin();
    return opened;
  }

  private constructor(begun: Begun, client: LessonClient, options: OpenedOptions) {
    const { store, wire, onError, shelf, isTrusted } = options;
    const { engine, kept, features } = begun;
    this.#options = options;
    this.#begun = begun;
    this.#client = client;
    this.#living = new AbortController();
    const { signal } = this.#living;
    const { baseline, runs, made } = kept;
    this.#fence = followFence({ engine, store, wire, baseline: baseline!, runs, made, signal });
    this.#keeper = keepProgress({ store, shelf, kept, fence: this.#fence, signal, onError });
    this.#run = new LessonRun({
      engine,
      store,
      wire,
      fence: this.#fence,
      workFolder: kept.workFolder,
      features,
      began: kept.begunAt,
      passed: new Map(Object.entries(kept.passed)),
      scriptsFolder: join(begun.lesson.folder, 'files'),
      trusted: isTrusted,
      signal,
      onError,
    });
  }

  get workFolder(): string {
    return this.#begun.kept.workFolder;
  }

  /** Looks at the engine now, because a key asked for it. */
  checkNow(): Promise<void> {
    return this.#run.lookNow();
  }

  /** Lists what a task would remove, and asks. */
  async offer(task: LearnTask): Promise<void> {
    const { store } = this.#options;
    try {
      const found = await this.#fence.leftovers(this.#living.signal);
      this.#listed = found.leftovers;
      if (task.name === 'clean-up' && this.#listed.length === 0)
        return say(store, 'plain', 'The lesson has left nothing behind.');
      const choice = askBefore(task, found, this.#step?.title ?? '');
      store.dispatch({ type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 0 } });
    } catch (error) {
      this.#tell(error);
    }
  }

  /** Does what was offered. Gives whether it was tried: it is not while something else is done. */
  doTask(task: LearnTask): Promise<boolean> {
    return this.#alone(DOING[task.name], () => this.#do(task));
  }

  /** One thing at a time: what is half done must not be judged, nor done twice. */
  async #alone(what: string, work: () => Promise<void>): Promise<boolean> {
    if (this.#living.signal.aborted) return false;
    if (this.#lesson.task !== '') {
      say(this.#options.store, 'plain', 'One thing after another: wait until this is done.');
      return false;
    }
    this.#say(what);
    this.#run.pause();
    try {
      await work();
    } catch (error) {
      this.#tell(error);
    } finally {
      this.#say('');
      this.#run.goOn();
    }
    return true;
  }

  async #do(task: LearnTask): Promise<void> {
    switch (task.name) {
      case 'clean-up':
      case 'leave':
        return this.#cleanUp();
      case 'reset-lesson':
        return this.#startOver(0);
      case 'reset-step':
        return this.#startOver(this.#resettable());
      case 'skip-step':
        return this.#skip();
      case 'catch-up':
        return this.#catchUp(task.to);
    }
  }

  /** Makes again what steps that are behind had made and what is gone. */
  async replayMissing(): Promise<void> {
    await this.#alone('Making it again', async () => {
      await this.#cleanUp();
      for (const line of this.#missing) {
        this.#say(`Running ${line}`);
        await runLines([line], this.#surroundings());
      }
      this.#missing = [];
      // What was made again is nothing that the learner has done in this step.
      this.#run.forget([]);
    });
  }

  async exportNotebook(): Promise<void> {
    const { store } = this.#options;
    const { lesson, notebook: text } = this.#lesson;
    if (text === null) return say(store, 'plain', 'The notebook is written when the lesson is over.');
    try {
      const file = await writeNotebook(startFolder(), await notebookFile(startFolder(), lesson), text);
      say(store, 'good', `The notebook is in ${file}`);
    } catch (error) {
      this.#tell(error);
    }
  }

  async trust(): Promise<void> {
    await this.#options.shelf.trust(this.#begun.lesson.folder);
    this.#run.trust();
    this.#change({ trusted: true });
  }

  async close(): Promise<void> {
    await this.#keeper.flush();
    this.#living.abort();
    await Promise.all([this.#client.close(), this.#finishing]);
  }

  get #lesson(): OpenLesson {
    // It is closed before the state forgets it.
    return this.#options.store.getState().learn.lesson!;
  }

  get #step(): Step | undefined {
    return this.#lesson.lesson.steps[this.#lesson.current];
  }

  #surroundings(): { env: Readonly<Record<string, string>>; cwd: string; signal: AbortSignal } {
    return { env: this.#client.env, cwd: this.workFolder, signal: this.#living.signal };
  }

  #say(task: string): void {
    this.#change({ task });
  }

  /** Once it is closed, the state has forgotten it, or has another. */
  #change(change: Partial<OpenLesson>): void {
    if (this.#living.signal.aborted) return;
    this.#options.store.dispatch({ type: 'lesson-changed', change });
  }

  /** What an engine or the disk said no to is said; being closed in the middle is nobody's fault. */
  #tell(error: unknown): void {
    if (this.#living.signal.aborted) return;
    const isExpected = error instanceof EngineError || error instanceof NotebookExists || isDiskError(error);
    if (!isExpected) throw error;
    say(this.#options.store, 'bad', error.message, error instanceof EngineError ? error.advice : '');
  }

  async #cleanUp(): Promise<void> {
    if (this.#listed.length === 0) return;
    this.#say('Cleaning up');
    const { kept, removed } = await this.#fence.cleanUp(this.#listed, this.#living.signal);
    this.#listed = [];
    this.#cleanedUp.push(...removed);
    const [first] = kept;
    if (first !== undefined)
      say(this.#options.store, 'bad', `${first.leftover.name} could not be removed: ${first.why}`);
  }

  /** The step to begin anew: the one in view where it is behind, else the current one. */
  #resettable(): number {
    const { shown, current, steps } = this.#lesson;
    return Math.max(0, Math.min(shown < 0 ? current : shown, current, steps.length - 1));
  }

  /** A right start for a step: clean, with what the steps before it make. */
  async #startOver(index: number): Promise<void> {
    const { lesson } = this.#lesson;
    await this.#cleanUp();
    await fillWorkFolder(lesson, this.workFolder);
    await this.#makeAgain(lesson.steps.slice(0, index));
    const from = lesson.steps[index];
    if (from === undefined) return;
    const { steps, answers, hints } = this.#lesson;
    const later = new Set(
      lesson.steps.slice(index).flatMap(({ id, blocks }) => [id, ...blocks.map((b) => b.id)]),
    );
    this.#run.forget(lesson.steps.slice(index));
    const at = Date.now();
    this.#change({
      phase: 'running',
      notebook: null,
      steps: steps.map((standing, i) => (i < index ? standing : { state: 'open', at })),
      current: index,
      shown: index,
      scroll: 0,
      verdicts: new Map(),
      passed: this.#run.passed,
      answers: without(answers, later),
      hints: without(hints, later),
    });
  }

  /** What these steps make; whether all of it worked is seen by the last of them that has checks. */
  async #makeAgain(steps: readonly Step[]): Promise<void> {
    const last = steps.findLast(({ checks }) => checks.length > 0);
    for (const step of steps) {
      if (step === last) await this.#play(step);
      else await runLines(step.solution, this.#surroundings());
    }
  }

  async #skip(): Promise<void> {
    const step = this.#step;
    if (step === undefined) return;
    const index = this.#lesson.current;
    const isDone = await this.#play(step);
    if (!isDone) return;
    this.#change({ hints: new Map([...this.#lesson.hints, [step.id, step.hints.length + 1]]) });
    this.#options.store.dispatch({ type: 'step-ended', step: index, how: 'skipped', at: Date.now() });
  }

  async #catchUp(to: number): Promise<void> {
    const { lesson } = this.#lesson;
    await this.#cleanUp();
    await fillWorkFolder(lesson, this.workFolder);
    for (const [i, step] of lesson.steps.slice(0, to).entries()) {
      if (!(await this.#play(step))) return;
      if (this.#lesson.steps[i]?.state === 'open')
        this.#options.store.dispatch({ type: 'step-ended', step: i, how: 'skipped', at: Date.now() });
    }
    this.#options.store.dispatch({ type: 'step-shown', step: to });
  }

  /** Runs a step's solution; says so where it did not do what it should. */
  async #play(step: Step): Promise<boolean> {
    const { run, living } = { run: this.#run, living: this.#living };
    const played = await playSolution(step, {
      run,
      env: this.#client.env,
      workFolder: this.workFolder,
      onLine: (line) => this.#say(`Running ${line}`),
      signal: living.signal,
    });
    if (!played.isDone)
      say(
        this.#options.store,
        'bad',
        `The solution of “${step.title}” did not work here: ${whyNotPlayed(played)}`,
      );
    return played.isDone;
  }

  /** What goes on from the moment it is open. */
  #begin(): void {
    const { store, onError } = this.#options;
    const { signal } = this.#living;
    const unsubscribe = store.subscribe(() => {
      const { lesson } = store.getState().learn;
      if (lesson?.phase === 'running' && lesson.current >= lesson.steps.length)
        this.#finishing = this.#finish().catch(onError);
    });
    signal.addEventListener('abort', unsubscribe);
    if (this.#options.preview) this.#followFiles().catch(onError);
    if (this.#begun.resumed !== null) this.#lookForMissing().catch((error: unknown) => this.#tell(error));
  }

  #followFiles(): Promise<void> {
    const { store, language } = this.#options;
    const { folder } = this.#begun.lesson;
    const { values } = this.#begun.kept;
    return followFiles({ store, folder, language, values, signal: this.#living.signal });
  }

  /** What steps that are behind have made, and what must hold still, may be gone since: it can be made again. */
  async #lookForMissing(): Promise<void> {
    const { lesson } = this.#lesson;
    const done = lesson.steps.filter((_, i) => this.#lesson.steps[i]?.state !== 'open');
    const { signal } = this.#living;
    const { judgement, world } = await this.#run.judgeAgain(done, signal);
    const found = missing(lesson, this.#lesson.steps, judgement, world);
    if (found === null) return;
    const { leftovers } = await this.#fence.leftovers(signal);
    this.#missing = found.replay;
    // What is still there of it, and ours, would keep the commands from running again.
    this.#listed = leftovers.filter((one) =>
      found.inTheWay.some(({ kind, name }) => kind === one.kind && name === one.name),
    );
    this.#options.store.dispatch(askMissing(found, this.#listed));
  }

  async #finish(): Promise<void> {
    const { store, shelf } = this.#options;
    const { engine, features } = this.#begun;
    const open = this.#lesson;
    const { lesson } = open;
    this.#change({ phase: 'finished' });
    const at = Date.now();
    const { leftovers } = await this.#fence.leftovers(this.#living.signal).catch((error: unknown) => {
      // The notebook goes without what is there now.
      this.#tell(error);
      return { leftovers: [] };
    });
    const text = notebookOf({
      open,
      leftovers,
      cleanedUp: this.#cleanedUp,
      commands: this.#keeper.used(),
      family: engine.family,
      features,
      next: await shelf.nextAfter(lesson.id),
      at,
    });
    this.#change({ notebook: text });
    // Below the notebook stands the lesson to go on with, also for who has never opened the list.
    await shelf.tellCatalogue();
    await changeDeck(shelf.reviewFile, (deck) =>
      addLesson(deck, lesson, at, { family: engine.family, features }),
    );
    if (open.shown >= lesson.steps.length - 1 && !this.#living.signal.aborted)
      store.dispatch({ type: 'step-shown', step: lesson.steps.length });
  }
}

function without(map: ReadonlyMap<string, number>, keys: ReadonlySet<string>): ReadonlyMap<string, number> {
  return new Map([...map].filter(([key]) => !keys.has(key)));
}
