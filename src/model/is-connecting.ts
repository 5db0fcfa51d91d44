import type { State } from './state.ts';

/** Whether the connect screen is shown: there is no engine yet, or another one is being chosen. */
export function isConnecting(state: State): boolean {
  return state.engine === null || state.overlays.some((o) => o.kind === 'engines');
}
