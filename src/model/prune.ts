import type { PruneTarget } from '../engine/commands.ts';
import type { Kind, ObjectOf } from '../engine/objects.ts';
import { humanSize } from './human-size.ts';
import { imageNames } from './rows.ts';
import { selectUsedBy } from './select-usage.ts';
import type { State } from './state.ts';

/** Names of what a prune would remove, by the engine's own rules, with sizes where they are known. */
export function wouldPrune(state: State, what: PruneTarget, all: boolean): readonly string[] {
  const used = selectUsedBy(state);
  switch (what) {
    case 'container':
      return items(state, 'container')
        .filter((c) => ['created', 'exited', 'dead'].includes(c.state))
        .map((c) => `${c.name}  (${c.state})`);
    case 'image':
      return items(state, 'image')
        .filter((i) => !used.images.has(i.id) && (all || i.tags.length === 0))
        .map((i) => `${imageNames(i).join(', ')}  ${humanSize(i.size)}`);
    case 'volume':
      return items(state, 'volume')
        .filter((v) => !used.volumes.has(v.name) && (all || v.anonymous || prunesNamedVolumes(state)))
        .map((v) => v.name);
    case 'network':
      return items(state, 'network')
        .filter((n) => !n.builtIn && !used.networks.has(n.name))
        .map((n) => n.name);
    case 'build-cache':
      return [];
  }
}

/** Before API 1.42 (Docker 23), and on podman, `volume prune` takes named volumes too. */
export function prunesNamedVolumes(state: State): boolean {
  if (state.engine === null || state.engine.family === 'podman') return true;
  const [major = 0, minor = 0] = state.engine.apiVersion.split('.').map(Number);
  return major === 1 && minor < 42;
}

function items<K extends Kind>(state: State, kind: K): ObjectOf[K][] {
  return [...(state.objects[kind].items?.values() ?? [])].filter((i) => i.kind === kind) as ObjectOf[K][];
}
