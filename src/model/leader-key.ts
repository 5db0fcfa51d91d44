import type { Config } from './config.ts';
import { keyLabel } from './key-label.ts';
import { activeShell } from './shells.ts';
import type { State } from './state.ts';

/** Its own keys stand here and not with the actions, because the text of a lesson names them. */
export const LEADER_KEYS: readonly string[] = ['ctrl-g'];

export function leaderKeys({ config }: { config: Config }): readonly string[] {
  return config.keys['leader'] ?? LEADER_KEYS;
}

export function leaderLabel(config: Config): string {
  return keyLabel(leaderKeys({ config })[0] ?? '');
}

/** Whether keys go to a shell now, but for the leader and the one after it. */
export function isInShell(state: State): boolean {
  return state.focus === 'terminal' && activeShell(state)?.ended === null;
}
