import type { Command, Outcome } from '../engine/commands.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { Kind } from '../engine/objects.ts';
import type { ProgramStore } from './program-store.ts';

/** Null ids: the whole list. */
type Touched = { kind: Kind; ids: readonly string[] | null };

/**
 * Reads again what a command has changed, so that the lists are right when it says ✓: events may take a quarter of a
 * second (podman) and the next key acts on what is on screen.
 */
export async function readTouched(
  engine: Engine,
  store: ProgramStore,
  commands: readonly Command[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const touched = merge(commands.map((command, i) => touchedBy(command, outcomes[i])));
  await Promise.all(touched.map((t) => read(engine, store, t)));
}

function touchedBy(command: Command, outcome: Outcome | undefined): Touched {
  switch (command.do) {
    case 'run':
      return { kind: 'container', ids: outcome?.affected.slice(0, 1) ?? [] };
    case 'pull':
    case 'tag':
    case 'commit':
    case 'remove-image':
      return { kind: 'image', ids: null };
    case 'create-volume':
      return { kind: 'volume', ids: null };
    case 'create-network':
      return { kind: 'network', ids: null };
    case 'remove-volume':
      return { kind: 'volume', ids: [command.volume.id] };
    case 'remove-service':
    case 'leave-swarm':
      // What their tasks ran in ends by itself, as events tell.
      return { kind: 'container', ids: null };
    case 'remove-network':
      return { kind: 'network', ids: [command.network.id] };
    case 'prune':
      return { kind: command.what === 'build-cache' ? 'image' : command.what, ids: null };
    default:
      return { kind: 'container', ids: [command.container.id] };
  }
}

function merge(all: readonly Touched[]): readonly Touched[] {
  const [first] = all;
  if (first === undefined) return [];
  // One bulk is of one kind: the same command on several rows.
  if (all.some((t) => t.ids === null)) return [{ kind: first.kind, ids: null }];
  return [{ kind: first.kind, ids: all.flatMap((t) => t.ids ?? []) }];
}

async function read(engine: Engine, store: ProgramStore, { kind, ids }: Touched): Promise<void> {
  if (ids !== null && ids.length === 0) return;
  try {
    const items = await engine.list(kind, ids ?? undefined);
    const at = Date.now();
    store.dispatch(
      ids === null ? { type: 'list-read', kind, items, at } : { type: 'items-read', kind, ids, items, at },
    );
  } catch (error) {
    // The command itself went well; that the engine has gone since is told by those who follow it.
    if (!(error instanceof EngineError)) throw error;
  }
}
