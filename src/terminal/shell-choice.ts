import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

export type ShellKind = 'bash' | 'zsh' | 'fish' | 'sh' | 'pwsh' | 'other';

/** `file` is a full path. */
export type ShellChoice = { kind: ShellKind; file: string };

/** By the name of the program. `sh` may be any of its family: what it is shows when it runs. */
const KINDS: Readonly<Record<string, ShellKind>> = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  sh: 'sh',
  dash: 'sh',
  ash: 'sh',
  busybox: 'sh',
  ksh: 'sh',
  ksh93: 'sh',
  mksh: 'sh',
  oksh: 'sh',
  pwsh: 'pwsh',
  powershell: 'pwsh',
};

/** What stands in the place of a shell for users who are not to have one. */
const NOT_SHELLS = new Set(['false', 'true', 'nologin', 'sync', 'git-shell', 'shutdown', 'halt']);

/** What to try after the user's own, best first. */
const FALLBACKS: Readonly<Record<'posix' | 'windows', readonly string[]>> = {
  posix: ['bash', 'sh', '/bin/bash', '/bin/sh'],
  windows: ['pwsh.exe', 'powershell.exe', 'cmd.exe'],
};

/**
 * The user's own shell ($SHELL), else bash, else sh; on Windows PowerShell, else cmd. Null where there is none at all.
 */
export async function chooseShell(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<ShellChoice | null> {
  const windows = platform === 'win32';
  // $SHELL on Windows is that of an outer Git Bash or Cygwin, as a path that Windows does not know.
  const own = windows ? undefined : env['SHELL'];
  const names = [...(own && isAbsolute(own) ? [own] : []), ...FALLBACKS[windows ? 'windows' : 'posix']];
  for (const name of names) {
    if (NOT_SHELLS.has(baseName(name))) continue;
    const file = await findShell(name, env, windows);
    if (file) return { kind: KINDS[baseName(file)] ?? 'other', file };
  }
  return null;
}

function baseName(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/\.exe$/i, '').toLowerCase();
}

async function findShell(name: string, env: NodeJS.ProcessEnv, windows: boolean): Promise<string | null> {
  const path = (windows ? env['Path'] : undefined) ?? env['PATH'] ?? '';
  const folders = path.split(windows ? ';' : ':').filter((folder) => folder !== '');
  for (const file of isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))) {
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}
