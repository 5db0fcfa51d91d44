import type { Lesson } from '../lesson.ts';
import { innerTests, testsOf } from '../read/parse-references.ts';

/** Whether checks of a lesson run programs that came with it. */
export function hasScripts({ steps }: Lesson): boolean {
  const tests = steps.flatMap(({ checks }) => checks.flatMap(testsOf)).flatMap(innerTests);
  return tests.some((test) => 'script' in test);
}
