import { stripVTControlCharacters } from 'node:util';
import type { ErrorContext } from '../../lesson/errors/error-row.ts';
import { explainCall } from '../../lesson/errors/explain-call.ts';
import { explainError } from '../../lesson/errors/explain-error.ts';
import type { ShellScreen } from '../../model/shells.ts';
import type { State } from '../../model/state.ts';
import type { WireCall } from '../../wire/wire-call.ts';
import type { ProgramStore } from '../program-store.ts';
import type { ProgramWire } from '../program-wire.ts';
import { errorContext } from './error-context.ts';
import { LESSON_SOURCE } from './lesson-client.ts';

/**
 * Says below the engine's own words what they mean: at once when a call over the wire is refused, and when a typed
 * command has failed with words that no call carried. The next command takes the explanation away.
 */
export function explainRefusals(store: ProgramStore, wire: ProgramWire, signal: AbortSignal): void {
  const stopCalls = wire.onCall((call) => {
    const explained = isRefused(call)
      ? explainCall(
          { ...call, status: call.status ?? 0, body: call.response },
          contextOf(store.getState(), call.source),
        )
      : null;
    if (explained !== null) store.dispatch({ type: 'error-explained', explained });
  });
  let seen = store.getState().shells.typed;
  const stopTyped = store.subscribe(() => {
    const { typed } = store.getState().shells;
    if (typed === seen) return;
    const before = seen;
    seen = typed;
    onTyped(store, before, typed);
  });
  signal.addEventListener('abort', () => {
    stopCalls();
    stopTyped();
  });
}

type Typed = State['shells']['typed'];

function onTyped(store: ProgramStore, before: Typed, typed: Typed): void {
  const last = typed.at(-1);
  if (last === undefined) return;
  const state = store.getState();
  const isNew = !before.some((c) => c.id === last.id);
  if (isNew && state.learn.explained !== null) store.dispatch({ type: 'error-explained', explained: null });
  const hasEnded = last.endedAt !== null && before.find((c) => c.id === last.id)?.endedAt == null;
  if (!hasEnded || last.code === null || last.code === 0 || store.getState().learn.explained !== null) return;
  const screen = state.shells.tabs.find((tab) => tab.id === last.shell)?.screen ?? null;
  const said = screen === null ? '' : lastOutput(screen);
  const explained = said === '' ? null : explainError(said, contextOf(state, last.shell));
  if (explained !== null) store.dispatch({ type: 'error-explained', explained });
}

/** The rows between the prompt of the last command that has ended and what comes after it. */
function lastOutput({ rows, commands, cursor }: ShellScreen): string {
  const from = commands.findLastIndex((mark) => mark !== null && !mark.running && mark.code !== null);
  const to = cursor === null || cursor.y <= from ? rows.length : cursor.y;
  // A line that is longer than the screen is wide goes on in the next row.
  const text = rows.slice(from + 1, to).map((row) => stripVTControlCharacters(row).trimEnd());
  return text.join('\n').trim();
}

function isRefused({ source, status, endedAfter }: WireCall): boolean {
  return source !== LESSON_SOURCE && status !== null && status >= 400 && endedAfter !== null;
}

function contextOf(state: State, shell: number): ErrorContext {
  return errorContext(state, state.shells.typed.findLast((c) => c.shell === shell)?.line ?? '');
}
