import type { Command, Ref } from '../engine/commands.ts';
import type { Event } from './events.ts';

/** What a key leads to: facts for the state, and things to be done outside it. */
export type Intent = { event: Event } | { effect: Effect };

/** Something the state cannot do by itself; `app` carries it out. */
export type Effect =
  | { do: 'carry-out'; commands: readonly Command[] }
  | { do: 'open-shell'; container: Ref }
  | { do: 'copy'; text: string; what: string }
  | { do: 'refresh' }
  | { do: 'search-engines' }
  | { do: 'stop-search' }
  | { do: 'connect'; host: string }
  | { do: 'start-sandbox' }
  | { do: 'install-engine' }
  | { do: 'redraw' }
  | { do: 'suspend' }
  | { do: 'quit'; keepSandbox?: boolean };

export function carryOut(commands: readonly Command[]): Intent {
  return { effect: { do: 'carry-out', commands } };
}
