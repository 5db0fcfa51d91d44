import { nextChange } from '../model/durations.ts';
import { RESULT_SHOWN } from '../model/select-bottom.ts';
import type { State } from '../model/state.ts';
import type { ProgramStore } from './program-store.ts';

/** The clock ticks only when a text on screen would change: ages of what is listed, and what is shown for a while. */
export function keepTime(store: ProgramStore, signal: AbortSignal): void {
  let timer: NodeJS.Timeout | undefined;
  let due = Infinity;
  const tick = (): void => {
    due = Infinity;
    const now = Date.now();
    store.dispatch({ type: 'time-passed', now });
    const { notice } = store.getState();
    if (notice !== null && notice.until <= now) store.dispatch({ type: 'notice-gone' });
    plan();
  };
  const plan = (): void => {
    const at = nextTick(store.getState());
    if (at === due) return;
    clearTimeout(timer);
    due = at;
    // Timers beyond 2^31 ms fire at once.
    if (at !== Infinity)
      timer = setTimeout(tick, Math.max(10, Math.min(at - Date.now(), 2 ** 31 - 1))).unref();
  };
  const unsubscribe = store.subscribe(plan);
  signal.addEventListener('abort', () => {
    unsubscribe();
    clearTimeout(timer);
  });
  plan();
}

let known: { state: Pick<State, 'objects' | 'now'>; at: number } | null = null;

function nextTick(state: State): number {
  const last = state.commands.at(-1);
  const result =
    last?.endedAt != null && last.endedAt + RESULT_SHOWN > state.now
      ? last.endedAt + RESULT_SHOWN + 1
      : Infinity;
  const lost = state.engine?.lost ? nextChange(state.engine.lost.since, state.now) : Infinity;
  const flash = Math.min(...state.flashes.map((f) => f.until));
  return Math.min(nextAge(state), flash, state.notice?.until ?? Infinity, result, lost);
}

/** When the age of a container next reads otherwise; worked out once per change of the lists or the clock. */
function nextAge({ objects, now }: State): number {
  if (known !== null && known.state.objects === objects && known.state.now === now) return known.at;
  let at = Infinity;
  for (const item of objects.container.items?.values() ?? []) {
    if (item.kind === 'container' && item.since !== null) at = Math.min(at, nextChange(item.since, now));
  }
  known = { state: { objects, now }, at };
  return at;
}
