import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ShellCommandFact } from '../../src/terminal/terminal-screen.ts';
import { until } from '../support/until.ts';
import { runBesidePlain } from './beside-plain.ts';

/** Waits for a key in the end, so that there is time to look. */
const script = (text: string): [string, ...string[]] => ['sh', '-c', `${text}; read -r _`];
const print = (text: string): [string, ...string[]] => script(`printf '%b' '${text}'`);

const STATUS = 'set number laststatus=2 statusline=now\\ %{&columns}\\ by\\ %{&lines}';
const SENTENCES = Array.from({ length: 300 }, (_, i) => `line ${i + 1} of a text, wide 漢字 and 🚀`).join(
  '\n',
);

test('vi shows a file, edits it and saves it, and gives the screen back', async () => {
  await using run = await runBesidePlain([
    'sh',
    '-c',
    'echo before; vi -u NONE -N note.txt; echo after; read -r _',
  ]);
  await run.shows('~');
  expect(run.terminal.screen().alternate).toBe(true);
  await run.looksAsPlain();
  run.terminal.write('ihello, wörld 漢字');
  await run.shows('hello, wörld 漢字');
  await run.looksAsPlain();
  run.terminal.write('\x1b');
  run.terminal.write(':set hlsearch\r/wör\r');
  await run.shows('BOTTOM, continuing at TOP');
  await run.looksAsPlain();
  run.terminal.write(':wq\r');
  await run.shows('after');
  expect(run.lines().slice(0, 2)).toEqual(['before', 'after']);
  expect(run.terminal.screen().alternate).toBe(false);
  await run.looksAsPlain();
  expect(await readFile(join(run.home, 'note.txt'), 'utf8')).toBe('hello, wörld 漢字\n');
});

test('vi with syntax colours redraws itself for each new size', async () => {
  const file = join(import.meta.dirname, '../../src/terminal/open-terminal.ts');
  await using run = await runBesidePlain([
    'vi',
    '-u',
    'NONE',
    '-N',
    '-c',
    'syntax on',
    '-c',
    STATUS,
    '-R',
    file,
  ]);
  await run.shows('import headless');
  await run.looksAsPlain();
  for (const [columns, rows] of [
    [60, 15],
    [100, 30],
    [41, 9],
  ] as const) {
    run.resize(columns, rows);
    await run.shows(`now ${columns} by ${rows}`);
    await run.looksAsPlain();
    expect(run.terminal.screen().rows).toHaveLength(rows);
  }
});

test('less pages, finds and marks what it has found', async () => {
  await using run = await runBesidePlain(['less', 'text'], { files: { text: SENTENCES } });
  await run.shows('line 1 of');
  await run.looksAsPlain();
  run.terminal.write(' ');
  await run.shows('line 40 of');
  await run.looksAsPlain();
  run.terminal.write('/line 1[0-9]2\r');
  await run.shows('line 102 of');
  await run.looksAsPlain();
  run.terminal.write('G');
  await run.shows('line 300 of');
  await run.looksAsPlain();
  run.terminal.write('q');
  expect(await run.ended()).toEqual({ code: 0, signal: 0, why: '' });
});

test('the wheel moves through a text in less, which did not ask for the mouse', async () => {
  await using run = await runBesidePlain(['less', 'text'], { files: { text: SENTENCES } });
  await run.shows('line 1 of');
  const wheel = { button: 'left', x: 3, y: 3, shift: false, alt: false, ctrl: false } as const;
  expect(run.terminal.mouse({ ...wheel, action: 'wheel-down' })).toBe(true);
  await run.shows('line 26 of');
  expect(run.lines()[0]).toContain('line 4 of');
  run.terminal.mouse({ ...wheel, action: 'wheel-up' });
  await run.shows('line 1 of');
  await run.looksAsPlain();
});

test('top looks right while it runs', async () => {
  await using run = await runBesidePlain(['top', '-d', '0.2'], { columns: 100, rows: 30 });
  await run.shows('PID');
  run.terminal.write('z');
  await run.shows(/load average/);
  const before = run.bytes();
  await expect.poll(() => run.bytes()).toBeGreaterThan(before + 2000);
  run.terminal.write('q');
  await run.ended();
  await run.looksAsPlain();
});

test.skipIf(!isInstalled('nano'))('nano edits a file', async () => {
  await using run = await runBesidePlain(['nano', '-I', 'note.txt']);
  await run.shows('GNU nano');
  await run.looksAsPlain();
  run.terminal.write('hello');
  await run.shows('hello');
  await run.looksAsPlain();
  run.terminal.write('\x18y\r');
  await run.ended();
  expect(await readFile(join(run.home, 'note.txt'), 'utf8')).toBe('hello\n');
});

test('a progress bar that draws over itself stays on its line', async () => {
  const bar =
    'for i in 1 20 40 60 80 100; do printf "\\r\\033[K\\033[32m%3d%%\\033[0m [%-20s]" $i "#########"; done';
  await using run = await runBesidePlain(script(`echo pulling; ${bar}; echo; echo done`));
  await run.shows('done');
  expect(run.lines().slice(0, 3)).toEqual(['pulling', '100% [#########           ]', 'done']);
  await run.looksAsPlain();
});

test('bars of several layers that move the cursor up and down stay on their lines', async () => {
  const layers =
    'for i in 1 2 3 4 5; do printf "\\033[3A\\r\\033[2Ka: %s\\033[3B\\r\\033[1A\\033[2Kc: %s\\033[1B\\r" $i $i; done';
  await using run = await runBesidePlain(script(`printf "a:\\nb:\\nc:\\n"; ${layers}; echo done`));
  await run.shows('done');
  expect(run.lines().slice(0, 4)).toEqual(['a: 5', 'b:', 'c: 5', 'done']);
  await run.looksAsPlain();
});

test('16, 256 and all colours come through, of text and ground', async () => {
  const codes = [
    ...Array.from({ length: 8 }, (_, i) => `\\033[3${i};4${7 - i}mA\\033[9${i};10${7 - i}mB`),
    ...Array.from({ length: 256 }, (_, i) => `\\033[38;5;${i};48;5;${255 - i}mC`),
    ...Array.from({ length: 60 }, (_, i) => `\\033[38;2;${i * 4};${255 - i};${i}m\\033[48:2::1:2:${i}mD`),
  ].join('');
  await using run = await runBesidePlain(print(`${codes}\\033[0m end`));
  await run.shows('end');
  await run.looksAsPlain();
});

test('bold, dim, italic, underlined, inverse, struck through and concealed text look so, one by one and together', async () => {
  const looks = [1, 2, 3, 4, 7, 8, 9, '4:3', '1;2;3;4;7;9', '1;31;7', '21'];
  const text = looks.map((look) => `\\033[${look}mtext\\033[0m `).join('');
  await using run = await runBesidePlain(
    print(`${text}\\033[7m\\033[K\\033[0m\\n\\033[44m\\033[2Kground\\033[0m\\n`),
  );
  await run.shows('ground');
  await run.looksAsPlain();
});

test('wide characters, emoji, combining marks and box drawing keep their columns', async () => {
  const text = [
    '┌──────┬──────┐',
    '│漢字  │🚀 go │',
    '│ｶﾞｷﾞ  │한국어│',
    '│éüñx│①②→★▶│',
    '└──────┴──────┘',
    '▁▂▃▄▅▆▇█ ⣀⣤⣶⣿ ░▒▓',
    'цирилица ελληνικά עברית عربى ไทย',
  ].join('\\n');
  await using run = await runBesidePlain(print(`${text}\\n`));
  await run.shows('░▒▓');
  await run.looksAsPlain();
});

test('a wide character at the edge wraps, and half of one that was written over is gone', async () => {
  await using run = await runBesidePlain(
    print('aaaaaaaaa漢\\n漢字\\033[3Dx\\nfoo漢漢\\033[4D\\033[P!\\n漢\\033[D|end'),
    {
      columns: 10,
      rows: 8,
    },
  );
  await run.shows('end');
  await run.looksAsPlain();
});

test('scroll regions, inserted and deleted lines, origin and insert mode end as they should', async () => {
  const text =
    '1\\n2\\n3\\n4\\n5\\n6\\n\\033[2;5r\\033[5;1H\\nnew\\033[2;1H\\033M\\033Mtop\\033[r\\033[3;1H\\033[L\\033[4;2H\\033[M' +
    '\\033[1;1H\\033[4hins\\033[4l\\033[2;4r\\033[?6h\\033[1;3Horigin\\033[?6l\\033[r\\033[10;1H\\033[3g\\033(0lqqk\\033(B done';
  await using run = await runBesidePlain(print(text), { rows: 12 });
  await run.shows('done');
  await run.looksAsPlain();
});

test('the alternate screen leaves nothing behind', async () => {
  const text = 'shell\\n\\033[?1049h\\033[2J\\033[Hinside\\033[?25l';
  await using run = await runBesidePlain(
    script(`printf '${text}'; read -r _; printf '\\033[?25h\\033[?1049lback'`),
  );
  await run.shows('inside');
  expect(run.terminal.screen()).toMatchObject({ alternate: true, cursor: null, scrollback: 0 });
  await run.looksAsPlain();
  run.terminal.write('\r');
  await run.shows('back');
  expect(run.lines().slice(0, 2)).toEqual(['shell', 'back']);
  expect(run.terminal.screen()).toMatchObject({ alternate: false, cursor: { x: 4, y: 1 } });
  await run.looksAsPlain();
});

test('a shell that is made narrower and wider again wraps its lines as a plain terminal does', async () => {
  await using run = await runBesidePlain(
    print('a long line that goes on for more than forty columns, and 漢字漢字漢字\\nend'),
  );
  await run.shows('end');
  for (const columns of [40, 17, 90]) {
    run.resize(columns, 24);
    await run.looksAsPlain();
  }
});

test('a flood ends with the right last lines, and what is kept is bounded', async () => {
  await using run = await runBesidePlain(script('seq -f "line %.0f of a flood" 400000; printf end'), {
    scrollback: 500,
  });
  await run.shows('line 400000 of a flood');
  await run.shows('end');
  expect(run.bytes()).toBeGreaterThan(9_000_000);
  expect(run.terminal.screen().scrollback).toBe(500);
  await run.looksAsPlain();
});

test('a program that writes without end is drawn while it does, and can be interrupted', async () => {
  await using run = await runBesidePlain([
    'sh',
    '-c',
    'trap "printf interrupted; exit 4" INT; while :; do seq 1 1000; done',
  ]);
  await expect.poll(() => run.bytes()).toBeGreaterThan(1_000_000);
  const { length } = run.screens;
  await expect.poll(() => run.screens.length).toBeGreaterThan(length + 10);
  run.terminal.write('\x03');
  expect(await run.ended()).toMatchObject({ code: 4, signal: 0 });
  expect(run.lines().join('\n')).toContain('interrupted');
  await run.looksAsPlain();
});

test('bash with all marks and sh with marks in its prompt tell their commands', async () => {
  const marked = String.raw`\[\e]133;A\a\]ready> \[\e]133;B\a\]`;
  const env = {
    PS1: marked,
    PS0: String.raw`\e]133;C\a`,
    PROMPT_COMMAND: String.raw`printf "\e]133;D;$?\a"`,
  };
  expect(await commandsOf(['bash', '--norc', '-i'], env)).toEqual(FACTS);
  const plain = '\x1b]133;D;$?\x07\x1b]133;A\x07ready> \x1b]133;B\x07';
  expect(await commandsOf(['dash', '-i'], { PS1: plain })).toEqual(FACTS);
});

const FACTS = ['true', 0, '(exit 7)', 7, 'no-such-program', 127, 'sleep 60', 130];

async function commandsOf(
  shell: [string, ...string[]],
  env: Record<string, string>,
): Promise<(string | number | null)[]> {
  const facts: ShellCommandFact[] = [];
  await using run = await runBesidePlain(shell, { env, onCommand: (fact) => facts.push(fact) });
  const prompts = () => run.lines().filter((line) => line.startsWith('ready>')).length;
  for (const [count, line] of ['', 'true', '(exit 7)', 'no-such-program', 'sleep 60'].entries()) {
    await until(() => prompts() > count);
    run.terminal.write(`${line}\r`);
  }
  await until(() => run.terminal.running() === 'sleep 60' && run.pty.foreground() === 'sleep');
  run.terminal.write('\x03');
  await until(() => facts.length === 8);
  return facts.map((fact) => (fact.type === 'started' ? fact.line : fact.code));
}

test('after 8 MB of random bytes the terminal is sound, and shows what comes then', async () => {
  await using run = await runBesidePlain(
    ['sh', '-c', 'stty raw; head -c 8000000 /dev/urandom; printf "\\033c\\033[!psound"; read -r _'],
    { columns: 90, rows: 20 },
  );
  await run.shows('sound');
  await run.looksAsPlain();
  run.resize(60, 10);
  expect(run.bytes()).toBeGreaterThanOrEqual(8_000_000);
  for (const screen of run.screens) {
    for (const row of screen.rows)
      expect(row.replaceAll(/\x1b\[[\d;]*m/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
  }
});

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}
