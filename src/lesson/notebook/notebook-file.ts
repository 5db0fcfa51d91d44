import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../sandbox/has-code.ts';

/** A name for the notebook of a lesson that no file of the folder has: `slipway-layers.md`, `slipway-layers-2.md`, … */
export async function notebookFile(folder: string, lesson: { id: string }): Promise<string> {
  const taken = new Set(await readdir(folder));
  for (let number = 1; ; number += 1) {
    const name = nameOf(lesson.id, number);
    if (!taken.has(name)) return name;
  }
}

/** Nothing of an id may lead out of the folder. */
function nameOf(id: string, number: number): string {
  const safe = id.replace(/[^\w-]+/g, '-').slice(0, 80);
  return `slipway-${safe}${number === 1 ? '' : `-${number}`}.md`;
}

/**
 * Writes a notebook where no file is, and gives its path. A file that came into the way since the name was chosen is
 * never overwritten: then it throws `NotebookExists`.
 */
export async function writeNotebook(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, name);
  try {
    const handle = await open(file, 'wx', 0o644);
    try {
      await handle.writeFile(text, 'utf8');
    } finally {
      await handle.close();
    }
    return file;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new NotebookExists(file, error);
  }
}

export class NotebookExists extends Error {
  constructor(file: string, cause: unknown) {
    super(`${file} is there already; nothing was overwritten. Export it once more for another name.`, {
      cause,
    });
    this.name = 'NotebookExists';
  }
}
