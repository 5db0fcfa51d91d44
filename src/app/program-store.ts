import type { Event } from '../model/events.ts';
import type { State } from '../model/state.ts';
import type { Store } from './store.ts';

export type ProgramStore = Store<State, Event>;
