import type { Engine } from '../../engine/engine.ts';
import type { Item } from '../../engine/objects.ts';
import type { Baseline } from '../../lesson/fence/baseline.ts';
import { cleanUp, type CleanedUp } from '../../lesson/fence/clean-up.ts';
import { listLeftovers, type Leftover, type Leftovers } from '../../lesson/fence/leftovers.ts';
import { madeByCall, madeImage } from '../../lesson/fence/made.ts';
import { madeByMounts, ownership, type Fence } from '../../lesson/fence/ownership.ts';
import type { Lists } from '../../lesson/facts/take-lists.ts';
import type { ProgramStore } from '../program-store.ts';
import { RUN_LABEL, type ProgramWire } from '../program-wire.ts';

/** What belongs to the lesson that is open, followed while it goes on. */
export type LessonFence = {
  /** Within these lists: a volume is known by who mounts it, and remembered when its container is gone. */
  isOursAmong: (lists: Lists) => (item: Item) => boolean;
  /** Texts of `fence/made.ts`, to be kept. */
  made: () => readonly string[];
  leftovers: (signal: AbortSignal) => Promise<Leftovers>;
  cleanUp: (leftovers: readonly Leftover[], signal: AbortSignal) => Promise<CleanedUp>;
};

export type LessonFenceOptions = {
  engine: Engine;
  store: ProgramStore;
  wire: ProgramWire;
  baseline: Baseline;
  runs: readonly string[];
  made: readonly string[];
  signal: AbortSignal;
};

export function followFence(options: LessonFenceOptions): LessonFence {
  const { engine, store, wire, baseline, signal } = options;
  const made = new Set(options.made);
  const stop = wire.onCall((call) => {
    if (call.endedAfter !== null) for (const one of madeByCall(call)) made.add(one);
  });
  signal.addEventListener('abort', stop);
  const fence = (): Fence => {
    // Images of a build have no label: the state notes those that come while a call of ours makes images.
    for (const id of store.getState().own.made) made.add(madeImage(id));
    return { label: RUN_LABEL, runs: new Set(options.runs), made, baseline };
  };
  return {
    isOursAmong(lists) {
      for (const volume of madeByMounts(fence(), lists)) made.add(volume);
      return ownership(fence(), lists).isOurs;
    },
    made: () => [...fence().made],
    leftovers: (s) => listLeftovers(engine, fence(), s),
    cleanUp: (leftovers, s) => cleanUp(engine, leftovers, s),
  };
}
