import { cleanText } from '../../engine/clean-text.ts';
import { EngineError } from '../../engine/errors.ts';

const MEANINGS: Readonly<Record<string, { says: string; advice?: string }>> = {
  ENOSPC: {
    says: 'no space left on device',
    advice: 'This disk is full; what was copied so far is gone again.',
  },
  EDQUOT: { says: 'disk quota exceeded', advice: 'What was copied so far is gone again.' },
  EACCES: { says: 'permission denied', advice: 'Choose a folder that is yours.' },
  EPERM: { says: 'operation not permitted' },
  EROFS: { says: 'this file system is read-only', advice: 'Choose another folder.' },
  ENOENT: { says: 'no such file or folder' },
  ENOTDIR: { says: 'a part of the path is not a folder' },
  EEXIST: { says: 'it is there already' },
  ENAMETOOLONG: { says: 'the name is too long for this disk' },
  EISDIR: { says: 'it is a folder' },
  ELOOP: { says: 'too many links, one after the other' },
};

/** What our own disk said, in words, with the path that it is about. Anything else is given back as it is. */
export function diskError(cause: unknown, path: string): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return cause;
  if (cause instanceof EngineError) return cause;
  const meaning = MEANINGS[cause.code];
  if (meaning === undefined && !('syscall' in cause)) return cause;
  const kind = cause.code === 'ENOSPC' || cause.code === 'EDQUOT' ? 'disk-full' : 'rejected';
  const says = meaning?.says ?? cause.code;
  return new EngineError(kind, `${cleanText(path)}: ${says}`, { advice: meaning?.advice ?? '', cause });
}
