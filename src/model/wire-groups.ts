import type { WireCall } from '../wire/wire-call.ts';
import type { TypedCommand } from './shells.ts';

/** A shell's marks may be read a little after the call that its command makes, in milliseconds. */
const SLACK = 50;

/** The typed command that made a call; null for one that was made between commands. */
export function commandOf(typed: readonly TypedCommand[], call: WireCall): TypedCommand | null {
  const last = typed.findLast((c) => c.shell === call.source && c.startedAt <= call.at + SLACK);
  if (last === undefined) return null;
  const isOver = last.endedAt !== null && call.at > last.endedAt + SLACK;
  return isOver && !/&\s*$/.test(last.line) ? null : last;
}
