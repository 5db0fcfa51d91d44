import { describeCall, type CallDescription } from '../wire/describe-call.ts';
import type { WireCall } from '../wire/wire-call.ts';
import { matchesFilter } from './filter.ts';
import { oneLine } from './one-line.ts';
import { memoizeLast } from './memoize.ts';
import type { TypedCommand } from './shells.ts';
import type { State } from './state.ts';
import { commandBefore, commandOf } from './wire-groups.ts';

/** A line of the list: a command, or what else calls come from, and below it each call. */
export type WireRow = HeadingRow | CallRow;
export type HeadingRow = { kind: 'heading'; command: TypedCommand | null; text: string };
export type CallRow = { kind: 'call'; call: WireCall };

export type WireRows = {
  rows: readonly WireRow[];
  /** Calls in `rows`, and all that could be. */
  shown: number;
  all: number;
};

/** The lines of the list, newest last, without those that are filtered out. */
export function selectWireRows({ wire, shells }: State): WireRows {
  // Tabs are new objects whenever something is printed in one of them.
  const labels = shells.tabs.map(({ id, label }) => `${id} ${label}`).join('\n');
  return makeRows(wire.paused ?? wire.calls, shells.typed, labels, wire.filter, wire.hidesGreetings);
}

const makeRows = memoizeLast(
  (
    calls: readonly WireCall[],
    typed: readonly TypedCommand[],
    labels: string,
    filter: string,
    hidesGreetings: boolean,
  ): WireRows => {
    const groups = new Map<string, { heading: HeadingRow; calls: CallRow[] }>();
    let shown = 0;
    for (const call of calls) {
      if (hidesGreetings && described(call).greeting) continue;
      const command = commandOf(typed, call);
      if (filter !== '' && !passes(call, command?.line ?? '', filter)) continue;
      const key = groupKey(typed, call, command);
      const group = groups.get(key) ?? { heading: heading(typed, call, command, labels), calls: [] };
      groups.set(key, group);
      group.calls.push({ kind: 'call', call });
      shown += 1;
    }
    const rows = [...groups.values()].flatMap((group) => [group.heading, ...group.calls]);
    return { rows, shown, all: calls.length };
  },
);

function passes(call: WireCall, command: string, filter: string): boolean {
  const status = call.status === null ? '' : String(call.status);
  const address = call.query === '' ? call.path : `${call.path}?${call.query}`;
  const fields = { method: call.method, path: call.path, status, command };
  return matchesFilter(`${call.method} ${address} ${status} ${command}`, filter, fields);
}

/** Shells count from 1; this is where a lesson runs its own lines. */
const LESSON = 0;

/** What is between two commands stands between them. */
function groupKey(typed: readonly TypedCommand[], call: WireCall, command: TypedCommand | null): string {
  if (command !== null) return `command ${command.id}`;
  return `shell ${call.source} after ${commandBefore(typed, call)?.id ?? 'none'}`;
}

function heading(
  typed: readonly TypedCommand[],
  call: WireCall,
  command: TypedCommand | null,
  labels: string,
): HeadingRow {
  if (command !== null) return { kind: 'heading', command, text: `$ ${oneLine(command.line)}` };
  if (call.source === LESSON) return { kind: 'heading', command, text: 'by the lesson itself' };
  const where = labelOf(labels, call.source);
  // A shell that has told of one command tells of all: it was not a command that made this call.
  const hasMarks = typed.some((c) => c.shell === call.source);
  return { kind: 'heading', command, text: hasMarks ? `by itself, in ${where}` : `in ${where}` };
}

function labelOf(labels: string, shell: number): string {
  const line = labels.split('\n').find((l) => l.startsWith(`${shell} `));
  return line === undefined ? 'a shell that is closed' : line.slice(`${shell} `.length);
}

const descriptions = new WeakMap<WireCall, CallDescription>();

/** `describeCall`, once for each call. */
export function described(call: WireCall): CallDescription {
  const found = descriptions.get(call) ?? describeCall(call);
  descriptions.set(call, found);
  return found;
}
