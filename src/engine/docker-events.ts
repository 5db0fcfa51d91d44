import type { EngineEvent } from './engine.ts';
import { KINDS } from './objects.ts';
import type { RawEvent } from './raw-event.ts';

/** What an event of Docker tells; types that we do not show (daemon, builder, plugin) tell nothing. */
export function dockerEvents({ type, container, ...raw }: RawEvent): EngineEvent[] {
  const kind = KINDS.find((known) => known === type);
  if (kind === undefined) return [];
  const event: EngineEvent = { ...raw, kind };
  // `network connect` changes the container's row too, and no event of the container says so.
  return kind === 'network' && container !== ''
    ? [event, { ...event, kind: 'container', id: container, name: '' }]
    : [event];
}
