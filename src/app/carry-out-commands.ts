import { bulkCommandLine } from '../engine/command-line.ts';
import type { Command, Outcome, Progress } from '../engine/commands.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { humanSize } from '../engine/human-size.ts';
import { nextCommandId } from './command-ids.ts';
import type { ProgramStore } from './program-store.ts';
import { readTouched } from './read-touched.ts';

/** Progress of a pull arrives a hundred times a second; the screen gets it this often, in milliseconds. */
const PROGRESS_EVERY = 100;

/** Commands of one bulk go to the engine side by side, this many at a time. */
const SIDE_BY_SIDE = 4;

/** Asks the engine for these commands, and keeps the log of what was asked, how it went and how long it took. */
export async function carryOutCommands(
  engine: Engine,
  store: ProgramStore,
  commands: readonly Command[],
  signal: AbortSignal,
): Promise<void> {
  if (commands.length === 0) return;
  const id = nextCommandId();
  const line = bulkCommandLine(commands, engine.family);
  store.dispatch({ type: 'command-started', id, line, at: Date.now() });
  if (commands.some((c) => c.do === 'pull')) {
    store.dispatch({ type: 'overlay-opened', overlay: { kind: 'progress', command: id } });
  }
  const progress = collectProgress(store, id);
  try {
    const outcomes = await inParallel(commands, (command) =>
      engine.carryOut(command, { signal, onProgress: progress.add }),
    );
    await readTouched(engine, store, commands, outcomes);
    store.dispatch({
      type: 'command-succeeded',
      id,
      at: Date.now(),
      text: outcomeText(outcomes),
      made: madeBy(commands, outcomes),
    });
    showWhatRuns(store, commands, outcomes);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    store.dispatch({ type: 'command-failed', id, at: Date.now(), text: error.message, advice: error.advice });
    // The bottom line has no room for an engine's reasons; whoever is in another dialog by now finds them under @.
    if (store.getState().overlays.length === 0) {
      store.dispatch({ type: 'overlay-opened', overlay: { kind: 'progress', command: id } });
    }
  } finally {
    progress.end();
  }
}

const MAKES: readonly Command['do'][] = ['run', 'create-volume', 'create-network'];

function madeBy(commands: readonly Command[], outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ affected }, i) => (MAKES.includes(commands[i]!.do) ? affected : []));
}

/** Who runs a container wants to see it: its list has the focus, and it is selected as soon as it is there. */
function showWhatRuns(store: ProgramStore, commands: readonly Command[], outcomes: readonly Outcome[]): void {
  const made = outcomes[0]?.affected[0];
  if (commands[0]?.do !== 'run' || made === undefined || store.getState().overlays.length > 0) return;
  store.dispatch({ type: 'focus-moved', to: 'container' });
  store.dispatch({ type: 'list-changed', kind: 'container', view: { selected: made } });
}

/** All are tried, also after one has failed; then the first failure is thrown. Outcomes come in the commands' order. */
async function inParallel(
  commands: readonly Command[],
  ask: (command: Command) => Promise<Outcome>,
): Promise<Outcome[]> {
  const queue = commands.entries();
  const outcomes: Outcome[] = [];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const [i, command] of queue) {
      try {
        outcomes[i] = await ask(command);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  if (failures.length > 0) throw summary(failures, commands.length);
  return outcomes;
}

function summary(failures: readonly unknown[], asked: number): unknown {
  const [first] = failures;
  if (asked === 1 || !(first instanceof EngineError)) return first;
  const others = failures.length === 1 ? '' : ` (and ${failures.length - 1} more)`;
  return new EngineError(first.kind, `${failures.length} of ${asked} failed: ${first.message}${others}`, {
    advice: first.advice,
    cause: first,
  });
}

function collectProgress(
  store: ProgramStore,
  id: number,
): { add: (progress: Progress) => void; end: () => void } {
  let pending: Progress[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const progress = pending;
    pending = [];
    if (progress.length > 0) store.dispatch({ type: 'command-progressed', id, progress });
  };
  return {
    add(progress) {
      pending.push(progress);
      timer ??= setTimeout(flush, PROGRESS_EVERY);
    },
    end() {
      clearTimeout(timer);
      flush();
    },
  };
}

/** What came of it, in a few words: names, space given back, the engine's warnings. */
function outcomeText(outcomes: readonly Outcome[]): string {
  const reclaimed = outcomes.reduce((sum, o) => sum + (o.reclaimed ?? 0), 0);
  const isPrune = outcomes.some((o) => o.reclaimed !== null);
  const warnings = outcomes.flatMap((o) => o.warnings);
  const parts = [];
  if (isPrune)
    parts.push(
      `${outcomes.reduce((sum, o) => sum + o.affected.length, 0)} removed, ${humanSize(reclaimed)} given back`,
    );
  if (warnings.length > 0) parts.push(`warning: ${warnings.join('; ')}`);
  return parts.join(' · ');
}
