import type { Command } from '../../engine/commands.ts';
import type { Kind } from '../../engine/objects.ts';
import { carryOut, type Intent } from '../intents.ts';
import type { DockPane, State, Tab } from '../state.ts';

/** Where a key means something: a list, a tab of the details, any list, any pane, or the connect screen. */
export type Scope =
  | Kind
  | Tab
  | DockPane
  | 'lists'
  | 'details'
  | 'lesson'
  | 'question'
  | 'everywhere'
  | 'connect';

/** One thing a person can do: the key handler, the bottom line, help, palette and README are all made from it. */
export type Action = {
  id: string;
  /** Imperative, as in the palette. */
  title: string;
  /** First the one that help shows; see `Key` names in `keys.ts`. */
  keys: readonly string[];
  scope: Scope;
  /** Moves about and no more: of no use in the palette. */
  moves?: true;
  /** Label in the bottom line; actions without one are left out there. */
  short?: string;
  /** Why it cannot be done now; empty when it can. */
  unavailable?: (state: State) => string;
  /** What it would ask of the engine, before anything is chosen in a dialog; for the echo. */
  commands?: (state: State) => readonly Command[];
  perform: (state: State) => readonly Intent[];
};

/** An action that asks the engine right away. */
export function commandAction(
  action: Omit<Action, 'perform'> & { commands: (state: State) => readonly Command[] },
): Action {
  return { ...action, perform: (state) => [carryOut(action.commands(state))] };
}

type Made = Partial<Pick<Action, 'short' | 'moves' | 'unavailable'>>;

/** Makes the actions of one scope; their ids begin with its name. */
export function actionsOf(scope: Scope) {
  return (
    id: string,
    title: string,
    keys: readonly string[],
    perform: Action['perform'],
    made: Made = {},
  ): Action => ({ id: `${scope}-${id}`, title, keys, scope, ...made, perform });
}
