import type { Engine, PathChange } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { CHANGES_KEPT, NEW_FOR, type PathSize } from '../../model/layers/live-changes.ts';
import { wait } from '../wait.ts';
import type { LayersParts } from './follow-layers.ts';
import { createMeasuring } from './measure-changes.ts';

/** Milliseconds from one look to the next: a second, or as many times as long as a look took, but no longer than this. */
const EVERY = 1_000;
const COST_TIMES = 5;
const AT_MOST = 15_000;

/** A file that is written is no event: while the tab is in view, what a container changed is asked for again and again. */
export async function followChanges(
  { engine, store }: LayersParts,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const [id = '', how = ''] = key.split(' ');
  const of = `container ${id}`;
  const measuring = createMeasuring(engine, id);
  let seen = '';
  let changedAt = 0;
  const tell = (changes: readonly PathChange[], sizes: ReadonlyMap<string, PathSize>): void => {
    const at = Date.now();
    const now = signature(changes, sizes);
    if (now !== seen) [seen, changedAt] = [now, at];
    // The marks of new ones go away with a later look.
    else if (at - changedAt > NEW_FOR + 2 * EVERY) return;
    if (!signal.aborted) store.dispatch({ type: 'changes-told', of, at, changes, sizes });
  };
  for (;;) {
    const began = Date.now();
    const changes = await look(engine, id, signal);
    if (signal.aborted) return;
    if (typeof changes === 'string') {
      store.dispatch({ type: 'changes-failed', of, why: changes });
      seen = '';
    } else {
      tell(changes, measuring.sizes);
      await measuring.measure(changes, signal);
      tell(changes, measuring.sizes);
    }
    if (how !== 'running' || signal.aborted) return;
    await wait(Math.min(AT_MOST, Math.max(EVERY, COST_TIMES * (Date.now() - began))), signal);
    if (signal.aborted) return;
  }
}

/** What has changed, or why that cannot be told now. */
async function look(
  engine: Engine,
  id: string,
  signal: AbortSignal,
): Promise<readonly PathChange[] | string> {
  try {
    return await engine.changes(id, { signal });
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}

/** Differs whenever the screen would. */
function signature(changes: readonly PathChange[], sizes: ReadonlyMap<string, PathSize>): string {
  const shown = changes.length > 4 * CHANGES_KEPT ? [] : changes.map(({ kind, path }) => `${kind} ${path}`);
  const measured = [...sizes].map(([path, { size }]) => `${path} ${size}`);
  return `${changes.length}\n${shown.join('\n')}\n${measured.join('\n')}`;
}
