import { cleanText } from '../../engine/clean-text.ts';
import { EngineError } from '../../engine/errors.ts';

const SAYINGS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOTDIR: 'not a folder',
  EISDIR: 'is a folder',
  ELOOP: 'links that lead in a circle',
};

/** What the disk refused, as a build refuses it: with the path, and before anything is sent. Anything but a disk's refusal is thrown on. */
export function diskProblem(error: unknown, path: string, missing: string): EngineError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  const said = SAYINGS[error.code] ?? error.message;
  const advice =
    error.code === 'ENOENT'
      ? missing
      : error.code === 'EACCES'
        ? 'Make it readable (chmod), or leave it out: a line with its path in .dockerignore.'
        : '';
  const kind = error.code === 'ENOENT' ? 'missing' : 'rejected';
  return new EngineError(kind, `${cleanText(path)}: ${said}`, { advice, cause: error });
}
