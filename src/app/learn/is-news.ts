import type { EngineEvent } from '../../engine/engine.ts';

/**
 * Whether an event tells of something new. Dockerd 20.10 says that a volume was made for every container that asks for it,
 * and each mount of one: a helper of ours that reads a volume would lead to the next look, and that to the next helper.
 *
 * @param volumes names of those that are known to be there; kept up to date here
 */
export function isNews({ kind, action, id, name }: EngineEvent, volumes: Set<string>): boolean {
  if (kind !== 'volume') return true;
  const volume = name || id;
  if (action === 'mount' || action === 'unmount') return false;
  if (action !== 'create') {
    volumes.delete(volume);
    return true;
  }
  const isNew = !volumes.has(volume);
  volumes.add(volume);
  return isNew;
}
