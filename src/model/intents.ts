import type { Command, Ref } from '../engine/commands.ts';
import type { Event } from './events.ts';
import type { Mouse } from './mouse.ts';

/** What a key leads to: facts for the state, and things to be done outside it. */
export type Intent = { event: Event } | { effect: Effect };

/** Something the state cannot do by itself; `app` carries it out. */
export type Effect =
  | { do: 'carry-out'; commands: readonly Command[] }
  /** On the whole terminal, or in a tab of the terminal pane. */
  | { do: 'open-shell'; container: Ref; where: 'screen' | 'pane' }
  | { do: 'open-terminal' }
  /** Another one in the place of a shell that has ended. */
  | { do: 'reopen-shell'; id: number; container: Ref | null }
  | { do: 'close-shell'; id: number }
  /** `raw` is what the person's terminal sent for a key. */
  | { do: 'type'; id: number; raw: string }
  | { do: 'paste-into-shell'; id: number; text: string }
  /** In lines, up is positive; Infinity is the oldest line, -Infinity the newest. */
  | { do: 'scroll-shell'; id: number; by: number }
  /** Counted from the top left of the shell's own screen. */
  | { do: 'mouse-in-shell'; id: number; mouse: Mouse }
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
