import type { LessonProblem } from '../lesson.ts';

/** Says what is wrong; the line is that of the file, counted from 1. Gives nothing, as what is wrong is not read. */
export type Complain = (line: number | null, text: string, severity?: LessonProblem['severity']) => undefined;

/** More than that helps nobody, and what is not a lesson at all could give thousands. */
const MOST = 100;

export function complainAbout(file: string, problems: LessonProblem[]): Complain {
  return (line, text, severity = 'error') => {
    if (problems.length < MOST) problems.push({ file, line, severity, text });
    return undefined;
  };
}

export function hasErrors(problems: readonly LessonProblem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
