import type { Command } from '../../engine/commands.ts';
import type { ContainerData } from '../../engine/data/container-data.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { mayEnd, stopQuestion } from '../../model/data/stop-question.ts';
import type { ProgramStore } from '../program-store.ts';

/**
 * Opens a question when commands would end containers that were run with `--rm`, which no list tells of; gives whether
 * it did. One that cannot be looked at is left to the command itself, which says why.
 */
export async function askBeforeEnding(
  engine: Engine,
  store: ProgramStore,
  commands: readonly Command[],
  signal: AbortSignal,
): Promise<boolean> {
  const ids = commands.flatMap((c) => (mayEnd(c, engine.family) && 'container' in c ? [c.container.id] : []));
  const found = await Promise.all(ids.map((id) => look(engine, id, signal)));
  const containers = found.filter((c) => c !== null);
  const removed = new Set(containers.flatMap((c) => (c.autoRemove ? [c.id] : [])));
  if (removed.size === 0 || signal.aborted) return false;
  store.dispatch({ type: 'container-data-read', containers });
  const choice = stopQuestion(store.getState(), commands, removed);
  store.dispatch({ type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 0 } });
  return true;
}

async function look(engine: Engine, id: string, signal: AbortSignal): Promise<ContainerData | null> {
  try {
    return await engine.data.containerData(id, { signal });
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}
