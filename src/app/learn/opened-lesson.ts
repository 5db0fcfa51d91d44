import { join } from 'node:path';
import { hasScripts } from '../../lesson/trust/has-scripts.ts';
import { EngineError } from '../../engine/errors.ts';
import { isDiskError } from '../../lesson/disk/is-disk-error.ts';
import { NotebookExists, notebookFile, writeNotebook } from '../../lesson/notebook/notebook-file.ts';
import { addLesson } from '../../lesson/review/review-deck.ts';
import { changeDeck } from '../../lesson/review/review-file.ts';
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
import { LessonTasks } from './lesson-tasks.ts';
import { emptyLesson } from './lesson-texts.ts';
import { notebookOf } from './notebook-of.ts';
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

/** The lesson that is open, from its first moment to its notebook. */
export class OpenedLesson {
  readonly #options: OpenedOptions;
  readonly #begun: Begun;
  readonly #client: LessonClient;
  readonly #fence: LessonFence;
  readonly #run: LessonRun;
  readonly #keeper: ProgressKeeper;
  readonly #living: AbortController;
  readonly tasks: LessonTasks;
  /** What is still on its way to the disk when the lesson is over. */
  #finishing: Promise<void> = Promise.resolve();

  /** Rejects where its signal was aborted meanwhile; then nothing of it is left. */
  static async open(begun: Begun, options: OpenedOptions): Promise<OpenedLesson> {
    const { wire, env, store, shells, place, signal } = options;
    const client = await openLessonClient(() => wire.listen(LESSON_SOURCE), {
      env,
      family: begun.engine.family,
    });
    if (signal.aborted) await Promise.all([client.close(), begun.provided.close()]);
    signal.throwIfAborted();
    const { lesson, resumed, kept, lacks } = begun;
    const { features } = begun.provided;
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
    opened.#tellRegistry();
    return opened;
  }

  private constructor(begun: Begun, client: LessonClient, options: OpenedOptions) {
    const { store, wire, onError, shelf, isTrusted } = options;
    const { engine, kept } = begun;
    const { features, elsewhere, registry } = begun.provided;
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
      elsewhere,
      registry,
      began: kept.begunAt,
      passed: new Map(Object.entries(kept.passed)),
      scriptsFolder: join(begun.lesson.folder, 'files'),
      trusted: isTrusted,
      signal,
      onError,
    });
    this.tasks = new LessonTasks({
      store,
      run: this.#run,
      fence: this.#fence,
      client,
      elsewhere,
      workFolder: kept.workFolder,
      tell: this.#tell,
      signal,
    });
  }

  get workFolder(): string {
    return this.#begun.kept.workFolder;
  }

  /** Looks at the engine now, because a key asked for it. */
  checkNow(): Promise<void> {
    return this.#run.lookNow();
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
    await Promise.all([this.#client.close(), this.#begun.provided.close(), this.#finishing]);
  }

  get #lesson(): OpenLesson {
    // It is closed before the state forgets it.
    return this.#options.store.getState().learn.lesson!;
  }

  /** The page of the registry follows it for as long as the lesson is open. */
  #tellRegistry(): void {
    const { store } = this.#options;
    const { registry } = this.#begun.provided;
    if (registry === null) return;
    const { signal } = this.#living;
    store.dispatch({ type: 'registry-opened', address: registry.address, whose: 'lesson' });
    const stop = registry.onEvent(() => store.dispatch({ type: 'registry-used' }));
    signal.addEventListener('abort', () => {
      stop();
      store.dispatch({ type: 'registry-closed' });
    });
  }

  /** Once it is closed, the state has forgotten it, or has another. */
  #change(change: Partial<OpenLesson>): void {
    if (this.#living.signal.aborted) return;
    this.#options.store.dispatch({ type: 'lesson-changed', change });
  }

  /** What an engine or the disk said no to is said; being closed in the middle is nobody's fault. */
  readonly #tell = (error: unknown): void => {
    if (this.#living.signal.aborted) return;
    const isExpected = error instanceof EngineError || error instanceof NotebookExists || isDiskError(error);
    if (!isExpected) throw error;
    say(this.#options.store, 'bad', error.message, error instanceof EngineError ? error.advice : '');
  };

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
    if (this.#begun.resumed !== null) this.tasks.lookForMissing().catch(this.#tell);
  }

  #followFiles(): Promise<void> {
    const { store, language } = this.#options;
    const { folder } = this.#begun.lesson;
    const { values } = this.#begun.kept;
    return followFiles({ store, folder, language, values, signal: this.#living.signal });
  }

  async #finish(): Promise<void> {
    const { store, shelf } = this.#options;
    const { engine } = this.#begun;
    const { features } = this.#begun.provided;
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
      cleanedUp: this.tasks.cleanedUp,
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
