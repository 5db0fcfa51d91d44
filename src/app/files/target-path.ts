import { lstat, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { cleanText } from '../../engine/clean-text.ts';
import { EngineError } from '../../engine/errors.ts';
import { diskError } from './disk-error.ts';

/** A path as the person typed it, made absolute: `~` is their home, anything else counts from the folder Slipway was started in. */
export function typedPath(typed: string): string {
  const text = typed.trim();
  if (text === '~' || text.startsWith('~/')) return join(homedir(), text.slice(1));
  return resolve(text);
}

/** Where a copy goes, as `docker cp` takes it: into a folder that is there, else under that very name. */
export async function targetPath(
  typed: string,
  name: string,
): Promise<{ path: string; there: 'nothing' | 'file' }> {
  const given = typedPath(typed);
  const kind = await kindAt(given);
  if (typed.trim().endsWith('/') && kind === 'nothing')
    throw new EngineError('not-found', `there is no folder ${cleanText(given)}`);
  const path = kind === 'folder' ? join(given, nameOnDisk(name)) : given;
  const there = kind === 'folder' ? await kindAt(path) : kind;
  if (there === 'folder')
    throw new EngineError('conflict', `${cleanText(path)} is there already, and is a folder`, {
      advice: 'Nothing was copied: choose another name.',
    });
  if (there === 'other')
    throw new EngineError('conflict', `${cleanText(path)} is there already, and is no file`, {
      advice: 'Nothing was copied: choose another name.',
    });
  return { path, there };
}

/** The root of a place has no name of its own. */
function nameOnDisk(name: string): string {
  return basename(name.toWellFormed()) || 'files';
}

async function kindAt(path: string): Promise<'nothing' | 'file' | 'folder' | 'other'> {
  try {
    // A link to a folder is a folder; one to anything else is not written through.
    const followed = await stat(path).catch(() => null);
    if (followed?.isDirectory()) return 'folder';
    return (await lstat(path)).isFile() ? 'file' : 'other';
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 'nothing';
    throw diskError(cause, path);
  }
}
