import type { EngineEvent } from './engine.ts';
import { shortImageName } from './image-name.ts';
import type { RawEvent } from './raw-event.ts';

/** Docker's words for podman's (measured on 4.3; 5.x has the same). */
const ACTIONS: Readonly<Record<string, string>> = { remove: 'destroy', died: 'die' };
/** Steps inside a start and an end that change nothing that a list shows. */
const INNER_STEPS = new Set(['init', 'cleanup']);

/** What an event of podman tells, in Docker's terms. */
export function podmanEvents(raw: RawEvent): EngineEvent[] {
  const { at, id, name } = raw;
  const action = ACTIONS[raw.action] ?? raw.action;
  switch (raw.type) {
    case 'container':
      return INNER_STEPS.has(action) ? [] : [{ at, kind: 'container', action, id, name }];
    case 'image':
      // `untag` is followed by a `delete` that may be false; re-reading what it names is harmless.
      return [{ at, kind: 'image', action, id: imageId(id), name: shortImageName(name) }];
    case 'volume':
      return [{ at, kind: 'volume', action, id: id || name, name }];
    case 'network':
      return networkEvents(raw, action);
    default:
      return [];
  }
}

/** (Dis)connect carries the container's id in place of the network's. */
function networkEvents({ at, id, name }: RawEvent, action: string): EngineEvent[] {
  const isMembership = action === 'connect' || action === 'disconnect';
  return [{ at, kind: isMembership ? 'container' : 'network', action, id, name }];
}

/** Lists say `sha256:…`, events the bare digits. */
function imageId(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id;
}
