import { EngineSession } from '../../../src/app/engine-session.ts';
import { nextCommandId } from '../../../src/app/command-ids.ts';
import { LearnSession } from '../../../src/app/learn/learn-session.ts';
import type { ProgramStore } from '../../../src/app/program-store.ts';
import { createProgramWire, type ProgramWire } from '../../../src/app/program-wire.ts';
import { surroundings } from '../../../src/engine/routes/surroundings.ts';
import { runLines } from '../../../src/lesson/run-lines.ts';
import type { LearnTask } from '../../../src/model/intents.ts';
import type { OpenLesson } from '../../../src/model/learn-state.ts';
import { openWire } from '../../../src/wire/open-wire.ts';
import { freshHome } from '../../support/fresh-home.ts';
import type { TestEngine } from '../../support/engines.ts';
import { until } from '../../support/until.ts';
import { newStore } from '../program-parts.ts';

/** The number of the learner's shell. */
const SHELL = 1;

export type Pasted = { shell: number; text: string };

export type LearnStage = {
  store: ProgramStore;
  wire: ProgramWire;
  learn: LearnSession;
  home: string;
  /** What reached `onError`. */
  bugs: unknown[];
  opened: () => number;
  pasted: readonly Pasted[];
  /** Listeners of the store and of the wire that have not been taken away. */
  listeners: () => number;
  /** How many there were before any lesson was opened. */
  atFirst: number;
  lesson: () => OpenLesson;
  /** Opens a lesson inside a fence, and waits until it can be played. */
  play: (id: string, anew?: boolean) => Promise<void>;
  /** Runs a line as the learner's shell does, and tells the store of it. Gives what it printed. */
  type: (line: string) => Promise<string>;
  /** Tells the store of a line as if it had been typed and had gone well; nothing is run. */
  pretend: (line: string) => void;
  /** Offers a task, agrees, and waits for its end; gives what was listed. */
  agree: (task: LearnTask) => Promise<string>;
  /** Another session, as after a new start of the program: nothing of the first is known but what is on the disk. */
  again: () => Promise<LearnStage>;
  close: () => Promise<void>;
};

/** Everything that lessons need on a real engine, without a screen. */
export async function openLearnStage(engine: TestEngine): Promise<LearnStage> {
  const home = await freshHome();
  return setUp(engine, home, 1);
}

async function setUp(
  engine: TestEngine,
  home: Awaited<ReturnType<typeof freshHome>>,
  run: number,
): Promise<LearnStage> {
  const bugs: unknown[] = [];
  const onError = (error: unknown): void => void bugs.push(error);
  const counted = { count: 0 };
  const store = countListeners(newStore(), counted);
  const runLabel = `lsn-run-${run}`;
  const wire = countCalls(
    createProgramWire(store, runLabel, (options) => openWire({ ...options, folder: `${home.folder}/run` })),
    counted,
  );
  const session = new EngineSession(store, {
    surroundings: { ...surroundings({ host: engine.host }), env: home.env, home: home.folder },
    yes: false,
    keep: false,
    onEngine: (found) => wire.setEngine(found),
    onError,
  });
  let opened = 0;
  const pasted: Pasted[] = [];
  const shells = {
    open() {
      opened += 1;
      store.dispatch({ type: 'shell-opened', tab: { id: SHELL, label: 'sh', container: null } });
    },
    paste: (shell: number, text: string) => void pasted.push({ shell, text }),
  };
  const learn = new LearnSession({
    store,
    session,
    wire,
    shells: () => shells,
    env: home.env,
    home: home.folder,
    run: runLabel,
    language: null,
    preview: false,
    onError,
  });
  const { socket } = await wire.listen(SHELL);
  session.search();
  await until(() => store.getState().engine !== null);
  const lesson = (): OpenLesson => store.getState().learn.lesson!;
  const end = async (): Promise<void> => {
    await learn.close();
    session.close();
    await wire.close();
  };
  const stage: LearnStage = {
    store,
    wire,
    learn,
    home: home.folder,
    bugs,
    opened: () => opened,
    pasted,
    listeners: () => counted.count,
    atFirst: 0,
    lesson,
    async play(id, anew = false) {
      learn.do({ do: 'open-lesson', lesson: id, anew, place: 'fence' });
      await until(() => store.getState().learn.lesson?.lesson.id === id && lesson().phase !== 'preparing');
      if (lesson().phase === 'failed') throw new Error(`${id}: ${lesson().why}`);
    },
    async type(line) {
      const id = nextCommandId();
      store.dispatch({ type: 'typed-command-started', id, shell: SHELL, line, at: Date.now() });
      const env = onlyTexts({ ...home.env, DOCKER_HOST: `unix://${socket}` });
      const [result] = await runLines([line], { env, cwd: learn.workFolder ?? home.folder });
      const code = result?.code ?? null;
      store.dispatch({ type: 'typed-command-ended', id, code, words: '', at: Date.now() });
      return result?.output ?? '';
    },
    pretend(line) {
      const id = nextCommandId();
      store.dispatch({ type: 'typed-command-started', id, shell: SHELL, line, at: Date.now() });
      store.dispatch({ type: 'typed-command-ended', id, code: 0, words: '', at: Date.now() });
    },
    async agree(task) {
      learn.do({ do: 'offer-task', task });
      await until(() => choiceBody(store) !== null);
      const body = choiceBody(store) ?? '';
      store.dispatch({ type: 'overlay-closed' });
      learn.do({ do: 'do-task', task });
      await until(() => store.getState().learn.lesson === null || lesson().task === '', 30_000);
      return body;
    },
    async again() {
      await end();
      return setUp(engine, home, run + 1);
    },
    async close() {
      await end();
      await home.remove();
    },
  };
  return stage;
}

function choiceBody(store: ProgramStore): string | null {
  const overlay = store.getState().overlays.at(-1);
  return overlay?.kind === 'choice' ? overlay.choice.body.join('\n') : null;
}

/** What is on screen as a question; null where nothing is asked. */
export function asked(stage: LearnStage): string | null {
  return choiceBody(stage.store);
}

function countListeners(store: ProgramStore, counted: { count: number }): ProgramStore {
  return {
    ...store,
    subscribe(listener) {
      return counting(store.subscribe(listener), counted);
    },
  };
}

function countCalls(wire: ProgramWire, counted: { count: number }): ProgramWire {
  return { ...wire, onCall: (listener) => counting(wire.onCall(listener), counted) };
}

/** One that is taken away twice is counted once. */
function counting(stop: () => void, counted: { count: number }): () => void {
  let isThere = true;
  counted.count += 1;
  return () => {
    stop();
    if (isThere) counted.count -= 1;
    isThere = false;
  };
}

function onlyTexts(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
