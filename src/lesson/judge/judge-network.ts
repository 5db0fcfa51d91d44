import type { ExistencePredicate, NetworkPredicate } from '../check.ts';
import { found, type Finding } from './finding.ts';
import { judgeDriver } from './judge-volume.ts';
import { listed } from './plain-text.ts';
import type { Subject } from './subject.ts';

export type OfNetwork = Exclude<NetworkPredicate, ExistencePredicate>;

/** What is claimed of a network that is there. */
export function judgeNetwork(predicate: OfNetwork, { thing }: Subject<'network'>): Finding {
  if ('driver' in predicate) return judgeDriver(predicate.driver, thing.driver);
  if ('internal' in predicate) {
    const told = (internal: boolean): string => (internal ? 'without a way out' : 'with a way out');
    return found(predicate.internal === thing.internal, told(predicate.internal), told(thing.internal));
  }
  const { members } = thing;
  const holds = predicate.members.every((name) => members.includes(name));
  const actual = members.length === 0 ? 'it has no members' : `its members are ${listed(members)}`;
  return found(holds, `${listed(predicate.members)} in it`, actual);
}
