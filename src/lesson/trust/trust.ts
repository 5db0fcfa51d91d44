import { join } from 'node:path';
import * as v from 'valibot';
import { changeFile } from '../disk/change-file.ts';
import { putAside, readState } from '../disk/read-state.ts';
import { writeAtomically } from '../disk/write-atomically.ts';

/** Lessons from elsewhere whose `script:` checks may run, by the digest of their files: a changed one asks again. */
export type Trust = { lessons: readonly Trusted[] };

/** `folder` and `at` (milliseconds since the epoch) are for the person who looks into the file. */
export type Trusted = { digest: string; folder: string; at: number };

export function trustFile(learnFolder: string): string {
  return join(learnFolder, 'trust.json');
}

export function isTrusted({ lessons }: Trust, digest: string): boolean {
  return lessons.some((lesson) => lesson.digest === digest);
}

const TRUSTED = v.object({
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  folder: v.string(),
  at: v.number(),
});
const FILE = v.object({ version: v.literal(1), lessons: v.array(v.unknown()) });

/** What cannot be read is not trusted; a file that is none of ours is put aside. */
export async function readTrust(file: string): Promise<Trust> {
  const { value } = await readState(file);
  if (value === null) return { lessons: [] };
  const read = v.safeParse(FILE, value);
  if (!read.success) {
    await putAside(file);
    return { lessons: [] };
  }
  const lessons = read.output.lessons.flatMap((lesson) => {
    const one = v.safeParse(TRUSTED, lesson);
    return one.success ? [one.output] : [];
  });
  return { lessons };
}

/** Notes that the person has agreed to this lesson as it is now. */
export function trust(file: string, agreed: Trusted): Promise<Trust> {
  return changeFile(file, async () => {
    const { lessons } = await readTrust(file);
    const next = { lessons: [...lessons.filter((lesson) => lesson.digest !== agreed.digest), agreed] };
    await writeAtomically(file, `${JSON.stringify({ version: 1, ...next }, null, 2)}\n`);
    return next;
  });
}
