import type { Test } from './check.ts';
import type { Linted, Say } from './lint-lesson.ts';

export function lintChecks({ lesson: { steps } }: Linted, say: Say): void {
  for (const check of steps.flatMap(({ checks }) => checks)) {
    if (check.otherwise.at(-1)?.if !== null)
      say(
        'lesson.md',
        check.line,
        `“${check.id}” does not end its else with a plain “- say:”: what is missing while nothing else fits?`,
      );
    if (hangsOn(check.test, 'typed'))
      say(
        'lesson.md',
        check.line,
        `“${check.id}” passes by what was typed alone: claim something of the engine's state as well`,
      );
    else if (hangsOn(check.test, 'called'))
      say(
        'lesson.md',
        check.line,
        `“${check.id}” passes by a call on the wire alone: claim something of the engine's state too, where there is something`,
        'warning',
      );
  }
}

/** Whether there is a way to pass that asks for this and that no state of the engine has a part in. */
function hangsOn(test: Test, what: 'typed' | 'called'): boolean {
  return waysToPass(test).some((claims) => claims.some((each) => what in each) && claims.every(saysNothing));
}

/** Who the engine is, is so before anybody does anything. */
const NOTHING_OF_THE_STATE = ['typed', 'called', 'family', 'rootless'];

function saysNothing(claim: object): boolean {
  return NOTHING_OF_THE_STATE.some((key) => key in claim);
}

/** Each way as all that has to hold on it. A combination of choices counts every choice of its own. */
function waysToPass(test: Test): (readonly object[])[] {
  if ('any' in test) return test.any.flatMap(waysToPass);
  if ('not' in test) return waysToPass(test.not);
  if ('script' in test) return [[test]];
  if ('all' in test) {
    const ways = test.all.map(waysToPass);
    const certain = ways.flatMap((each) => (each.length === 1 ? (each[0] ?? []) : []));
    const chosen = ways.filter(({ length }) => length > 1);
    return chosen.length === 0 ? [certain] : chosen.flat().map((way) => [...certain, ...way]);
  }
  // A predicate of another subject can be called the same, but not one of these: see its table.
  return [test.subject === 'engine' ? test.predicates : [test]];
}
