import { isAbsolute, join } from 'node:path';

/**
 * Where what was learned is kept: `$XDG_STATE_HOME/slipway/learn`, else below `~/.local/state`. A relative
 * XDG_STATE_HOME counts as none, as its specification wants it.
 */
export function learnFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const state = env['XDG_STATE_HOME'] ?? '';
  return join(isAbsolute(state) ? state : join(home, '.local', 'state'), 'slipway', 'learn');
}
