import { beginsId } from '../../engine/object-id.ts';
import type { EngineEvent } from '../../engine/engine.ts';
import type { Kind } from '../../engine/objects.ts';
import type { Since } from '../check.ts';
import type { World } from '../world.ts';
import { found, type Finding } from './finding.ts';
import { listed } from './plain-text.ts';
import { idOf, isSameName, namesOf, type ThingOf } from './things.ts';

/** What people and podman say, in the words of events; other words are taken as they are. */
const ACTIONS: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  container: { remove: 'destroy', delete: 'destroy', rm: 'destroy', died: 'die', unpaused: 'unpause' },
  image: { remove: 'delete', rmi: 'delete', destroy: 'delete' },
  volume: { remove: 'destroy', delete: 'destroy', rm: 'destroy' },
  network: { remove: 'destroy', delete: 'destroy', rm: 'destroy' },
};

type Wanted = { action: string; since: Since };

/** Whether something happened; `whose` are the events that count. */
export function judgeEvent(
  world: World,
  kind: Kind,
  { action, since }: Wanted,
  whose: (event: EngineEvent) => boolean,
): Finding {
  const from = world.began[since];
  const own = world.events.filter((event) => event.kind === kind && event.at >= from && whose(event));
  const seen = [...new Set(own.map((event) => event.action.split(':', 1)[0] ?? ''))];
  const expected = `an event "${action}" in this ${since}`;
  const actual = seen.length === 0 ? 'nothing has happened' : `what happened: ${listed(seen)}`;
  return found(
    hasHappened(world, kind, action, seen),
    expected,
    actual,
    `no event "${action}" in this ${since}`,
  );
}

function hasHappened(world: World, kind: Kind, action: string, seen: readonly string[]): boolean {
  const known = ACTIONS[kind];
  const wanted = (Object.hasOwn(known, action) ? known[action] : undefined) ?? action;
  if (seen.includes(wanted)) return true;
  // Podman tells of a restart only as an end and a start (measured on 4.3).
  const isRestart = wanted === 'restart' && kind === 'container' && world.engine.family === 'podman';
  return isRestart && seen.includes('die') && seen.includes('start');
}

/** Events of whatever bears the name: it may be gone by now. */
export function isOfNamed(
  kind: Kind,
  name: string,
  things: readonly ThingOf[Kind][],
): (event: EngineEvent) => boolean {
  return (event) =>
    isSameName(kind, event.name, name) ||
    (kind === 'image' && isSameName(kind, event.id, name)) ||
    (kind !== 'volume' && beginsId(event.id, name)) ||
    things.some((thing) => isOfThing(thing)(event));
}

export function isOfThing(thing: ThingOf[Kind]): (event: EngineEvent) => boolean {
  const names = 'tags' in thing ? namesOf(thing) : [];
  // dockerd tells of a pull and a push with the name as the id, and without its tag as the name.
  return (event) => event.id === idOf(thing) || names.includes(event.name) || names.includes(event.id);
}
