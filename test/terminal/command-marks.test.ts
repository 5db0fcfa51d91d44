import { describe, expect, test } from 'vitest';
import type { ShellCommandFact } from '../../src/terminal/terminal-screen.ts';
import { until } from '../support/until.ts';
import { openByHand } from './hand-channel.ts';

const A = '\x1b]133;A\x07';
const B = '\x1b]133;B\x07';
const C = '\x1b]133;C\x07';
const D = (code?: number) => `\x1b]133;D${code === undefined ? '' : `;${code}`}\x1b\\`;
const line = (text: string) => `\x1b]633;E;${text}\x07`;
const PROMPT = `${A}$ ${B}`;

/** Without the times. */
const told = (facts: readonly ShellCommandFact[]) =>
  facts.map((fact) =>
    fact.type === 'started' ? `${fact.id} ${fact.line}` : `${fact.id} ended ${fact.code}`,
  );

describe('a shell with all marks', () => {
  test('tells which command began when, and how it ended', async () => {
    using run = openByHand();
    const before = Date.now();
    await run.feed(`${PROMPT}ls -l\r\n${C}total 0\r\n${D(0)}${PROMPT}false\r\n${C}`);
    expect(told(run.facts)).toEqual(['1 ls -l', '1 ended 0', '2 false']);
    expect(run.terminal.running()).toBe('false');
    await run.feed(`${D(1)}${PROMPT}`);
    expect(told(run.facts)).toEqual(['1 ls -l', '1 ended 0', '2 false', '2 ended 1']);
    expect(run.terminal.running()).toBe('');
    for (const { at } of run.facts) expect(at).toBeGreaterThanOrEqual(before);
  });

  test('may have each of its marks cut anywhere', async () => {
    const bytes = Buffer.from(`${PROMPT}wörd ${line('wörd \\x3b two')}\r\n${C}out\r\n${D(130)}${PROMPT}`);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      using run = openByHand();
      run.channel.output(bytes.subarray(0, cut));
      await run.feed(bytes.subarray(cut));
      expect(told(run.facts)).toEqual(['1 wörd ; two', '1 ended 130']);
      expect(run.lines().slice(0, 3)).toEqual(['$ wörd', 'out', '$']);
    }
  });

  test('marks the row where the prompt of each command begins', async () => {
    using run = openByHand({ rows: 6 });
    await run.feed(
      `${A}first line of it\r\n$ ${B}true\r\n${C}${D(0)}${PROMPT}false\r\n${C}${D(1)}${PROMPT}sleep 9\r\n${C}`,
    );
    expect(run.terminal.screen().commands).toEqual([
      { id: 1, code: 0, running: false },
      null,
      { id: 2, code: 1, running: false },
      { id: 3, code: null, running: true },
      null,
      null,
    ]);
  });

  test('has its marks scroll with their rows', async () => {
    using run = openByHand({ rows: 3 });
    await run.feed(`${PROMPT}true\r\n${C}${D(0)}${'\r\n'.repeat(5)}${PROMPT}`);
    expect(run.terminal.screen().commands).toEqual([null, null, null]);
    run.terminal.scroll(Infinity);
    expect(run.terminal.screen().commands[0]).toEqual({ id: 1, code: 0, running: false });
  });

  test('has no marks in the alternate screen', async () => {
    using run = openByHand();
    await run.feed(`${PROMPT}vi\r\n${C}\x1b[?1049h`);
    expect(run.terminal.screen().commands).toEqual([null, null, null, null, null]);
    await run.feed('\x1b[?1049l');
    expect(run.terminal.screen().commands[0]).toMatchObject({ id: 1, running: true });
  });

  test('has a command that was wrapped told in one line, one of several lines in several', async () => {
    using run = openByHand({ columns: 10, rows: 8 });
    await run.feed(`${PROMPT}echo one two three\r\n${C}${D(0)}${PROMPT}for i in 1\r\n> do\r\n${C}${D(0)}`);
    expect(told(run.facts)).toEqual(['1 echo one two three', '1 ended 0', '2 for i in 1\n> do', '2 ended 0']);
  });

  test('may draw its prompt again in the middle of a line', async () => {
    using run = openByHand();
    await run.feed(`${PROMPT}ec\r\x1b[K${PROMPT}echo hi\r\n${C}hi\r\n${D(0)}`);
    expect(told(run.facts)).toEqual(['1 echo hi', '1 ended 0']);
    expect(run.terminal.screen().commands[0]).toMatchObject({ id: 1 });
  });

  test('has no command when nothing was entered or the line was given up', async () => {
    using run = openByHand();
    await run.feed(
      `${PROMPT}\r\n${D(0)}${PROMPT}ls^C\r\n${D(130)}${PROMPT}  \r\n${C}${D(0)}${PROMPT}\r\n${D()}${PROMPT}`,
    );
    expect(told(run.facts)).toEqual([]);
    expect(run.terminal.screen().commands).toEqual([null, null, null, null, null]);
  });

  test('need not say with which code a command ended', async () => {
    using run = openByHand();
    await run.feed(
      `${PROMPT}one\r\n${C}${D()}${PROMPT}two\r\n${C}\x1b]133;D;abc\x07${PROMPT}three\r\n${C}${PROMPT}`,
    );
    expect(told(run.facts)).toEqual([
      '1 one',
      '1 ended null',
      '2 two',
      '2 ended null',
      '3 three',
      '3 ended null',
    ]);
  });

  test('can say the line exactly (OSC 633), with what cannot stand in it escaped', async () => {
    using run = openByHand();
    const said = line('printf \\x22a\\x3bb\\x22 \\\\x41\\x0atwo\\x1b[31m;nonce');
    await run.feed(`${PROMPT}garbled${said}\r\n${C}`);
    expect(told(run.facts)).toEqual(['1 printf "a;b" \\x41\ntwo[31m']);
  });

  test('is not told a second time by marks that come twice', async () => {
    using run = openByHand();
    await run.feed(`${A}${A}$ ${B}${B}ls\r\n${C}${C}out\r\n${D(2)}${D()}${A}${PROMPT}`);
    expect(told(run.facts)).toEqual(['1 ls', '1 ended 2']);
  });

  test('has the typed Enter count for nothing', async () => {
    using run = openByHand();
    await run.feed(PROMPT);
    run.terminal.write('ls\r');
    await run.feed(`ls\r\n${C}${D(0)}${PROMPT}`);
    run.terminal.write('for i in 1 2\r');
    await run.feed('for i in 1 2\r\n> ');
    expect(told(run.facts)).toEqual(['1 ls', '1 ended 0']);
  });
});

describe('a shell that can only mark its prompt', () => {
  const prompt = (code: number) => `${D(code)}${PROMPT}`;

  test('has a command begin with the Enter that ends its line', async () => {
    using run = openByHand();
    await run.feed(prompt(0));
    run.terminal.write('sleep 9\r');
    await run.feed('sleep 9\r\n');
    await until(() => run.facts.length === 1);
    expect(run.terminal.running()).toBe('sleep 9');
    expect(run.terminal.screen().commands[0]).toEqual({ id: 1, code: null, running: true });
    await run.feed(prompt(3));
    expect(told(run.facts)).toEqual(['1 sleep 9', '1 ended 3']);
  });

  test('has quick commands told, too, and later ones at once', async () => {
    using run = openByHand();
    await run.feed(prompt(0));
    run.terminal.write('false\r');
    await run.feed(`false\r\n${prompt(1)}`);
    expect(told(run.facts)).toEqual(['1 false', '1 ended 1']);
    run.terminal.write('true\r');
    await run.feed('true\r\n');
    expect(told(run.facts)).toEqual(['1 false', '1 ended 1', '2 true']);
  });

  test('has no command for an empty line, a line that was given up, or lines that it shows to complete one', async () => {
    using run = openByHand();
    await run.feed(prompt(0));
    run.terminal.write('\r');
    await run.feed(`\r\n${prompt(0)}`);
    run.terminal.write('ls\x03');
    await run.feed(`ls^C\r\n${prompt(130)}`);
    run.terminal.write('l\t\t');
    await run.feed(`l\r\nls  ln  less\r\n${PROMPT}l`);
    expect(told(run.facts)).toEqual([]);
  });

  test('has all commands of a paste told', async () => {
    using run = openByHand();
    await run.feed(prompt(0));
    run.terminal.paste('true\nfalse\n');
    await run.feed(`true\r\n${prompt(0)}`);
    await run.feed(`false\r\n${prompt(1)}`);
    expect(told(run.facts)).toEqual(['1 true', '1 ended 0', '2 false', '2 ended 1']);
  });

  test('does not take the lines of one command for the Enters of later ones', async () => {
    using run = openByHand({ rows: 9 });
    await run.feed(prompt(0));
    run.terminal.paste('for i in 1 2; do\necho\ndone\n');
    await run.feed(`for i in 1 2; do\r\n> echo\r\n> done\r\n${prompt(0)}`);
    run.terminal.write('ls\x03');
    await run.feed(`ls^C\r\n${prompt(130)}`);
    expect(told(run.facts)).toEqual(['1 for i in 1 2; do', '1 ended 0']);
  });
});

describe('marks that make no sense', () => {
  test('neither tell of commands that were not nor break anything', async () => {
    using run = openByHand();
    await run.feed(
      `${D(0)}${C}${B}${D(1)}${C}\x1b]133\x07\x1b]133;\x07\x1b]133;Z;1\x07\x1b]133;D;${'9'.repeat(400)}\x07`,
    );
    await run.feed(
      `\x1b]633;E\x07\x1b]633;E;\\x\x07\x1b]633;P;Cwd=/\x07\x1b[?1049h${A}${B}x\r\n${C}\x1b[?1049l${D(0)}`,
    );
    await run.feed(`${PROMPT}ls\r\n${C}${D(0)}`);
    expect(
      told(run.facts)
        .slice(-2)
        .map((fact) => fact.slice(2)),
    ).toEqual(['ls', 'ended 0']);
  });

  test('in great numbers are bounded, as are their lines', async () => {
    using run = openByHand();
    await run.feed(`${PROMPT}${line('x'.repeat(100_000))}\r\n${C}${D(0)}`);
    expect(run.facts[0]).toMatchObject({ line: 'x'.repeat(10_000) });
    await run.feed(`${PROMPT}ls\r\n${C}${D(0)}`.repeat(4000));
    expect(run.facts.length).toBe(8002);
    run.terminal.scroll(Infinity);
    expect(run.terminal.screen().commands).toEqual([null, null, null, null, null]);
  });

  test('at the cleared screen do not stay on rows that are gone', async () => {
    using run = openByHand();
    await run.feed(`${PROMPT}true\r\n${C}${D(0)}${PROMPT}\x1b[H\x1b[2J\x1b[3J${PROMPT}`);
    expect(run.terminal.screen().commands).toEqual([null, null, null, null, null]);
  });
});
