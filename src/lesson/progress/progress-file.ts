import { randomUUID } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { cleanText } from '../../engine/clean-text.ts';
import { hasCode } from '../../sandbox/has-code.ts';
import { changeFile } from '../disk/change-file.ts';
import { writeAtomically } from '../disk/write-atomically.ts';
import { NO_PROGRESS, PROGRESS_FORMAT, isReadable, parseFile, parseProgress } from './progress.ts';
import type { LessonProgress, Progress, ProgressFile } from './progress.ts';

/** Progress cannot be kept; the message says why and what to do. */
export class ProgressError extends Error {
  override readonly name = 'ProgressError';
}

export type ReadProgress = {
  progress: Progress;
  /** What the person should know, a sentence each. */
  notes: readonly string[];
  /** Empty when it can be written; else why not. */
  readOnly: string;
};

/** Never overwrites: a file that makes no sense is moved aside, one of a newer Slipway is left alone. Throws what the disk throws. */
export async function readProgress(file: string): Promise<ReadProgress> {
  const text = await readText(file);
  if (text === null) return { progress: NO_PROGRESS, notes: [], readOnly: '' };
  const parsed = parseProgress(text);
  switch (parsed.kind) {
    case 'read':
      return { progress: parsed.progress, notes: parsed.unreadable.map(beginsAnew), readOnly: '' };
    case 'newer': {
      const why = newer(file, parsed.format);
      return { progress: NO_PROGRESS, notes: [why], readOnly: why };
    }
    case 'broken': {
      const note = await changeFile(file, () => moveAside(file));
      return { progress: NO_PROGRESS, notes: note === '' ? [] : [note], readOnly: '' };
    }
  }
}

/** What is new: only lessons given here change; null forgets one. The seed is kept where there is one. */
export type ProgressChange = {
  seed?: string;
  set?: string;
  lessons?: Readonly<Record<string, LessonProgress | null>>;
};

/**
 * Writes the change into what is on the disk by then, so that two Slipways keep each other's lessons, in the order of the
 * calls. The file is replaced as a whole. Throws `ProgressError` for a file of a newer Slipway, and what the disk throws.
 */
export function writeProgress(file: string, change: ProgressChange): Promise<void> {
  return changeFile(file, async () => {
    const content = merged(await readForWrite(file), change);
    await writeAtomically(file, `${JSON.stringify(content, null, 1)}\n`);
  });
}

async function readForWrite(file: string): Promise<ProgressFile> {
  const text = await readText(file);
  const empty: ProgressFile = { format: PROGRESS_FORMAT, seed: '', set: '', lessons: {} };
  if (text === null) return empty;
  const parsed = parseFile(text);
  if (parsed.kind === 'file') return parsed.content;
  if (parsed.kind === 'newer') throw new ProgressError(newer(file, parsed.format));
  await moveAside(file);
  return empty;
}

function merged(content: ProgressFile, { seed = '', set, lessons = {} }: ProgressChange): ProgressFile {
  const kept = Object.entries({ ...content.lessons, ...lessons }).filter(([, entry]) => entry !== null);
  // An entry that nobody here can read may mean something to another Slipway, or to a person.
  const lost = Object.entries(content.lessons).filter(([id, entry]) => id in lessons && !isReadable(entry));
  const unreadable = { ...content.unreadable, ...Object.fromEntries(lost) };
  return {
    ...content,
    format: PROGRESS_FORMAT,
    seed: content.seed || seed,
    set: set ?? content.set,
    lessons: Object.fromEntries(kept),
    ...(Object.keys(unreadable).length > 0 ? { unreadable } : {}),
  };
}

/** Under the lock, and looked at again: another Slipway may have moved it already. Gives what to say. */
async function moveAside(file: string): Promise<string> {
  const text = await readText(file);
  const parsed = text === null ? null : parseFile(text);
  if (parsed?.kind !== 'broken') return '';
  const aside = `${file}.broken-${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 4)}`;
  await rename(file, aside);
  return `The file with your progress could not be read (${parsed.why}). It was kept as ${aside}.`;
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function beginsAnew(id: string): string {
  return `What was kept of the lesson “${cleanText(id)}” cannot be read, so it begins anew.`;
}

function newer(file: string, format: number): string {
  return `${file} was written by a newer Slipway (format ${format}), so it is left alone and nothing is kept. Update Slipway.`;
}
