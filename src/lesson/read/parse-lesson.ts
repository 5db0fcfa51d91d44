import { basename } from 'node:path';
import type { Lesson, LessonProblem } from '../lesson.ts';
import { parseLessonTests, type LessonTest } from './lesson-tests.ts';
import { partFrontMatter, parseFrontMatter } from './parse-front-matter.ts';
import { complainAbout, hasErrors } from './parse-problems.ts';
import { checkNeeds, checkReferences } from './parse-references.ts';
import { withSolutions } from './parse-solution.ts';
import { cutSections, parseSteps } from './parse-steps.ts';
import { cleanLines } from './parse-text.ts';
import { translate, type Translation } from './parse-translation.ts';
import { refuseUnsafe } from './parse-unsafe.ts';

/** What a lesson's folder holds, as text. */
export type LessonFiles = {
  'lesson.md': string;
  'solution.yaml': string | null;
  'tests.yaml': string | null;
  /** `lesson.<language>.md`, where it was asked for and is there. */
  translation?: Translation | null;
  /** Paths of all files below `files/`. */
  names: readonly string[];
  /** The Dockerfiles among them, by their path: only lint looks into them. */
  dockerfiles?: Readonly<Record<string, string>>;
};

export type ParsedLesson = {
  /** Null where there is an error among the problems. */
  lesson: Lesson | null;
  tests: readonly LessonTest[];
  /** All that was found, not only the first. */
  problems: readonly LessonProblem[];
};

/** Characters; a long lesson has about 20,000. */
export const MOST_LESSON = 256_000;

/** Reads a lesson's files. Whatever they hold, it ends soon, with a lesson or with problems that say where and what. */
export function parseLesson(files: LessonFiles, folder: string): ParsedLesson {
  const problems: LessonProblem[] = [];
  const lesson = isTooLong(files, problems) ? null : readAll(files, folder, problems);
  const tests = lesson === null ? [] : readTests(files['tests.yaml'], problems);
  return { lesson: hasErrors(problems) ? null : lesson, tests, problems };
}

function isTooLong({ 'lesson.md': text, translation }: LessonFiles, problems: LessonProblem[]): boolean {
  const parts: [string, string][] = [
    ['lesson.md', text],
    [translationFile(translation?.language ?? ''), translation?.text ?? ''],
  ];
  const long = parts.find(([, each]) => each.length > MOST_LESSON);
  if (long === undefined) return false;
  complainAbout(long[0], problems)(1, `this is too long for a lesson: at most ${MOST_LESSON} characters`);
  return true;
}

function readAll(files: LessonFiles, folder: string, problems: LessonProblem[]): Lesson | null {
  const complain = complainAbout('lesson.md', problems);
  const parted = partFrontMatter(cleanLines(files['lesson.md']), complain);
  if (parted === null) return null;
  const front = parseFrontMatter(parted.front, complain);
  const sections = cutSections(parted.body, parted.bodyLine, complain);
  if (sections === null) return null;
  const { intro, steps: bare } = parseSteps(sections, complain);
  const solution = files['solution.yaml'];
  const steps =
    solution === null ? bare : withSolutions(bare, solution, complainAbout('solution.yaml', problems));
  if (front === undefined) return null;
  const lesson: Lesson = { ...front, number: numberOf(folder), intro, steps, folder, language: 'en' };
  const isWhole = !hasErrors(problems);
  checkReferences(lesson, files.names, complain);
  // A check that could not be read is missing among the others, and what needs it is not to blame.
  if (isWhole) checkNeeds(lesson, complain);
  refuseUnsafe(lesson, files, problems);
  return translated(lesson, files, problems);
}

function translated(lesson: Lesson, { translation }: LessonFiles, problems: LessonProblem[]): Lesson {
  if (translation === null || translation === undefined) return lesson;
  const complain = complainAbout(translationFile(translation.language), problems);
  const result = translate(lesson, translation, complain);
  checkReferences(result, [], complain);
  return result;
}

export function translationFile(language: string): string {
  return `lesson.${language}.md`;
}

/** `05-thin-layer` → 5 */
export function numberOf(folder: string): number | null {
  const [digits] = /^\d{1,4}(?=-)/.exec(basename(folder)) ?? [];
  return digits === undefined ? null : Number(digits);
}

function readTests(text: string | null, problems: LessonProblem[]): LessonTest[] {
  return text === null ? [] : parseLessonTests(text, complainAbout('tests.yaml', problems));
}
