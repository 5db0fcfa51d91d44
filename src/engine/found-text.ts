import { cleanLines } from './clean-text.ts';
import type { FoundFile } from './engine.ts';
import { textOf } from './split-outputs.ts';

/** Bytes of a file as text. One that has a NUL in it is no text to anyone. */
export function foundText(bytes: Uint8Array): Extract<FoundFile, { kind: 'file' }> {
  const text = cleanLines(textOf(bytes));
  return bytes.includes(0) ? { kind: 'file', text, isBinary: true } : { kind: 'file', text };
}
