import type { Amount, ExistencePredicate, VolumePredicate } from '../check.ts';
import type { ContainerFacts, FactWanted, VolumeFacts, World } from '../world.ts';
import { amountNumber, amountText, isAmount } from './amount.ts';
import { found, type Finding } from './finding.ts';
import { isOfThing, judgeEvent } from './judge-event.ts';
import { judgeFile } from './judge-file.ts';
import { judgePairs } from './judge-pairs.ts';
import { missingText } from './missing-text.ts';
import { listed, named, piece } from './plain-text.ts';
import { withFact } from './read-fact.ts';
import type { Subject } from './subject.ts';
import { findNamed } from './things.ts';

export type OfVolume = Exclude<VolumePredicate, ExistencePredicate>;

/** What is claimed of a volume that is there. */
export function judgeVolume(predicate: OfVolume, { world, thing, askedAs }: Subject<'volume'>): Finding {
  if ('driver' in predicate) return judgeDriver(predicate.driver, thing.driver);
  if ('labels' in predicate) return judgePairs('label', predicate.labels, thing.labels);
  if ('users' in predicate) return judgeUsers(predicate.users, usersOf(thing, world));
  if ('usedBy' in predicate) return judgeUsedBy(predicate.usedBy, thing, world);
  if ('event' in predicate) return judgeEvent(world, 'volume', predicate.event, isOfThing(thing));
  const { path } = predicate.file;
  const questions = askedAs.map((volume): FactWanted => ({ ask: 'volume-file', volume, path }));
  return withFact(world, questions, 'file', (text) => judgeFile(predicate.file, text));
}

export function judgeDriver(wanted: string, driver: string): Finding {
  return found(wanted === driver, `driver ${piece(wanted)}`, `driver ${piece(driver)}`);
}

function usersOf(volume: VolumeFacts, world: World): readonly ContainerFacts[] {
  return world.containers.filter((container) =>
    container.mounts.some((mount) => mount.type === 'volume' && mount.name === volume.name),
  );
}

function judgeUsers(amount: Amount, users: readonly ContainerFacts[]): Finding {
  const noun = amountNumber(amount) === 1 ? 'container that has it' : 'containers that have it';
  return found(isAmount(amount, users.length), `${amountText(amount)} ${noun}`, usersText(users));
}

function judgeUsedBy(name: string, volume: VolumeFacts, world: World): Finding {
  const containers = findNamed(world, 'container', name);
  const expected = `mounted in ${named(name)}`;
  if (containers.length === 0) return found(false, expected, missingText(world, 'container', name));
  const users = usersOf(volume, world);
  return found(
    containers.some((container) => users.includes(container)),
    expected,
    usersText(users),
  );
}

function usersText(users: readonly ContainerFacts[]): string {
  return users.length === 0
    ? 'no container has it'
    : `${listed(users.map(({ name }) => name))} ${users.length === 1 ? 'has' : 'have'} it`;
}
