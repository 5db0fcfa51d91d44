import { humanSize } from '../../engine/human-size.ts';
import { UsageError } from '../../engine/routes/usage-error.ts';
import { readSize } from '../../lesson/read/parse-amounts.ts';
import type { LayersReport } from './layers-report.ts';
import { percent } from '../../model/layers/percent.ts';

export type Verdict = { limit: string; isMet: boolean; text: string };

/** Waste below this never fails a share: of a small image, a few files more are a large part. */
const FLOOR = 1_000_000;

export type Limits = {
  /** 0 to 1. */
  minEfficiency: number | null;
  /** Bytes, or a share of all layers. */
  maxWaste: { bytes: number } | { share: number } | null;
};

/** Throws `UsageError` for what is no limit. */
export function readLimits(asked: { minEfficiency: string | null; maxWaste: string | null }): Limits {
  return {
    minEfficiency: asked.minEfficiency === null ? null : readShare(asked.minEfficiency),
    maxWaste: asked.maxWaste === null ? null : readWaste(asked.maxWaste),
  };
}

function readShare(text: string): number {
  const share = shareIn(text) ?? (/^(0?\.\d+|0|1(\.0+)?)$/.test(text) ? Number(text) : null);
  if (share !== null) return share;
  throw new UsageError('--min-efficiency', `--min-efficiency: ${text} is no share.`, ['0.9 or 90% is one.']);
}

function readWaste(text: string): { bytes: number } | { share: number } {
  const share = shareIn(text);
  if (share !== null) return { share };
  const bytes = readSize(text);
  if (bytes !== null) return { bytes };
  throw new UsageError('--max-waste', `--max-waste: ${text} is no size.`, ['20MB, 500kB or 5% is one.']);
}

/** `90%`; null where it is none, or more than the whole. */
function shareIn(text: string): number | null {
  const written = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1];
  return written === undefined || Number(written) > 100 ? null : Number(written) / 100;
}

/** A share counts only once the waste is worth speaking of; a size counts as it is. */
export function judgeLimits({ minEfficiency, maxWaste }: Limits, report: LayersReport): Verdict[] {
  const { wasted, total } = report.bytes;
  const isSmall = wasted < FLOOR;
  const verdicts: Verdict[] = [];
  const say = (limit: string, isMet: boolean, isShare: boolean, asked: string): void => {
    const spared = isShare && isSmall && !isMet;
    const why = spared ? `; but less than ${humanSize(FLOOR)} wasted never counts` : '';
    verdicts.push({ limit, isMet: isMet || spared, text: `${asked}${why}` });
  };
  if (minEfficiency !== null)
    say(
      'min-efficiency',
      report.efficiency >= minEfficiency,
      true,
      `efficiency at least ${percent(minEfficiency)}, it is ${percent(report.efficiency)}`,
    );
  if (maxWaste !== null) {
    const most = 'bytes' in maxWaste ? maxWaste.bytes : maxWaste.share * total;
    const asked = 'bytes' in maxWaste ? humanSize(most) : `${percent(maxWaste.share)} (${humanSize(most)})`;
    say(
      'max-waste',
      wasted <= most,
      'share' in maxWaste,
      `waste at most ${asked}, it is ${humanSize(wasted)}`,
    );
  }
  return verdicts;
}
