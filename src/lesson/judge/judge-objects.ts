import type { Kind } from '../../engine/objects.ts';
import type { Amount, ExistencePredicate, Filter, Since, Which } from '../check.ts';
import type { World } from '../world.ts';
import { amountNumber, amountText, isAmountSurely } from './amount.ts';
import { stateText } from './container-state.ts';
import { findFiltered, filterText, isContainer } from './filter-things.ts';
import { about, allOf, anyOf, found, type Finding, type Unknown } from './finding.ts';
import { isOfNamed, judgeEvent } from './judge-event.ts';
import { missingText } from './missing-text.ts';
import { listed, named } from './plain-text.ts';
import { subjectOf, type Subject } from './subject.ts';
import { findNamed, nameOf, type ThingOf } from './things.ts';

type EventPredicate = { event: { action: string; since: Since } };
type JudgeOne<K extends Kind, P> = (predicate: P, subject: Subject<K>) => Finding;

/** What is claimed of containers, images, volumes or networks; `judgeOne` looks at one that is there. */
export function judgeObjects<K extends Kind, P extends object>(
  world: World,
  kind: K,
  of: Which,
  predicates: readonly (P | ExistencePredicate)[],
  judgeOne: JudgeOne<K, P>,
): Finding {
  const amounts = predicates.filter((predicate) => isPresence(predicate)).map(amountOf);
  const others = predicates.filter((predicate): predicate is P => !isPresence(predicate));
  return 'name' in of
    ? judgeNamed(world, kind, of.name, amounts, others, judgeOne)
    : judgeFiltered(world, kind, of.filter, amounts, others, judgeOne);
}

function isPresence(predicate: object): predicate is ExistencePredicate {
  return 'exists' in predicate || 'count' in predicate;
}

function amountOf(predicate: ExistencePredicate): Amount {
  if ('count' in predicate) return predicate.count;
  return predicate.exists ? { least: 1 } : { exactly: 0 };
}

/** Each claim by itself: a thing may have to be gone, and its end have been seen. */
function judgeNamed<K extends Kind, P extends object>(
  world: World,
  kind: K,
  name: string,
  amounts: readonly Amount[],
  predicates: readonly P[],
  judgeOne: JudgeOne<K, P>,
): Finding {
  const things = findNamed(world, kind, name);
  const presence = (predicates.length === 0 && amounts.length === 0 ? [{ least: 1 }] : amounts).map(
    (amount) => judgePresence(world, kind, name, things, amount),
  );
  const missing = found(
    false,
    thingText(kind, name),
    missingText(world, kind, name),
    `no ${kind} ${named(name)}`,
  );
  const findings = predicates.map((predicate): Finding => {
    if (isEvent(predicate)) return judgeEvent(world, kind, predicate.event, isOfNamed(kind, name, things));
    if (things.length === 0) return missing;
    return anyOf(things.map((thing) => judgeOne(predicate, subjectOf(world, thing, name))));
  });
  return allOf([...presence, ...(findings.includes(missing) ? [missing] : []), ...findings]);
}

/** Whatever has the predicate can only be seen while it is there; what happened to it, afterwards too. */
function isEvent(predicate: object): predicate is EventPredicate {
  return 'event' in predicate;
}

function judgePresence<K extends Kind>(
  world: World,
  kind: K,
  name: string,
  things: readonly ThingOf[K][],
  amount: Amount,
): Finding {
  const holds = isAmountSurely(amount, things.length, 0) === true;
  const [some, none] = [thingText(kind, name), `no ${kind} ${named(name)}`];
  const isThere = amountNumber(amount) > 0;
  return found(holds, isThere ? some : none, thereText(world, kind, name, things), isThere ? none : some);
}

function thereText(world: World, kind: Kind, name: string, [thing]: readonly ThingOf[Kind][]): string {
  if (thing === undefined) return missingText(world, kind, name);
  return isContainer(thing) ? `it is there: ${stateText(thing)}` : 'it is there';
}

function thingText(kind: Kind, name: string): string {
  return `${kind === 'image' ? 'an' : 'a'} ${kind} ${named(name)}`;
}

/** The predicates leave out those that they do not hold for; the amount is about what is left. */
function judgeFiltered<K extends Kind, P extends object>(
  world: World,
  kind: K,
  filter: Filter,
  amounts: readonly Amount[],
  predicates: readonly P[],
  judgeOne: JudgeOne<K, P>,
): Finding {
  const candidates = findFiltered(world, kind, filter).map((thing) => ({
    thing,
    finding:
      predicates.length === 0
        ? ANY
        : allOf(predicates.map((one) => judgeOne(one, subjectOf(world, thing, null)))),
  }));
  return allOf(
    (amounts.length === 0 ? [{ least: 1 }] : amounts).map((amount) =>
      judgeAmount(kind, filter, amount, candidates),
    ),
  );
}

const ANY = found(true, '', '');

type Candidate = { thing: ThingOf[Kind]; finding: Finding };

function judgeAmount(kind: Kind, filter: Filter, amount: Amount, candidates: readonly Candidate[]): Finding {
  const left = candidates.filter(({ finding }) => finding.holds === true);
  const open = candidates
    .map(({ finding }) => finding)
    .filter((finding): finding is Unknown => finding.holds === null);
  const holds = isAmountSurely(amount, left.length, open.length);
  if (holds === null && open[0] !== undefined) return open[0];
  const what = filterText(kind, filter, amountNumber(amount));
  const claimed = claimedText(candidates);
  const expected = `${amountText(amount)} ${what}${claimed === '' ? '' : `, ${claimed}`}`;
  return found(holds === true, expected, `${countText(left)}${nearestText(candidates)}`);
}

/** The predicates in words; they have them only for things that are there. */
function claimedText(candidates: readonly Candidate[]): string {
  const known = candidates.map(({ finding }) => finding).find((finding) => finding.holds !== null);
  return known?.holds === undefined || known.holds === null ? '' : known.expected;
}

function countText(left: readonly Candidate[]): string {
  return left.length === 0
    ? 'there is none'
    : `there ${left.length === 1 ? 'is' : 'are'} ${left.length}: ${listed(left.map(({ thing }) => nameOf(thing)))}`;
}

/** The one that misses least, and what it misses. */
function nearestText(candidates: readonly Candidate[]): string {
  const [nearest] = candidates
    .flatMap(({ thing, finding }) => (finding.holds === false ? [{ thing, finding }] : []))
    .toSorted((a, b) => b.finding.nearness - a.finding.nearness);
  if (nearest === undefined) return '';
  const told = about(named(nameOf(nearest.thing)), nearest.finding);
  return told.holds === null ? '' : `; ${told.actual}`;
}
