import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { Lesson, LessonProblem } from '../lesson.ts';
import type { LessonTest } from '../read/lesson-tests.ts';
import { lintChecks } from './lint-checks.ts';
import { lintCommands } from './lint-commands.ts';
import { lintFences } from './lint-fences.ts';
import { lintHints } from './lint-hints.ts';
import { lintImages } from './lint-images.ts';
import { lintMyths } from './lint-myths.ts';
import { lintReading } from './lint-reading.ts';
import { lintRegistryEvents } from './lint-registry-events.ts';
import { lintSteps } from './lint-steps.ts';
import { lintSyntaxLines } from './lint-syntax-lines.ts';
import { lintTests } from './lint-tests.ts';
import type { LessonFiles } from '../read/parse-lesson.ts';
import { complainAbout, type Complain } from '../read/parse-problems.ts';

/** What lint looks at: a lesson without errors, and the files that it was read from. */
export type Linted = {
  lesson: Lesson;
  tests: readonly LessonTest[];
  files: LessonFiles;
  /** Ids of all lessons that there are, for `requires`; null where they are not known. */
  lessonIds: readonly string[] | null;
};

/** Where to say what is wrong: `say('lesson.md', 12, '…', 'warning')`. */
export type Say = (file: string, ...problem: Parameters<Complain>) => void;

/** Each looks for one thing that makes a lesson worse than it could be. */
const LINTS: readonly ((linted: Linted, say: Say) => void)[] = [
  lintRequires,
  lintSteps,
  lintHints,
  lintChecks,
  lintCommands,
  lintSyntaxLines,
  lintImages,
  lintFences,
  lintReading,
  lintMyths,
  lintRegistryEvents,
  lintTests,
];

/** What is to be mended in a lesson that could be read; errors in reading are those of `parseLesson`. */
export function lintLesson(linted: Linted): readonly LessonProblem[] {
  const problems: LessonProblem[] = [];
  for (const lint of LINTS)
    lint(linted, (file, line, text, severity) => complainAbout(file, problems)(line, text, severity));
  return problems.toSorted((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0));
}

function lintRequires({ lesson: { id, requires }, lessonIds }: Linted, say: Say): void {
  for (const wanted of requires) {
    if (wanted === id) say('lesson.md', 1, 'the lesson requires itself');
    else if (lessonIds !== null && !lessonIds.includes(wanted))
      say(
        'lesson.md',
        1,
        `it requires “${wanted}”, which is no lesson here${didYouMeanHint(wanted, lessonIds)}`,
      );
  }
}
