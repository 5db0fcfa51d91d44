import { bulkCommandLine } from '../engine/command-line.ts';
import type { Command, Outcome } from '../engine/commands.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { humanSize } from '../engine/human-size.ts';
import { isSameImage } from '../engine/image-name.ts';
import type { Kind } from '../engine/objects.ts';
import { rowsOf } from '../model/rows.ts';
import type { ProgramStore } from './program-store.ts';
import { readTouched } from './read-touched.ts';
import { runTask } from './run-task.ts';

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
  await runTask(store, {
    line: bulkCommandLine(commands, engine.family),
    isWatched: commands.some((c) => c.do === 'pull'),
    signal,
    work: async (task) => {
      const outcomes = await inParallel(commands, (command) => engine.carryOut(command, task));
      await readTouched(engine, store, commands, outcomes);
      showWhatIsMade(store, commands, outcomes);
      return { text: outcomeText(outcomes), made: madeBy(commands, outcomes) };
    },
  });
}

const MAKES: readonly Command['do'][] = ['run', 'commit', 'create-volume', 'create-network'];

function madeBy(commands: readonly Command[], outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ affected }, i) => (MAKES.includes(commands[i]!.do) ? affected : []));
}

/** Who runs a container, or makes an image of one, wants to see it: its list has the focus, and it is selected as soon as it is there. */
function showWhatIsMade(
  store: ProgramStore,
  commands: readonly Command[],
  outcomes: readonly Outcome[],
): void {
  const made = outcomes[0]?.affected[0];
  if (made === undefined || store.getState().overlays.length > 0) return;
  const [command] = commands;
  if (command?.do === 'run') select(store, 'container', made);
  if (command?.do === 'commit') select(store, 'image', imageRow(store, made, command.as));
}

function select(store: ProgramStore, kind: Kind, selected: string): void {
  store.dispatch({ type: 'focus-moved', to: kind });
  store.dispatch({ type: 'list-changed', kind, view: { selected } });
}

/** Key of the row with the new name; an image may have had other names before. */
function imageRow(store: ProgramStore, id: string, name: string): string {
  const item = store.getState().objects.image.items?.get(id);
  const rows = item === undefined ? [] : rowsOf(item);
  return (rows.find((row) => isSameImage(row.name, name)) ?? rows[0])?.key ?? id;
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
