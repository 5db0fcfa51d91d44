import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { Check, Test } from '../check.ts';
import { templateNames } from '../fill-in.ts';
import type { Block, Lesson, Step } from '../lesson.ts';
import type { Complain } from './parse-problems.ts';

/** What one part of a lesson says of another: ids that are unique, names that are known. */
export function checkReferences(lesson: Lesson, files: readonly string[], complain: Complain): void {
  const all = lesson.steps.flatMap(({ checks }) => checks);
  refuseDoubles('steps', lesson.steps, complain);
  refuseDoubles('checks', all, complain);
  refuseDoubles(
    'blocks',
    [...lesson.intro, ...lesson.steps.flatMap(({ blocks }) => blocks)].flatMap(withInner),
    complain,
  );
  for (const check of all) checkScripts(check, files, complain);
  checkVariables(lesson, complain);
}

export function withInner(block: Block): Block[] {
  return block.kind === 'only' ? [block, ...block.blocks.flatMap(withInner)] : [block];
}

function refuseDoubles(
  what: string,
  things: readonly { id: string; line: number }[],
  complain: Complain,
): void {
  const seen = new Map<string, number>();
  for (const { id, line } of things) {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, line);
    else if (id !== '') complain(line, `two ${what} have the id “${id}”: the other is on line ${first}`);
  }
}

export function checkNeeds({ steps }: Lesson, complain: Complain): void {
  for (const step of steps) checkNeedsOf(step, complain);
}

function checkNeedsOf({ id: stepId, checks }: Step, complain: Complain): void {
  const ids = checks.map(({ id }) => id);
  for (const { id, needs, line } of checks) {
    for (const need of needs)
      if (!ids.includes(need))
        complain(
          line,
          `“${id}” needs “${need}”, and step “${stepId}” has no such check${didYouMeanHint(need, ids)}`,
        );
    if (isInCycle(id, checks)) complain(line, `“${id}” waits for itself: the needs go round in a circle`);
  }
}

function isInCycle(id: string, checks: readonly Check[]): boolean {
  const needsOf = new Map(checks.map((check) => [check.id, check.needs]));
  const seen = new Set<string>();
  const ahead = [...(needsOf.get(id) ?? [])];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    ahead.push(...(needsOf.get(next) ?? []));
  }
  return false;
}

/** Every test of a check: its own, and those of its `else`. */
export function testsOf({ test, otherwise }: Check): Test[] {
  return [
    test,
    ...otherwise.flatMap(({ if: mismatch }) => (mismatch && 'test' in mismatch ? [mismatch.test] : [])),
  ];
}

/** The test itself and all inside of it. */
export function innerTests(test: Test): Test[] {
  if ('all' in test) return [test, ...test.all.flatMap(innerTests)];
  if ('any' in test) return [test, ...test.any.flatMap(innerTests)];
  if ('elsewhere' in test) return [test, ...innerTests(test.elsewhere)];
  return 'not' in test ? [test, ...innerTests(test.not)] : [test];
}

function checkScripts(check: Check, files: readonly string[], complain: Complain): void {
  for (const test of testsOf(check).flatMap(innerTests))
    if ('script' in test && !files.includes(test.script.file))
      complain(check.line, `there is no files/${test.script.file}${didYouMeanHint(test.script.file, files)}`);
}

function checkVariables({ title, intro, steps, vars }: Lesson, complain: Complain): void {
  const known = Object.keys(vars);
  const look = (part: unknown, line: number, also: readonly string[] = []): void => {
    for (const name of new Set(templateNames(part)))
      if (!known.includes(name) && !also.includes(name))
        complain(
          line,
          `{{${name}}} is no variable of this lesson${didYouMeanHint(name, [...known, ...also])}`,
        );
  };
  look(title, 1);
  for (const block of [...intro, ...steps.flatMap(({ blocks }) => blocks)].flatMap(withInner))
    if (block.kind !== 'only') look(block, block.line);
  for (const { line, title: heading, hints, solution, checks } of steps) {
    look([heading, hints, solution], line);
    for (const { otherwise, ...rest } of checks) {
      look(rest, rest.line);
      for (const { if: mismatch, say } of otherwise) {
        look(mismatch, rest.line);
        look(say, rest.line, sayNames(mismatch));
      }
    }
  }
}

const ACTUAL = ['state', 'exitCode', 'oomKilled', 'restartCount', 'health'].map((key) => `actual.${key}`);
const OTHER = ['name', 'image', 'state'].map((key) => `other.${key}`);

/** What a sentence may tell besides the variables, by the condition it is said on. */
function sayNames(mismatch: Check['otherwise'][number]['if']): readonly string[] {
  if (mismatch !== null && 'other' in mismatch) return [...OTHER, ...ACTUAL];
  return ACTUAL;
}
