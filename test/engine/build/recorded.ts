import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonLines } from '../../../src/engine/json-lines.ts';

/** What an engine sent while it built, a value a line. */
export function recorded(name: string): unknown[] {
  return jsonLines().push(readFileSync(join(import.meta.dirname, 'recorded', name)));
}
