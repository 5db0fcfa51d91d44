import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { TerminalError } from './terminal-error.ts';

/**
 * Path of the program that would be started. Asked beforehand: a pseudo-terminal is open before its program is, so that
 * a failure would come as text on its screen (`execvp(3) failed.`). Throws `TerminalError`.
 */
export async function findProgram(file: string, path: string, cwd: string): Promise<string> {
  await checkFolder(cwd);
  if (process.platform === 'win32') return file;
  let denied = false;
  for (const candidate of candidates(file, path, cwd)) {
    const found = await look(candidate);
    if (found === 'program') return candidate;
    if (found === 'denied') denied = true;
  }
  if (denied)
    throw new TerminalError(`${file} cannot be started`, { advice: `It is no program, or not executable` });
  throw new TerminalError(`There is no ${file}`, {
    advice: file.includes('/') ? 'Check its path' : 'It is in none of the folders of PATH',
  });
}

function candidates(file: string, path: string, cwd: string): string[] {
  if (isAbsolute(file)) return [file];
  if (file.includes('/')) return [resolve(cwd, file)];
  return path.split(delimiter).map((folder) => join(resolve(cwd, folder), file));
}

async function look(file: string): Promise<'program' | 'denied' | 'nothing'> {
  try {
    if (!(await stat(file)).isFile()) return 'denied';
    await access(file, constants.X_OK);
    return 'program';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'denied' : 'nothing';
  }
}

async function checkFolder(folder: string): Promise<void> {
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (error) {
    throw new TerminalError(`The folder ${folder} is not there`, {
      advice: 'Choose another to start in',
      cause: error,
    });
  }
  throw new TerminalError(`${folder} is no folder`, { advice: 'Choose another to start in' });
}
