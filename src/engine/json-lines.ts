import { StringDecoder } from 'node:string_decoder';

/** No event or line of progress comes near this; without a bound, a line that never ends fills the memory. */
const MAX_LINE = 1024 * 1024;

export type Parser<T> = {
  push(chunk: Buffer): T[];
  /** What is left when the stream has ended well. */
  end(): T[];
};

/**
 * Cuts a stream into JSON values, one a line. Characters split between chunks are joined, several values in one line
 * are told apart (podman 4.3 does that under load), what cannot be read is left out: these streams are hints
 * (events) or talk (progress), and one bad line must not end them.
 */
export function jsonLines(): Parser<unknown> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string): unknown[] => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) rest = '';
    return lines.flatMap(valuesIn);
  };
  return { push: (chunk) => take(decoder.write(chunk)), end: () => take(`${decoder.end()}\n`) };
}

function valuesIn(line: string): unknown[] {
  if (line.length === 0 || line.length > MAX_LINE || !/\S/.test(line)) return [];
  return tryParse(line) ?? objectsIn(line).flatMap((text) => tryParse(text) ?? []);
}

/** In a list, so that `null` in the stream is not taken for a failure. */
function tryParse(text: string): unknown[] | null {
  try {
    return [JSON.parse(text)];
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The text of every object of the line, found by its braces outside of strings. */
function objectsIn(line: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: mark, index } of line.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (mark === '{' && depth++ === 0) from = index;
    if (mark === '}' && depth > 0 && --depth === 0) found.push(line.slice(from, index + 1));
  }
  return found;
}
