import type { Kind } from '../../engine/objects.ts';
import type { Claim, Test } from '../check.ts';
import type { World } from '../world.ts';

/** A thing on the engine that a check calls by its name. */
export type Subject = { kind: Kind; name: string };

/**
 * What a check says of a thing: that it is there, that it is gone, or only that something happened to it (`touched`).
 * `isState`: it says how it stands, as `exited`.
 */
export type Mention = { subject: Subject; how: 'there' | 'gone' | 'touched'; isState: boolean };

type ObjectClaim = Extract<Claim, { subject: Kind }>;

/** Things named in a test; filters name none. Where one of several would do, nothing is sure. */
export function mentionsOf(test: Test): Mention[] {
  if ('all' in test) return test.all.flatMap(mentionsOf);
  if ('any' in test) return test.any.flatMap(mentionsOf).map((mention) => ({ ...mention, how: 'touched' }));
  if ('not' in test) return mentionsOf(test.not).map((mention) => ({ ...mention, how: denied(test.not) }));
  // What is known of the other engine is only what its own check says.
  if ('elsewhere' in test || 'script' in test || !isAboutObject(test) || !('name' in test.of)) return [];
  const isState = test.predicates.some((predicate) => 'is' in predicate);
  return [{ subject: { kind: test.subject, name: test.of.name }, how: howOf(test), isState }];
}

function isAboutObject(claim: Claim): claim is ObjectClaim {
  return ['container', 'image', 'volume', 'network'].includes(claim.subject);
}

/** Not there is gone; not so may be anything. */
function denied(test: Test): Mention['how'] {
  const isPlain = 'predicates' in test && test.predicates.every((p) => 'exists' in p && p.exists);
  return isPlain ? 'gone' : 'touched';
}

const TAKES_AWAY: readonly string[] = ['destroy', 'remove', 'delete', 'prune'];

function howOf({ predicates }: ObjectClaim): Mention['how'] {
  const takesAway = predicates.some(
    (p) =>
      ('exists' in p && !p.exists) ||
      ('count' in p && 'exactly' in p.count && p.count.exactly === 0) ||
      ('event' in p && TAKES_AWAY.includes(p.event.action)),
  );
  if (takesAway) return 'gone';
  return predicates.length > 0 && predicates.every((p) => 'event' in p) ? 'touched' : 'there';
}

/** Whether it is on the engine; a container also by the beginning of its id. */
export function isThere(world: World, { kind, name }: Subject): boolean {
  switch (kind) {
    case 'container':
      return world.containers.some((c) => c.name === name || (name.length >= 12 && c.id.startsWith(name)));
    case 'image':
      return world.images.some((i) => i.tags.includes(withTag(name)) || i.id === name);
    case 'volume':
      return world.volumes.some((volume) => volume.name === name);
    case 'network':
      return world.networks.some((network) => network.name === name);
  }
}

function withTag(name: string): string {
  return /:[^/]*$|@/.test(name) ? name : `${name}:latest`;
}
