import { rename } from 'node:fs/promises';
import { hasCode } from './has-code.ts';
import type { Places } from './places.ts';
import { removeOwnedLater } from './remove-owned.ts';

/** Takes away what the sandbox holds. Moving it takes no time, whatever it is; deleting is left to a process of its own. */
export async function discardData(places: Places): Promise<void> {
  const discarded = `${places.data}-discarded-${Date.now()}`;
  try {
    await rename(places.data, discarded);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  removeOwnedLater(discarded);
}
