import { KINDS } from '../engine/objects.ts';
import { describeCall, touchedBy } from '../wire/describe-call.ts';
import { makesImages } from '../wire/makes-images.ts';
import type { WireCall } from '../wire/wire-call.ts';
import type { CommandRecord } from './command-log.ts';
import { COMMANDS_KEPT } from './command-log.ts';
import { flash, type Touched } from './flashes.ts';
import type { TypedCommand } from './shells.ts';
import type { State } from './state.ts';
import { commandOf } from './wire-groups.ts';

/**
 * Calls that change the engine put the command that caused them into the log of commands, beside those from keys, and
 * make the rows that they touched flash.
 */
export function noteCalls(state: State, calls: readonly WireCall[]): State {
  let next = state;
  for (const call of calls) {
    if (!describeCall(call).changes) continue;
    const command = commandOf(next.shells.typed, call);
    if (command !== null) next = log(next, command);
    if (call.endedAfter !== null) next = flash(next, touchedRows(call), call.at + call.endedAfter);
  }
  return next;
}

/** Services, secrets and the like have no rows here. */
function touchedRows(call: WireCall): Touched[] {
  return touchedBy(call).flatMap(({ kind, ref }) => {
    const shown = KINDS.find((k) => k === kind);
    return shown === undefined ? [] : [{ kind: shown, ref }];
  });
}

function log(state: State, command: TypedCommand): State {
  if (state.commands.some((c) => c.id === command.id)) return state;
  const commands = [...state.commands, recordOf(command)].toSorted((a, b) => a.startedAt - b.startedAt);
  return { ...state, commands: commands.slice(-COMMANDS_KEPT) };
}

/** The end of a typed command, where the log has it. */
export function noteEnd(state: State, id: number): State {
  const command = state.shells.typed.find((c) => c.id === id);
  if (command === undefined || !state.commands.some((c) => c.id === id)) return state;
  return { ...state, commands: state.commands.map((c) => (c.id === id ? recordOf(command) : c)) };
}

/** After a call has ended, an image it has made may still be on its way into the list, in milliseconds. */
const COMES_LATE = 1_500;

/**
 * Images that come into the list while a call of ours makes images are its work: a build speaks to the engine in a pipe
 * of its own, which does not say what came of it. What others pull while a container of ours runs is theirs.
 */
export function noteNewImages(before: State, after: State, at: number): State {
  const known = before.objects.image.items;
  const images = after.objects.image.items;
  if (known === null || images === null || !isMakingImages(after, at)) return after;
  const ids = [...images.values()].filter((item) => !known.has(item.id)).map((item) => item.id);
  if (ids.length === 0) return after;
  const own = { ...after.own, made: new Set([...after.own.made, ...ids]) };
  return flash(
    { ...after, own },
    ids.map((ref) => ({ kind: 'image', ref })),
    at,
  );
}

function isMakingImages({ wire }: State, at: number): boolean {
  return wire.calls.some(
    (call) => makesImages(call) && (call.endedAfter === null || at - call.at - call.endedAfter < COMES_LATE),
  );
}

function recordOf({ id, line, startedAt, endedAt, code, words }: TypedCommand): CommandRecord {
  const result: CommandRecord['result'] =
    endedAt === null
      ? null
      : code === null || code === 0
        ? { ok: true, text: '' }
        : { ok: false, text: `exit code ${code}: ${words}`, advice: '' };
  return { id, line, from: 'shell', startedAt, endedAt, result, progress: [] };
}
