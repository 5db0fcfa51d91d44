import type { WireCall } from '../wire/wire-call.ts';
import type { TypedCommand } from './shells.ts';

/** A shell's marks may be read a little after the call that its command makes, in milliseconds. */
const SLACK = 50;

/** The typed command that made a call; null for one that was made between commands. */
export function commandOf(typed: readonly TypedCommand[], call: WireCall): TypedCommand | null {
  const own = typedIn(typed).get(call.source) ?? [];
  const last = lastStarted(own, call.at);
  // Of two commands in quick succession it is the one that ran then, not the one that was just about to.
  if (last !== null && (last.endedAt === null || call.at <= last.endedAt)) return last;
  const next = lastStarted(own, call.at + SLACK);
  if (next !== last || last === null) return next;
  const isLate = call.at <= (last.endedAt ?? 0) + SLACK;
  return isLate || isInBackground(last) ? last : null;
}

/** The command typed last before a call, whether it made the call or not. */
export function commandBefore(typed: readonly TypedCommand[], call: WireCall): TypedCommand | null {
  return lastStarted(typedIn(typed).get(call.source) ?? [], call.at + SLACK);
}

/** The prompt comes back at once; the work goes on. */
function isInBackground({ line }: TypedCommand): boolean {
  return /(?<!&)&\s*$/.test(line);
}

type ByShell = ReadonlyMap<number, readonly TypedCommand[]>;
const known = new WeakMap<readonly TypedCommand[], ByShell>();

/** By shell, in the order in which they were started: asked for again with each of thousands of calls. */
function typedIn(typed: readonly TypedCommand[]): ByShell {
  const found = known.get(typed) ?? Map.groupBy(typed, (command) => command.shell);
  known.set(typed, found);
  return found;
}

function lastStarted(own: readonly TypedCommand[], by: number): TypedCommand | null {
  let [low, high] = [0, own.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((own[middle]?.startedAt ?? 0) <= by) low = middle + 1;
    else high = middle;
  }
  return own[low - 1] ?? null;
}
