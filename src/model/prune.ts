import type { Command, PruneTarget } from '../engine/commands.ts';
import type { Item, Kind, ObjectOf, Unreadable } from '../engine/objects.ts';
import { humanSize } from '../engine/human-size.ts';
import { imageNames } from './rows.ts';
import { selectUsedBy } from './select-usage.ts';
import type { State } from './state.ts';

/** What a prune looks at. */
type Held = Pick<State, 'objects'>;

/** What a prune would remove, by the engine's own rules. */
export function prunedItems(
  state: Held,
  what: PruneTarget,
  all: boolean,
): readonly Exclude<Item, Unreadable>[] {
  const used = selectUsedBy(state);
  switch (what) {
    case 'container':
      return items(state, 'container').filter((c) => ['created', 'exited', 'dead'].includes(c.state));
    case 'image':
      return items(state, 'image').filter((i) => !used.images.has(i.id) && (all || i.tags.length === 0));
    case 'volume':
      return items(state, 'volume').filter((v) => !used.volumes.has(v.name) && (all || v.anonymous));
    case 'network':
      return items(state, 'network').filter((n) => !n.builtIn && !used.networks.has(n.name));
    case 'build-cache':
      return [];
  }
}

/** Names of what a prune would remove, with sizes where they are known. */
export function wouldPrune(state: Held, what: PruneTarget, all: boolean): readonly string[] {
  return prunedItems(state, what, all).map((item) => {
    if (item.kind === 'container') return `${item.name}  (${item.state})`;
    return item.kind === 'image' ? `${imageNames(item).join(', ')}  ${humanSize(item.size)}` : item.name;
  });
}

/**
 * What is asked of the engine for it. Before API 1.42 (Docker 23) `docker volume prune` knows no `-a` and takes named
 * volumes too, and podman never takes only those without a name: there the volumes are removed by name.
 */
export function pruneCommands(state: State, what: PruneTarget, all: boolean): readonly Command[] {
  const byName = state.engine?.family === 'podman' ? !all : isBefore142(state.engine?.apiVersion ?? '');
  if (what !== 'volume' || !byName) return [{ do: 'prune', what, all }];
  return wouldPrune(state, what, all).map((name) => ({
    do: 'remove-volume',
    volume: { id: name, name },
    force: false,
  }));
}

function isBefore142(apiVersion: string): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return major === 1 && minor < 42;
}

function items<K extends Kind>(state: Held, kind: K): ObjectOf[K][] {
  return [...(state.objects[kind].items?.values() ?? [])].filter((i) => i.kind === kind) as ObjectOf[K][];
}
