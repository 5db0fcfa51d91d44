import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeFile } from '../../src/lesson/disk/change-file.ts';
import { writeAtomically } from '../../src/lesson/disk/write-atomically.ts';
import type { Proof } from '../../src/lesson/prove/prove-text.ts';

export const RESULTS_FILE = join(import.meta.dirname, 'results.json');

/** What came of one lesson on one engine. `why` says why it was blocked; `tried`: its steps and wrong paths. */
export type LessonResult = { outcome: 'played' | 'blocked' | 'failed'; why: string; tried: number };

/** By lesson, then by engine: `docker 20.10`, `rootless podman 4.3`. */
export type LessonResults = Readonly<Record<string, Readonly<Record<string, LessonResult>>>>;

/** With SLIPWAY_LESSON_RESULTS set, proofs are noted for the README's table; several runs may note theirs at a time. */
export async function noteResult(proof: Proof, rootless: boolean): Promise<void> {
  if ((process.env['SLIPWAY_LESSON_RESULTS'] ?? '') === '') return;
  const engine = engineName(proof, rootless);
  await changeFile(RESULTS_FILE, async () => {
    const results = await readResults();
    const lesson = { ...results[proof.lesson], [engine]: resultOf(proof) };
    const all = { ...results, [proof.lesson]: sorted(lesson) };
    await writeAtomically(RESULTS_FILE, `${JSON.stringify(sorted(all), null, 2)}\n`);
  });
}

export async function readResults(): Promise<LessonResults> {
  return JSON.parse(await readFile(RESULTS_FILE, 'utf8')) as LessonResults;
}

export function engineName(
  { engine: { family, version } }: Pick<Proof, 'engine'>,
  rootless: boolean,
): string {
  const short = version.split('.').slice(0, 2).join('.');
  return `${rootless ? 'rootless ' : ''}${family} ${short}`;
}

export function resultOf({ ok, notHere, lines }: Proof): LessonResult {
  if (!ok) return { outcome: 'failed', why: '', tried: lines.length };
  if (notHere !== '') return { outcome: 'blocked', why: notHere, tried: 0 };
  return { outcome: 'played', why: '', tried: lines.length };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
