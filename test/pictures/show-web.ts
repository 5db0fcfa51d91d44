import type { Terminal } from '../support/terminal.ts';
import { LAST_LOG_LINE } from './scene.ts';

export const BIG = { columns: 120, rows: 40, engine: true };

/** The figures come a second or two after the lists; in a small window there is no room for them. */
export async function untilDrawn(terminal: Terminal, figures: RegExp): Promise<void> {
  if (terminal.screen().split('\n').length < BIG.rows) return;
  await terminal.until(figures);
  await terminal.until('700 kB');
}

const LISTS = /● +db .*Up[^]*● +web .*Up[^]*migrate .*Exited \(3\)/;

export async function showWeb(terminal: Terminal): Promise<void> {
  await terminal.until(LISTS);
  terminal.press('j');
  await terminal.until(LAST_LOG_LINE);
  await untilDrawn(terminal, /● +web .*\d%/);
}

export const SHELL = { SHELL: '/bin/bash', DOCKER_CLI_HINTS: 'false' };

/** A prompt that says nothing of the machine. */
export async function clearPrompt(terminal: Terminal): Promise<void> {
  terminal.press('6');
  await terminal.until(/6 Terminal ──\[bash\][^]*[#$] /);
  terminal.type("PS1='$ '; clear\n");
  await terminal.until(/│\$ +│/);
}
