import { readFile, rename } from 'node:fs/promises';
import { hasCode } from '../../sandbox/has-code.ts';

/** `aside`: where a file that could not be read was moved, so that nothing in it is lost; else null. */
export type ReadState = { value: unknown; aside: string | null };

/** A JSON file of ours; `value` is null where there is none. Throws what the disk says when it may not be read. */
export async function readState(file: string): Promise<ReadState> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { value: null, aside: null };
    throw error;
  }
  const value = parsed(text);
  return value === undefined ? { value: null, aside: await putAside(file) } : { value, aside: null };
}

/** Moves a file out of the way, for a person to look at. */
export async function putAside(file: string, now = new Date()): Promise<string> {
  const aside = `${file}.broken-${now.toISOString().replace(/[:.]/g, '-')}`;
  await rename(file, aside);
  return aside;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
