import { didYouMean } from '../../engine/did-you-mean.ts';
import type { Kind } from '../../engine/objects.ts';
import type { Check, Filter, Mismatch } from '../check.ts';
import { fillInSay, type SayBindings } from './fill-in-say.ts';
import type { Verdict } from '../verdict.ts';
import type { World } from '../world.ts';
import { isSo } from './container-state.ts';
import { findFiltered, isContainer } from './filter-things.ts';
import type { Known } from './finding.ts';
import { judgeTest, objectClaims, type ObjectClaim } from './judge-test.ts';
import { fits } from './match-text.ts';
import { sentence } from './plain-text.ts';
import { findNamed, idOf, nameOf, namesOf, type ThingOf } from './things.ts';

/** A program of the author has no place in `otherwise`. */
const SAID_BY_SCRIPT = -1;

/** Why a test does not hold: the author's words for it, where they have foreseen it, else ours. */
export function explain(check: Check, finding: Known, world: World): Verdict {
  const { expected, actual, said } = finding;
  if (said?.kind === 'mistake') return { ...said, expected, actual, which: SAID_BY_SCRIPT };
  const subjects = subjectsOf(objectClaims(check.test), world);
  for (const [which, entry] of check.otherwise.entries()) {
    if (entry.if === null)
      return { kind: 'not-yet', say: said?.say ?? filledIn(entry.say, about(subjects)), expected, actual };
    const bindings = fit(entry.if, check, subjects, world);
    if (bindings !== null)
      return { kind: 'mistake', say: filledIn(entry.say, bindings), expected, actual, which };
  }
  const say = said?.say ?? sentence(`Expected: ${expected}. Found: ${actual}.`);
  return { kind: 'not-yet', say, expected, actual };
}

function filledIn(say: string, bindings: SayBindings): string {
  return sentence(fillInSay(say, bindings));
}

/** A container has most to tell. */
function about(subjects: readonly ThingOf[Kind][]): SayBindings {
  return { actual: subjects.find(isContainer) ?? subjects[0] };
}

/** What is there of what the check is about. */
function subjectsOf(claims: readonly ObjectClaim[], world: World): readonly ThingOf[Kind][] {
  return claims.flatMap(({ subject, of }): readonly ThingOf[Kind][] =>
    'name' in of ? findNamed(world, subject, of.name) : findFiltered(world, subject, of.filter),
  );
}

/** What the sentence may speak of, or null where this is not what happened. */
function fit(
  mismatch: Mismatch,
  check: Check,
  subjects: readonly ThingOf[Kind][],
  world: World,
): SayBindings | null {
  if ('actual' in mismatch) {
    const hit = subjects.filter(isContainer).find((container) => isSo(mismatch.actual, container));
    return hit === undefined ? null : { actual: hit };
  }
  if ('other' in mismatch) {
    const other = findOther(mismatch.other, check, subjects, world);
    return other === undefined ? null : { ...about(subjects), other };
  }
  if ('typed' in mismatch) return wasTyped(mismatch.typed, world) ? about(subjects) : null;
  return judgeTest(mismatch.test, world).holds === true ? about(subjects) : null;
}

function wasTyped(pattern: string, world: World): boolean {
  return world.typed.some(({ at, line }) => at >= world.began.step && fits(pattern, line) === true);
}

/** Of what the filter lets through: what is called nearly so, else the newest; never the subject itself. */
function findOther(
  filter: Filter,
  check: Check,
  subjects: readonly ThingOf[Kind][],
  world: World,
): ThingOf[Kind] | undefined {
  const claims = objectClaims(check.test);
  const kind = claims[0]?.subject ?? 'container';
  const own = new Set(subjects.map(idOf));
  const others: readonly ThingOf[Kind][] = findFiltered(world, kind, filter).filter(
    (thing) => !own.has(idOf(thing)),
  );
  const [name] = claims.flatMap(({ subject, of }) => (subject === kind && 'name' in of ? [of.name] : []));
  const near = name === undefined ? null : didYouMean(name, others.map(nameOf));
  return (
    others.find((thing) => near !== null && namesOf(thing).includes(near)) ??
    others.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))[0]
  );
}
