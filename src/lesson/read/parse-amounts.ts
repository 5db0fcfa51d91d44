import { pipe, transform, union } from 'valibot';
import type { Amount } from '../check.ts';
import { shape, textFor, whole } from './parse-shapes.ts';

/** As docker reads them: `m` is 1024 × 1024; with a B they are what is printed on disks, `MB` is a million. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** Bytes of `4MB`, `8m`, `200 kB`; null where it is no size. */
export function readSize(text: string): number | null {
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,3})?) ?([a-z]{0,3})$/i.exec(text) ?? [];
  const factor = UNITS[(unit ?? '').toLowerCase()];
  return number === undefined || factor === undefined
    ? plainBytes(text)
    : Math.round(Number(number) * factor);
}

function plainBytes(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

const MOST_MS = 60_000;

/** Milliseconds of `2s`, `500ms`, `0`; null where it is no time, or more than a minute. */
export function readDuration(text: string): number | null {
  const [, number, unit] = /^(\d{1,5}(?:\.\d{1,3})?)(ms|s)$/.exec(text) ?? [];
  if (number === undefined) return text === '0' ? 0 : null;
  const ms = Math.round(Number(number) * (unit === 's' ? 1000 : 1));
  return ms <= MOST_MS ? ms : null;
}

export const size = textFor(readSize, 'a size such as 4MB or 8m');
export const duration = textFor(readDuration, 'a time such as 2s or 500ms, up to 60s');

const MOST = 10_000;
export const amount = union(
  [
    pipe(
      whole(0, MOST),
      transform((exactly): Amount => ({ exactly })),
    ),
    shape({ least: whole(0, MOST) }),
    shape({ most: whole(0, MOST) }),
  ],
  'has to be a number, {least: 1} or {most: 2}',
);
