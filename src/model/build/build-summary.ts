import { humanSize } from '../../engine/human-size.ts';
import type { Build } from './build-state.ts';
import { isFrom } from './take-news.ts';

/** `4 steps, 2 from the cache, 12 MB`; how long it took is said by whoever shows it. */
export function summary({ steps }: Pick<Build, 'steps'>, size: number): string {
  const made = steps.filter((step) => !isFrom(step));
  const cached = made.filter(({ state }) => state === 'cached').length;
  const counted = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
  return `${counted}, ${cached} from the cache, ${humanSize(size)}`;
}

/** `0.3 s`, `12 s`, `3 min 5 s`. */
export function seconds(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
