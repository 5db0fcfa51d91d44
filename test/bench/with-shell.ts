import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measured } from './quantiles.ts';
import { withProgram } from './scenario.ts';
import { type Program, type Timed, now } from './stopwatch.ts';

export type Shell = {
  timed: Timed;
  /** A place for files, gone with the shell. */
  folder: string;
  /** Runs a line; milliseconds from Enter to its end on the screen, null when that never came. */
  run: (line: string, patience?: number) => Promise<Measured>;
  /** What a line writes. */
  ask: (line: string) => Promise<string>;
};

const BASH = '/bin/bash';
const PANE = '━ 6 Terminal';
/** The prompt of a bash without settings of the user's: `root@host:~#`, `bash-5.2$`. */
export const PROMPT = /^│?[^\s│][^│\n]*[#$]( |$)/m;

/** The program with a shell of its own in pane 6, at its prompt. */
export async function withShellPane<T>(
  program: Program,
  look: (shell: Shell) => Promise<T>,
  first?: string,
): Promise<T> {
  const withBash = { ...program, env: { ...program.env, SHELL: BASH } };
  const inPane = async (timed: Timed): Promise<T> => {
    timed.press('6');
    await prompted(timed, (screen) => {
      const [, pane = ''] = screen.split(PANE);
      return PROMPT.test(pane.slice(pane.indexOf('\n') + 1));
    });
    try {
      return await withFolder(timed, look);
    } finally {
      // Back to the lists, where the key to quit is one.
      await focusList(timed);
    }
  };
  return withProgram(withBash, inPane, first);
}

/** The same shell with nothing around it: the floor. */
export async function withBareShell<T>(look: (shell: Shell) => Promise<T>): Promise<T> {
  const program: Program = { name: 'bash', command: [BASH, '-i'] };
  return withProgram(
    program,
    async (timed) => {
      try {
        return await withFolder(timed, look);
      } finally {
        timed.type('exit\n');
        await timed.exited;
      }
    },
    '#',
  );
}

async function prompted(timed: Timed, holds: (screen: string) => boolean): Promise<void> {
  if ((await timed.until(holds)) === null) throw new Error(`no prompt:\n${timed.text()}`);
  await timed.untilQuiet(300, 3_000);
}

async function withFolder<T>(timed: Timed, look: (shell: Shell) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sb-'));
  let count = 0;
  const run = async (line: string, patience = 30_000): Promise<Measured> => {
    const number = ++count;
    // The typed line must not be taken for what it prints.
    timed.type(`${line}; echo EN''D-${number}-`);
    await timed.untilText(`D-${number}-`);
    const startedAt = now();
    timed.press('enter');
    const at = await timed.untilText(`END-${number}-`, patience);
    return at === null ? null : at - startedAt;
  };
  const ask = async (line: string): Promise<string> => {
    const file = join(folder, 'said');
    if ((await run(`${line} > ${file}`)) === null) throw new Error(`${line} never ended:\n${timed.text()}`);
    return (await readFile(file, 'utf8')).trim();
  };
  try {
    return await look({ timed, folder, run, ask });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the shell to the first list, by the leader key. */
export async function focusList(timed: Timed): Promise<Measured> {
  const pressedAt = now();
  timed.press('ctrl-g');
  timed.press('1');
  const at = await timed.untilText('━ 1 Containers');
  return at === null ? null : at - pressedAt;
}

export async function focusShell(timed: Timed): Promise<Measured> {
  const pressedAt = now();
  timed.press('6');
  const at = await timed.untilText(PANE);
  return at === null ? null : at - pressedAt;
}
