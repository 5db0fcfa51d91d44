import { choices, type Offer, type RouteLine } from './connect-state.ts';
import { openLessons } from './actions/open-lessons.ts';
import type { Intent } from './intents.ts';
import type { State } from './state.ts';

/** Keys of the connect screen. Enter takes what is selected, or what is offered. */
export function pressConnect(state: State, key: string): readonly Intent[] {
  switch (key) {
    case 'up':
    case 'k':
      return [{ event: { type: 'choice-moved', by: -1 } }];
    case 'down':
    case 'j':
      return [{ event: { type: 'choice-moved', by: 1 } }];
    case 'enter':
      return takeChoice(state);
    case 'L':
      return openLessons();
    case 'r':
      return state.connect.phase === 'working' ? [] : [{ effect: { do: 'search-engines' } }];
    case '?':
    case 'f1':
      return [{ event: { type: 'overlay-opened', overlay: { kind: 'help', scroll: 0 } } }];
    case 'esc':
      if (state.connect.phase === 'working') return [{ effect: { do: 'search-engines' } }];
      return state.engine === null
        ? []
        : [{ event: { type: 'overlay-closed' } }, { effect: { do: 'stop-search' } }];
    case 'ctrl-l':
      return [{ effect: { do: 'redraw' } }];
    case 'ctrl-z':
      return [{ effect: { do: 'suspend' } }];
    case 'q':
    case 'ctrl-c':
      return [{ effect: { do: 'quit' } }];
    default:
      return [];
  }
}

function takeChoice(state: State): readonly Intent[] {
  const { connect } = state;
  const selected = connect.phase === 'choosing' ? connect.selected : 0;
  const choice = choices(connect)[selected];
  return choice === undefined ? [] : [take(choice)];
}

function take(choice: RouteLine | Offer): Intent {
  if (!('kind' in choice)) return { effect: { do: 'connect', host: choice.host } };
  return { effect: choice.kind === 'install' ? { do: 'install-engine' } : { do: 'start-sandbox' } };
}

export const CONNECT_KEYS: readonly { keys: readonly string[]; title: string }[] = [
  { keys: ['up', 'down'], title: 'choose' },
  { keys: ['enter'], title: 'take it' },
  { keys: ['r'], title: 'look again' },
  { keys: ['L'], title: 'lessons' },
  { keys: ['?'], title: 'keys' },
  { keys: ['q'], title: 'quit' },
];
