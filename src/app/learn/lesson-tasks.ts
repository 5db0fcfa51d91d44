import type { Engine } from '../../engine/engine.ts';
import { emptyEngine, NOTHING_THERE } from '../../lesson/fence/empty-engine.ts';
import type { Leftover } from '../../lesson/fence/leftovers.ts';
import { missing } from '../../lesson/judge/missing.ts';
import type { Step } from '../../lesson/lesson.ts';
import { runLines } from '../../lesson/run-lines.ts';
import { fillWorkFolder } from '../../lesson/work-folder.ts';
import type { LearnTask } from '../../model/intents.ts';
import type { OpenLesson } from '../../model/learn-state.ts';
import type { ProgramStore } from '../program-store.ts';
import { say } from '../say.ts';
import type { LessonClient } from './lesson-client.ts';
import type { LessonFence } from './lesson-fence.ts';
import type { LessonRun } from './lesson-run.ts';
import { askMissing } from './lesson-texts.ts';
import { askBefore } from './learn-tasks.ts';
import { playSolution, whyNotPlayed } from './play-solution.ts';

export type LessonTasksOptions = {
  store: ProgramStore;
  run: LessonRun;
  fence: LessonFence;
  client: LessonClient;
  /** The second engine: it is emptied before anything is begun anew. */
  elsewhere: Engine | null;
  workFolder: string;
  /** Says what an engine or the disk said no to; throws anything else. */
  tell: (error: unknown) => void;
  signal: AbortSignal;
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

/** What can be done with an open lesson as a whole, one thing at a time: begin anew, skip, catch up, clean up. */
export class LessonTasks {
  readonly #options: LessonTasksOptions;
  /** What was listed last: only that is removed, and only after it was asked for. */
  #listed: readonly Leftover[] = [];
  readonly #cleanedUp: Leftover[] = [];
  /** Lines that make again what is gone. */
  #missing: readonly string[] = [];

  constructor(options: LessonTasksOptions) {
    this.#options = options;
  }

  /** What was removed since the lesson is open. */
  get cleanedUp(): readonly Leftover[] {
    return this.#cleanedUp;
  }

  /** Lists what a task would remove, and asks. */
  async offer(task: LearnTask): Promise<void> {
    const { store } = this.#options;
    try {
      const found = await this.#options.fence.leftovers(this.#options.signal);
      this.#listed = found.leftovers;
      if (task.name === 'clean-up' && this.#listed.length === 0)
        return say(store, 'plain', 'The lesson has left nothing behind.');
      const choice = askBefore(task, found, this.#step?.title ?? '');
      store.dispatch({ type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 0 } });
    } catch (error) {
      this.#options.tell(error);
    }
  }

  /** Does what was offered. Gives whether it was tried: it is not while something else is done. */
  doTask(task: LearnTask): Promise<boolean> {
    return this.#alone(DOING[task.name], () => this.#do(task));
  }

  /** One thing at a time: what is half done must not be judged, nor done twice. */
  async #alone(what: string, work: () => Promise<void>): Promise<boolean> {
    if (this.#options.signal.aborted) return false;
    if (this.#lesson.task !== '') {
      say(this.#options.store, 'plain', 'One thing after another: wait until this is done.');
      return false;
    }
    this.#say(what);
    this.#options.run.pause();
    try {
      await work();
    } catch (error) {
      this.#options.tell(error);
    } finally {
      this.#say('');
      this.#options.run.goOn();
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
      this.#options.run.forget([]);
    });
  }

  /** What steps that are behind have made, and what must hold still, may be gone since: it can be made again. */
  async lookForMissing(): Promise<void> {
    const { lesson } = this.#lesson;
    const done = lesson.steps.filter((_, i) => this.#lesson.steps[i]?.state !== 'open');
    const { signal } = this.#options;
    const { judgement, world } = await this.#options.run.judgeAgain(done, signal);
    const found = missing(lesson, this.#lesson.steps, judgement, world);
    if (found === null) return;
    const { leftovers } = await this.#options.fence.leftovers(signal);
    this.#missing = found.replay;
    // What is still there of it, and ours, would keep the commands from running again.
    this.#listed = leftovers.filter((one) =>
      found.inTheWay.some(({ kind, name }) => kind === one.kind && name === one.name),
    );
    this.#options.store.dispatch(askMissing(found, this.#listed));
  }

  get #lesson(): OpenLesson {
    // It is closed before the state forgets it.
    return this.#options.store.getState().learn.lesson!;
  }

  get #step(): Step | undefined {
    return this.#lesson.lesson.steps[this.#lesson.current];
  }

  #surroundings(): { env: Readonly<Record<string, string>>; cwd: string; signal: AbortSignal } {
    return { env: this.#options.client.env, cwd: this.#options.workFolder, signal: this.#options.signal };
  }

  #say(task: string): void {
    this.#change({ task });
  }

  /** Once it is closed, the state has forgotten it, or has another. */
  #change(change: Partial<OpenLesson>): void {
    if (this.#options.signal.aborted) return;
    this.#options.store.dispatch({ type: 'lesson-changed', change });
  }

  async #cleanUp(): Promise<void> {
    if (this.#listed.length === 0) return;
    this.#say('Cleaning up');
    const { kept, removed } = await this.#options.fence.cleanUp(this.#listed, this.#options.signal);
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
    const { elsewhere } = this.#options;
    if (elsewhere !== null) await emptyEngine(elsewhere, NOTHING_THERE);
    await fillWorkFolder(lesson, this.#options.workFolder);
    await this.#makeAgain(lesson.steps.slice(0, index));
    const from = lesson.steps[index];
    if (from === undefined) return;
    const { steps, answers, hints } = this.#lesson;
    const later = new Set(
      lesson.steps.slice(index).flatMap(({ id, blocks }) => [id, ...blocks.map((b) => b.id)]),
    );
    this.#options.run.forget(lesson.steps.slice(index));
    const at = Date.now();
    this.#change({
      phase: 'running',
      notebook: null,
      steps: steps.map((standing, i) => (i < index ? standing : { state: 'open', at })),
      current: index,
      shown: index,
      scroll: 0,
      verdicts: new Map(),
      passed: this.#options.run.passed,
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
    await fillWorkFolder(lesson, this.#options.workFolder);
    for (const [i, step] of lesson.steps.slice(0, to).entries()) {
      if (!(await this.#play(step))) return;
      if (this.#lesson.steps[i]?.state === 'open')
        this.#options.store.dispatch({ type: 'step-ended', step: i, how: 'skipped', at: Date.now() });
    }
    this.#options.store.dispatch({ type: 'step-shown', step: to });
  }

  /** Runs a step's solution; says so where it did not do what it should. */
  async #play(step: Step): Promise<boolean> {
    const { run, signal } = this.#options;
    const played = await playSolution(step, {
      run,
      env: this.#options.client.env,
      workFolder: this.#options.workFolder,
      onLine: (line) => this.#say(`Running ${line}`),
      signal,
    });
    if (!played.isDone)
      say(
        this.#options.store,
        'bad',
        `The solution of “${step.title}” did not work here: ${whyNotPlayed(played)}`,
      );
    return played.isDone;
  }
}

function without(map: ReadonlyMap<string, number>, keys: ReadonlySet<string>): ReadonlyMap<string, number> {
  return new Map([...map].filter(([key]) => !keys.has(key)));
}
