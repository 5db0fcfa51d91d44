import type { Engine, StatsSample } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { ProgramStore } from './program-store.ts';
import { wait } from './wait.ts';

/** Samples of all containers reach the screen together, this often, in milliseconds. */
const FLUSH_EVERY = 1_000;
/** A container that stands still is looked at again after this long, and each time it still does, after twice as long. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 8_000;

export type SampleBuffer = { add: (container: string, sample: StatsSample) => void };

export function createSampleBuffer(store: ProgramStore, signal: AbortSignal): SampleBuffer {
  let pending: { container: string; sample: StatsSample }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    if (signal.aborted || pending.length === 0) return;
    const samples = pending;
    pending = [];
    store.dispatch({ type: 'stats-sampled', samples });
  };
  return {
    add(container, sample) {
      pending.push({ container, sample });
      timer ??= setTimeout(flush, FLUSH_EVERY);
    },
  };
}

/**
 * Measures what a container uses for as long as the signal lasts. Each measuring costs the engine (0.3 % of a core for
 * a second of Docker 20.10's stream), so one whose figure stands still is measured less and less often; `watched`
 * measures without pause.
 */
export async function followStats(
  engine: Engine,
  samples: SampleBuffer,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const [container = '', watched] = key.split(' ');
  let last = '';
  let pause = FIRST_PAUSE;
  while (!signal.aborted) {
    const figure = await look(engine, samples, container, watched === undefined ? last : null, signal);
    if (figure === null) return;
    pause = figure === last ? Math.min(LONGEST_PAUSE, pause * 2) : FIRST_PAUSE;
    last = figure;
    await wait(pause, signal);
  }
}

/**
 * Takes samples until one reads like the one before it, or like `last`; null as `last` goes on for ever. Gives how it
 * reads; null when there is nothing more to measure.
 */
async function look(
  engine: Engine,
  samples: SampleBuffer,
  container: string,
  last: string | null,
  outer: AbortSignal,
): Promise<string | null> {
  const own = new AbortController();
  const signal = AbortSignal.any([outer, own.signal]);
  let before = last;
  try {
    for await (const sample of engine.stats(container, { signal })) {
      // The first has nothing to compare with; each look begins with one.
      if (sample.cpuPercent === null) continue;
      samples.add(container, sample);
      if (last === null) continue;
      const figure = sample.cpuPercent.toFixed(1);
      if (figure === before) return figure;
      before = figure;
    }
  } catch (error) {
    // The list tells why: the container stopped, or the engine is lost.
    if (!outer.aborted && !(error instanceof EngineError)) throw error;
  } finally {
    own.abort();
  }
  return null;
}
