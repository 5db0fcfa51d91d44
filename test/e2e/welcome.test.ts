import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { WELCOMED } from '../support/fresh-home.ts';
import { launch } from '../support/terminal.ts';

const NEVER_HERE = { [WELCOMED]: null };
const answer = (home: string): Promise<string> => readFile(join(home, WELCOMED), 'utf8');

it('the first start asks what one wants to do, and keeps the answer', async () => {
  await using terminal = await launch({ files: NEVER_HERE, columns: 80, rows: 24 });
  await terminal.until('Learn containers');
  terminal.press('l');
  await terminal.until('Your first box');
  await expect.poll(() => answer(terminal.home).catch(() => '')).toBe('learn\n');
});

it('looking around is an answer, too, and closing without one is none', async () => {
  await using first = await launch({ files: NEVER_HERE });
  await first.until('Learn containers');
  first.press('q');
  expect((await first.exited).code).toBe(0);
  await expect(answer(first.home)).rejects.toThrow('ENOENT');
  await using second = await launch({ files: NEVER_HERE });
  await second.until('Learn containers');
  second.press('o');
  await second.untilGone('Learn containers');
  await expect.poll(() => answer(second.home).catch(() => '')).toBe('look around\n');
});

it('who was here before, or opens the lessons or an engine by name, is not asked', async () => {
  const starts = [
    {},
    { args: ['learn'], files: NEVER_HERE },
    { args: ['--host', 'unix:///nowhere.sock'], files: NEVER_HERE },
  ];
  for (const options of starts) {
    await using terminal = await launch(options);
    const screen = await terminal.until(/Lessons|No container engine|nowhere\.sock|Containers/);
    expect(screen).not.toContain('Learn containers');
  }
});
