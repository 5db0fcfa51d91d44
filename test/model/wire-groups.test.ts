import { describe, expect, test } from 'vitest';
import type { TypedCommand } from '../../src/model/shells.ts';
import { commandOf } from '../../src/model/wire-groups.ts';
import { aCall } from './wire-calls.ts';

function typed(id: number, line: string, startedAt: number, endedAt: number | null, shell = 1): TypedCommand {
  return { id, shell, line, startedAt, endedAt, code: endedAt === null ? null : 0, words: '' };
}
const at = (time: number, source = 1) => aCall(1, 'GET /info', { at: time, source });
const ps = typed(1, 'docker ps', 1_000, 2_000);

describe('a call belongs to', () => {
  test.each([
    ['the command that ran then', [ps], at(1_500), 1],
    ['a command whose mark is read a little after the call', [ps], at(960), 1],
    ['no command that began later', [ps], at(940), null],
    ['a command that has ended just before', [ps], at(2_040), 1],
    ['no command that is over', [ps], at(2_060), null],
    ['one that still runs, however long', [typed(1, 'docker events', 1_000, null)], at(9e9), 1],
    ['no command of another shell', [ps], at(1_500, 2), null],
    ['the newest of several', [ps, typed(2, 'docker ps', 3_000, null)], at(3_500), 2],
    ['one in the background, after its end', [typed(1, 'docker logs -f a &', 1_000, 1_010)], at(9_000), 1],
    ['no command before &&, after its end', [typed(1, 'true &&', 1_000, 1_010)], at(9_000), null],
    [
      'the one that ran, not the one that began just after the call',
      [ps, typed(2, 'docker images', 2_010, 2_500)],
      at(1_990),
      1,
    ],
    [
      'the one that begins, when the one before had ended',
      [ps, typed(2, 'docker images', 2_030, 2_500)],
      at(2_010),
      2,
    ],
    [
      'the command in its own shell, when two run at once',
      [typed(1, 'docker events', 1_000, null, 1), typed(2, 'docker ps', 1_100, null, 2)],
      at(1_500),
      1,
    ],
    ['nobody, when nothing was typed', [], at(1_500), null],
  ] as const)('%s', (_, commands, call, id) => {
    expect(commandOf(commands, call)?.id ?? null).toBe(id);
  });
});
