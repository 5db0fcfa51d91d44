import { EngineError } from '../../engine/errors.ts';
import { isDiskError } from '../../lesson/disk/is-disk-error.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import { ProgressError } from '../../lesson/progress/progress-file.ts';
import { learnFolder } from '../../lesson/learn-folder.ts';
import { WorkFolderError } from '../../lesson/work-folder.ts';
import type { LearnEffect, LearnTask } from '../../model/intents.ts';
import type { OpenLesson } from '../../model/learn-state.ts';
import { sandboxAbility } from '../../sandbox/ability.ts';
import type { EngineSession } from '../engine-session.ts';
import type { ProgramStore } from '../program-store.ts';
import type { ProgramWire } from '../program-wire.ts';
import { say } from '../say.ts';
import type { ShellTabs } from '../shell-tabs.ts';
import { beginLesson } from './begin-lesson.ts';
import { answerReview, openReview, type ReviewParts } from './carry-out-review.ts';
import { networkOf } from './engine-network.ts';
import { createLessonShelf, type LessonShelf } from './lesson-shelf.ts';
import { OpenedLesson } from './opened-lesson.ts';
import { askPlace, emptyLesson } from './lesson-texts.ts';
import { isInSandbox, reachPlace, type Place } from './reach-place.ts';

export type LearnOptions = {
  store: ProgramStore;
  session: EngineSession;
  wire: ProgramWire;
  shells: () => Pick<ShellTabs, 'open' | 'paste'>;
  env: NodeJS.ProcessEnv;
  home: string;
  /** Value of the wire's label in this run of the program. */
  run: string;
  /** Of lessons, as `fr`; null for the one they were written in. */
  language: string | null;
  /** For authors: the lesson's files are read again whenever they change. */
  preview: boolean;
  onError: (error: unknown) => void;
};

/** Everything about lessons that is not the state: which there are, the one that is open, what is kept of both. */
export class LearnSession {
  readonly #options: LearnOptions;
  readonly #shelf: LessonShelf;
  /** Ends the opening that goes on. */
  #opening = new AbortController();
  #open: OpenedLesson | null = null;
  #closed = false;

  constructor(options: LearnOptions) {
    this.#options = options;
    this.#shelf = createLessonShelf({ ...options, folder: learnFolder(options.env, options.home) });
  }

  /** The folder that shells start in while a lesson is open. */
  get workFolder(): string | null {
    return this.#open?.workFolder ?? null;
  }

  do(effect: LearnEffect): void {
    this.#carryOut(effect).catch(this.#options.onError);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#opening.abort();
    await this.#open?.close();
  }

  async #carryOut(effect: LearnEffect): Promise<void> {
    const open = this.#open;
    switch (effect.do) {
      case 'read-catalogue':
        return this.#shelf.tellCatalogue();
      case 'read-glossary':
        return this.#shelf.tellGlossary();
      case 'open-myths': {
        const overlay = { kind: 'myths', myths: await this.#shelf.myths(), selected: 0 } as const;
        return this.#options.store.dispatch({ type: 'overlay-opened', overlay });
      }
      case 'choose-set':
        return this.#chooseSet(effect.set);
      case 'open-lesson':
        return this.#begin(effect.lesson, effect);
      case 'leave-lesson':
        return effect.cleanUp ? open?.tasks.offer({ name: 'leave' }) : this.#leave();
      case 'offer-task':
        return open?.tasks.offer(effect.task);
      case 'do-task':
        return this.#doTask(effect.task);
      case 'check-now':
        return open?.checkNow();
      case 'replay-missing':
        return open?.tasks.replayMissing();
      case 'insert-command':
        return this.#insert(effect.text);
      case 'export-notebook':
        return open?.exportNotebook();
      case 'trust-lesson':
        return open?.trust();
      case 'open-review':
        return openReview({ ...(await this.#reviewParts()), store: this.#options.store }, Date.now());
      case 'answer-review':
        return answerReview(await this.#reviewParts(), effect, Date.now());
    }
  }

  async #reviewParts(): Promise<Omit<ReviewParts, 'store'>> {
    const complain = (text: string): void => say(this.#options.store, 'bad', text);
    return { file: this.#shelf.reviewFile, lessons: await this.#shelf.filled(), complain };
  }

  async #doTask(task: LearnTask): Promise<void> {
    const open = this.#open;
    const isDone = (await open?.tasks.doTask(task)) ?? true;
    if (task.name === 'leave' && isDone && open === this.#open) await this.#leave();
  }

  async #chooseSet(set: string | null): Promise<void> {
    try {
      await this.#shelf.chooseSet(set);
    } catch (error) {
      if (!(error instanceof ProgressError || isDiskError(error))) throw error;
      say(this.#options.store, 'bad', `The set could not be kept: ${error.message}`);
    }
  }

  /** At the prompt of the shell in view, not run: the person presses Enter. */
  #insert(text: string): void {
    const { active, tabs } = this.#options.store.getState().shells;
    const shell = tabs.find((tab) => tab.id === active);
    if (shell === undefined || shell.ended !== null) return;
    this.#options.shells().paste(shell.id, text);
  }

  async #leave(): Promise<void> {
    this.#opening.abort();
    await this.#shut();
    this.#options.store.dispatch({ type: 'lesson-closed' });
    await this.#shelf.tellCatalogue();
  }

  async #begin(word: string, { anew, place: wanted }: { anew: boolean; place?: Place }): Promise<void> {
    const { store } = this.#options;
    const found = await this.#shelf.find(word);
    if ('why' in found) return say(store, 'bad', found.why, found.advice);
    const { lesson, isOwn } = found;
    const kept = anew ? null : await this.#shelf.kept(lesson.id);
    const place = wanted ?? kept?.place?.kind ?? (await this.#choosePlace());
    if (place === null) return store.dispatch(askPlace(lesson, word, anew));
    this.#opening.abort();
    const opening = new AbortController();
    this.#opening = opening;
    await this.#shut();
    if (this.#closed || opening.signal.aborted) return;
    // The same lesson may have been open: what came of it is on the disk only now.
    const before = anew ? null : await this.#shelf.kept(lesson.id);
    await this.#prepare(lesson, { place, kept: before, isOwn, signal: opening.signal });
  }

  /** What is kept of it is on the disk before another is read. */
  async #shut(): Promise<void> {
    const open = this.#open;
    await open?.close();
    if (this.#open === open) this.#open = null;
  }

  /** Null where the person is to be asked. */
  async #choosePlace(): Promise<Place | null> {
    const state = this.#options.store.getState();
    if (isInSandbox(state)) return 'sandbox';
    const ability = await sandboxAbility();
    if (!ability.can) return 'fence';
    return state.engine === null ? 'sandbox' : null;
  }

  async #prepare(
    raw: Lesson,
    {
      place,
      kept,
      isOwn,
      signal,
    }: {
      place: Place;
      kept: Awaited<ReturnType<LessonShelf['kept']>>;
      isOwn: boolean;
      signal: AbortSignal;
    },
  ): Promise<void> {
    const { store, run, env } = this.#options;
    store.dispatch({ type: 'lesson-opened', lesson: emptyLesson(raw, place) });
    const onTask = (task: string): void => {
      if (!signal.aborted) store.dispatch({ type: 'lesson-changed', change: { task } });
    };
    try {
      onTask(place === 'sandbox' ? 'Reaching the sandbox' : 'Reaching the engine');
      const engine = await reachPlace(place, this.#options, signal);
      const seed = await this.#shelf.seed();
      const workBase = this.#shelf.workBase;
      const begun = await beginLesson(raw, {
        engine,
        network: networkOf(engine, place),
        place,
        before: kept,
        seed,
        run,
        finished: await this.#shelf.finished(),
        env,
        workBase,
        onTask,
        signal,
      });
      if (signal.aborted) await begun.provided.close();
      signal.throwIfAborted();
      await this.#shelf.tellGlossary();
      this.#open = await OpenedLesson.open(begun, {
        ...this.#options,
        shelf: this.#shelf,
        place,
        signal,
        isTrusted: isOwn || (await this.#shelf.isTrusted(raw.folder)),
      });
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(error);
    }
  }

  /** What a person can act on is said in the lesson's place; anything else is a bug. */
  #fail(error: unknown): void {
    const isExpected =
      error instanceof EngineError ||
      error instanceof WorkFolderError ||
      error instanceof ProgressError ||
      isDiskError(error);
    if (!isExpected) throw error;
    const advice = error instanceof EngineError ? error.advice : '';
    const change: Partial<OpenLesson> = { phase: 'failed', why: error.message, advice };
    this.#options.store.dispatch({ type: 'lesson-changed', change });
  }
}
