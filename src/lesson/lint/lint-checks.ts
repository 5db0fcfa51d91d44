import type { Test } from '../check.ts';
import type { Linted, Say } from './lint-lesson.ts';

export function lintChecks({ lesson: { steps } }: Linted, say: Say): void {
  for (const check of steps.flatMap(({ checks }) => checks)) {
    if (check.otherwise.at(-1)?.if !== null)
      say(
        'lesson.md',
        check.line,
        `“${check.id}” does not end its else with a plain “- say:”: what is missing while nothing else fits?`,
      );
    if (hangsOnDoing(check.test))
      say(
        'lesson.md',
        check.line,
        `“${check.id}” passes by what was typed or called alone: claim something of the engine's state as well`,
      );
  }
}

/** Whether there is a way to pass that asks how it was done, and for nothing that came of it. */
function hangsOnDoing(test: Test): boolean {
  return waysToPass(test).some((claims) => claims.some(isDoing) && claims.every(saysNothing));
}

/** A list that was asked for leaves no trace but the call; what changes something does. */
function isDoing(claim: object): boolean {
  if ('typed' in claim) return true;
  return 'called' in claim && !/^(?:GET|HEAD)$/.test((claim.called as { method: string }).method);
}

/** Who the engine is, is so before anybody does anything. */
const NOTHING_OF_THE_STATE = ['family', 'rootless', 'feature'];

function saysNothing(claim: object): boolean {
  return isDoing(claim) || NOTHING_OF_THE_STATE.some((key) => key in claim);
}

/** Each way as all that has to hold on it. A combination of choices counts every choice of its own. */
function waysToPass(test: Test): (readonly object[])[] {
  if ('any' in test) return test.any.flatMap(waysToPass);
  if ('not' in test) return waysToPass(test.not);
  if ('elsewhere' in test) return waysToPass(test.elsewhere);
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
