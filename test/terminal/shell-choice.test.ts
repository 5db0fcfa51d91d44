import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseShell } from '../../src/terminal/shell-choice.ts';

let folder = '';
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shells-'));
  for (const name of ['zsh', 'tcsh', 'nologin', 'pwsh.exe']) {
    await writeFile(path(name), '');
    await chmod(path(name), 0o755);
  }
  await writeFile(path('fish'), 'may not be run');
  await symlink('/bin/bash', path('bash'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the user’s own shell comes first, whatever it is', async () => {
  expect(await chooseShell({ SHELL: path('zsh'), PATH: '/bin' })).toEqual({ kind: 'zsh', file: path('zsh') });
  expect(await chooseShell({ SHELL: path('tcsh') })).toEqual({ kind: 'other', file: path('tcsh') });
});

test.each([
  ['nothing', undefined],
  ['a shell that is not there', '/nowhere/zsh'],
  ['a file that cannot be run', 'fish'],
  ['no shell for a person', 'nologin'],
  ['a name without a folder', 'zsh/'],
])('where $SHELL is %s, bash comes next', async (_what, shell) => {
  const named = shell && !shell.startsWith('/') && !shell.endsWith('/') ? path(shell) : shell;
  expect(await chooseShell({ ...(named ? { SHELL: named } : {}), PATH: `/nowhere:${folder}` })).toEqual({
    kind: 'bash',
    file: path('bash'),
  });
});

test('without a PATH the usual places are tried', async () => {
  expect(await chooseShell({})).toEqual({ kind: 'bash', file: '/bin/bash' });
});

test('on Windows it is PowerShell', async () => {
  expect(await chooseShell({ SHELL: '/bin/bash', Path: folder }, 'win32')).toEqual({
    kind: 'pwsh',
    file: path('pwsh.exe'),
  });
});
