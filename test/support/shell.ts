import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LaunchOptions, launch } from './terminal.ts';

export const SHELL_PROMPT = 'the-shell> ';
const PROGRAM = join(import.meta.dirname, '../../dist/slipway.js');

/**
 * An interactive bash, to see in what state a program gives its terminal back. `ask` runs a command while the
 * shell is at its prompt and gives what it printed; `startProgram` types the line that runs the built Slipway.
 */
export async function launchInShell(options: Omit<LaunchOptions, 'command' | 'args'> = {}) {
  const terminal = await launch({
    ...options,
    command: ['bash', '--norc', '--noprofile', '-i'],
    env: { PS1: SHELL_PROMPT, HISTFILE: undefined, ...options.env },
  });
  let asked = 0;
  return {
    ...terminal,
    startProgram: (...args: string[]): void =>
      terminal.type([process.execPath, PROGRAM, ...args].map(quote).join(' ') + '\n'),
    async ask(command: string): Promise<string> {
      // The sum keeps the typed line from looking like the answer.
      terminal.type(`{ ${command}; } >"$HOME/answer" 2>&1; echo answered-$((${asked}+1))\n`);
      asked += 1;
      await terminal.until(`answered-${asked}`);
      return readFile(join(terminal.home, 'answer'), 'utf8');
    },
  };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
