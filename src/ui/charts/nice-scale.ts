/** A scale from 0 to `top` in equal steps of 1, 2, 2.5 or 5 times a power of ten. */
export type Scale = { top: number; steps: number };

/** The canvas cuts off what is nearly as high as the scale. */
const HEADROOM = 1.12;

/** The smallest such scale that shows `max`, in at most `most` steps. */
export function niceScale(max: number, most: number): Scale {
  const reach = Math.max(max, Number.MIN_VALUE * 1e10) * HEADROOM;
  const rough = reach / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5].find((nice) => nice * power >= rough) ?? 10);
  const steps = Math.ceil(reach / step);
  return { top: step * steps, steps };
}
