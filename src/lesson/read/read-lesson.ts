import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { cleanText } from '../../engine/clean-text.ts';
import type { LessonProblem } from '../lesson.ts';
import {
  MOST_LESSON,
  parseLesson,
  translationFile,
  type LessonFiles,
  type ParsedLesson,
} from './parse-lesson.ts';
import type { Translation } from './parse-translation.ts';
import { complainAbout, hasErrors } from './parse-problems.ts';

export type ReadLesson = ParsedLesson & {
  /** What was read, for lint; null where there was nothing to read. */
  files: LessonFiles | null;
};

const MOST_FILES = 300;
const MOST_DEPTH = 6;
/** Bytes; a character takes up to four. */
const MOST_BYTES = 4 * MOST_LESSON;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/;

/** Reads the lesson of a folder, and nothing outside of it. What is wrong with the folder is a problem, never thrown. */
export async function readLesson(folder: string, language?: string): Promise<ReadLesson> {
  const problems: LessonProblem[] = [];
  const files = await readFiles(folder, language, problems).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return complainAbout('lesson.md', problems)(null, `cannot be read: ${cleanText(error.message)}`) ?? null;
  });
  if (files === null) return { lesson: null, tests: [], problems, files };
  const parsed = parseLesson(files, folder);
  const all = [...problems, ...parsed.problems];
  return { lesson: hasErrors(problems) ? null : parsed.lesson, tests: parsed.tests, problems: all, files };
}

async function readFiles(
  folder: string,
  language: string | undefined,
  problems: LessonProblem[],
): Promise<LessonFiles | null> {
  const root = await quietly(() => realpath(folder));
  const read = async (name: string): Promise<string | null> =>
    root === null ? null : readText(root, name, problems);
  const text = await read('lesson.md');
  if (root === null || text === null) {
    if (!hasErrors(problems))
      complainAbout('lesson.md', problems)(
        null,
        `there is no lesson.md in ${folder}: is it the folder of a lesson?`,
      );
    return null;
  }
  const names = await listFiles(root, problems);
  return {
    'lesson.md': text,
    'solution.yaml': await read('solution.yaml'),
    'tests.yaml': await read('tests.yaml'),
    translation: await readTranslation(language, read),
    names,
    dockerfiles: await readDockerfiles(names, read),
  };
}

/** `fr-CA` takes `lesson.fr-CA.md`, else `lesson.fr.md`; English is what lessons are written in. */
async function readTranslation(
  language: string | undefined,
  read: (name: string) => Promise<string | null>,
): Promise<Translation | null> {
  if (language === undefined || !LANGUAGE.test(language)) return null;
  for (const each of new Set([language, language.split('-')[0] ?? language])) {
    const text = await read(translationFile(each));
    if (text !== null) return { language: each, text };
  }
  return null;
}

async function readDockerfiles(
  names: readonly string[],
  read: (name: string) => Promise<string | null>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of names.filter((each) => /dockerfile|containerfile/i.test(each)))
    found[name] = (await read(`files/${name}`)) ?? '';
  return found;
}

/** A file's text; null where it is not there. A link that leads out of the folder, or what is no file, is refused. */
async function readText(root: string, name: string, problems: LessonProblem[]): Promise<string | null> {
  const complain = complainAbout(name, problems);
  const refused = (text: string): null => complain(1, text) ?? null;
  const path = await quietly(() => realpath(join(root, name)));
  if (path === null) return null;
  if (!path.startsWith(root + sep)) return refused('is a link that leads out of the folder');
  const stats = await lstat(path);
  if (!stats.isFile()) return refused('is not a file');
  if (stats.size > MOST_BYTES) return refused(`is too large: at most ${MOST_BYTES} bytes`);
  return decode(await readFile(path), complain);
}

function decode(bytes: Uint8Array, complain: ReturnType<typeof complainAbout>): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    complain(1, 'is not text in UTF-8: save it as UTF-8');
    return null;
  }
}

/** All below `files/`, as paths with slashes; no links, so that nothing from outside gets to the learner. */
async function listFiles(root: string, problems: LessonProblem[]): Promise<string[]> {
  const names: string[] = [];
  const complain = complainAbout('files', problems);
  const walk = async (folder: string, prefix: string, depth: number): Promise<void> => {
    if (depth > MOST_DEPTH)
      return complain(null, `${prefix} is nested too deeply: at most ${MOST_DEPTH} folders`);
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = prefix + entry.name;
      if (name !== cleanText(name)) complain(null, `${cleanText(name)}: a name with control characters`);
      else if (entry.isDirectory()) await walk(join(folder, entry.name), `${name}/`, depth + 1);
      else if (!entry.isFile())
        complain(null, `files/${name} is a link or a device: put the file itself there`);
      else if (names.push(name) > MOST_FILES)
        return complain(null, `there are more than ${MOST_FILES} files`);
    }
  };
  const stats = await quietly(() => lstat(join(root, 'files')));
  if (stats?.isDirectory() === true) await walk(join(root, 'files'), '', 1);
  else if (stats !== null) complain(null, 'files has to be a folder of its own');
  return names;
}

/** Null where it is not there; what else goes wrong is thrown on. */
async function quietly<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
