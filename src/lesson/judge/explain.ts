import { didYouMean } from '../../engine/did-you-mean.ts';
import type { Kind } from '../../engine/objects.ts';
import type { Check, Filter, Mismatch } from '../check.ts';
import { fillInSay, type SayBindings } from '../fill-in-say.ts';
import type { Verdict } from '../verdict.ts';
import type { ContainerFacts, World } from '../world.ts';
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
  if (said?.kind === 'mistake')
    return { kind: 'mistake', say: said.say, expected, actual, which: SAID_BY_SCRIPT };
  const subjects = subjectsOf(objectClaims(check.test), world);
  for (const [which, entry] of check.otherwise.entries()) {
    const bindings =
      entry.if === null
        ? { actual: subjects.find(isContainer) ?? subjects[0] }
        : fit(entry.if, check, subjects, world);
    if (bindings === null) continue;
    if (entry.if === null && said !== null) break;
    const say = sentence(fillInSay(entry.say, bindings));
    return entry.if === null
      ? { kind: 'not-yet', say, expected, actual }
      : { kind: 'mistake', say, expected, actual, which };
  }
  const own = `Expected: ${expected}. Found: ${actual}.`;
  return {
    kind: 'not-yet',
    say: said !== null && said.say !== '' ? said.say : sentence(own),
    expected,
    actual,
  };
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
  const containers = subjects.filter(isContainer);
  const actual: ContainerFacts | ThingOf[Kind] | undefined = containers[0] ?? subjects[0];
  if ('actual' in mismatch) {
    const hit = containers.find((container) => isSo(mismatch.actual, container));
    return hit === undefined ? null : { actual: hit };
  }
  if ('other' in mismatch) {
    const other = findOther(mismatch.other, check, subjects, world);
    return other === undefined ? null : { actual, other };
  }
  if ('typed' in mismatch) return wasTyped(mismatch.typed, world) ? { actual } : null;
  return judgeTest(mismatch.test, world).holds === true ? { actual } : null;
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
