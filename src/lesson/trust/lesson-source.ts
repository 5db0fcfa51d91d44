import { realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { cleanText } from '../../engine/clean-text.ts';
import { didYouMean } from '../../engine/did-you-mean.ts';
import { hasCode } from '../../sandbox/has-code.ts';

/** What `slipway learn WORD` means. `folder` is absolute. */
export type LessonSource =
  | { kind: 'id'; id: string }
  | { kind: 'folder'; folder: string }
  | { kind: 'refused'; why: string; advice: string };

const URL = /^[a-z][a-z+.-]*:\/\//i;
/** `git@host:path`, as git and scp write it. */
const SCP = /^[\w.-]+@[\w.-]+:/;
/** `github.com/somebody/lesson`: a host, where no such folder is. */
const HOST = /^[\w-]+(?:\.[\w-]+)+\/./;
const ARCHIVE = /\.(?:zip|7z|rar|tar|tgz|txz|tbz2?|tar\.\w+)$/i;

/**
 * @param known ids of the lessons that Slipway brings along
 * @param cwd what a folder is relative to
 */
export async function lessonSource(
  word: string,
  known: readonly string[],
  cwd: string,
): Promise<LessonSource> {
  if (known.includes(word)) return { kind: 'id', id: word };
  if (URL.test(word) || SCP.test(word)) return refuseFar(word, 'an address');
  const folder = resolve(cwd, word);
  if (await isThere(join(folder, 'lesson.md'))) return { kind: 'folder', folder };
  if (ARCHIVE.test(word)) return refuseFar(word, 'an archive');
  if (await isThere(folder)) return refuseFolder(word);
  if (HOST.test(word)) return refuseFar(word, 'an address');
  return /[/\\]/.test(word) || word === '' ? refuseFolder(word) : refuseId(word, known);
}

function refuseFar(word: string, what: string): LessonSource {
  return {
    kind: 'refused',
    why: `${cleanText(word)} is ${what}, and a lesson runs commands on your engine: Slipway takes none that nobody has looked at.`,
    advice: 'Get it, look at it, then: slipway learn ./folder',
  };
}

function refuseFolder(word: string): LessonSource {
  return {
    kind: 'refused',
    why: `There is no lesson in ${cleanText(word) || 'a folder without a name'}: it has no lesson.md.`,
    advice: 'To begin one of your own: slipway lesson new',
  };
}

function refuseId(word: string, known: readonly string[]): LessonSource {
  const near = didYouMean(word, known);
  return {
    kind: 'refused',
    why: `No lesson is called ${cleanText(word)}${near === null ? '.' : `; did you mean ${near}?`}`,
    advice: `For a lesson in a folder: slipway learn ./folder. Known: ${known.join(', ')}`,
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE')) return false;
    throw error;
  }
}

/** Whether a folder is one of the lessons that Slipway brings along; all others are strangers'. */
export async function isOwnLesson(folder: string, ownLessons: string): Promise<boolean> {
  const [real, own] = await Promise.all([realpath(folder), realpath(ownLessons)]);
  return real.startsWith(own + sep);
}
