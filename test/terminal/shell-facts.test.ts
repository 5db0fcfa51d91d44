import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPty } from '../../src/terminal/open-pty.ts';
import { openTerminal } from '../../src/terminal/open-terminal.ts';
import type { ShellKind } from '../../src/terminal/shell-choice.ts';
import { prepareShell } from '../../src/terminal/shell-prepare.ts';
import type { ShellCommandFact, TerminalScreen } from '../../src/terminal/terminal-screen.ts';
import { freshHome } from '../support/fresh-home.ts';
import { until } from '../support/until.ts';

/** A shell as the program opens it, and what its terminal tells of its commands. */
async function openShell(kind: ShellKind, file: string) {
  const home = await freshHome({ PS1: undefined, ENV: undefined });
  for (const name of ['.bashrc', '.zshrc', 'env']) await writeFile(join(home.folder, name), "PS1='me> '\n");
  const prepared = await prepareShell(
    { kind, file },
    {
      env: { ...home.env, ENV: join(home.folder, 'env') },
      folder: join(home.folder, 'private'),
      login: false,
      identity: { trueColor: false, version: '1' },
      pinned: { variables: {}, programs: null },
    },
  );
  const size = { columns: 80, rows: 24 };
  const channel = await openPty({ ...prepared, ...size, cwd: home.folder });
  const facts: ShellCommandFact[] = [];
  let screen: TerminalScreen | null = null;
  const ended = Promise.withResolvers<void>();
  const terminal = openTerminal(channel, {
    ...size,
    colors: 'none',
    onScreen: (next) => (screen = next),
    onCommand: (fact) => facts.push(fact),
    onExit: () => ended.resolve(),
  });
  onTestFinished(async () => {
    terminal.close();
    await ended.promise;
    await home.remove();
  });
  return { terminal, facts, screen: () => (screen?.rows ?? []).map((row) => row.trimEnd()).join('\n') };
}

test.each<[ShellKind, string]>([
  ['bash', '/bin/bash'],
  ['zsh', '/bin/zsh'],
  ['fish', '/usr/bin/fish'],
  ['sh', '/bin/dash'],
  ['sh', '/bin/busybox'],
])('which commands ran in %s (%s), and how they ended', async (kind, file) => {
  const { terminal, facts, screen } = await openShell(kind, file);
  const rows = () => screen().trimEnd().split('\n');
  const isAtPrompt = () => /[>#$%]$/.test(rows().at(-1) ?? '');
  await until(isAtPrompt);
  const lines = ["sh -c 'exit 42'", '', 'true; false', 'no-such-program', 'echo one | cat'];
  let commands = 0;
  for (const line of lines) {
    terminal.write(line);
    await until(() => line === '' || screen().includes(line));
    const before = rows().length;
    terminal.write('\r');
    if (line !== '') commands += 1;
    await until(() => facts.filter(({ type }) => type === 'ended').length === commands);
    await until(() => rows().length > before && isAtPrompt());
  }
  const told = facts.map((fact) => (fact.type === 'started' ? fact.line : fact.code));
  expect(told).toEqual([lines[0], 42, lines[2], 1, lines[3], 127, lines[4], 0]);
});
