import { EngineError } from './errors.ts';
import type { JsonValue } from './engine.ts';

/* C0 and C1 controls, DEL, marks that turn the direction of writing, line separators, halves of a surrogate pair. */
const SUSPECT = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;
/* Strings up to their terminator (OSC, DCS, SOS, PM, APC), then CSI, then two-character escapes (ECMA-48). */
const ESCAPES =
  /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g;
const GAPS = /[\t\n\v\f\r\x85\u2028\u2029]+/g;
const INVISIBLE = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Deeper than anything an engine says; deeper recursion would end in a stack overflow. */
const MAX_DEPTH = 200;

/**
 * One line that can be drawn without harm: terminal sequences, control characters and marks that turn the direction
 * of writing are gone, tabs and line ends are spaces, half a surrogate pair is U+FFFD.
 */
export function cleanText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(ESCAPES, '').replace(GAPS, ' ').replace(INVISIBLE, '').toWellFormed();
}

/** A text of several lines, each of them made harmless; line ends stay, tabs are spaces. */
export function cleanLines(text: string): string {
  return text.split(/\r?\n/).map(cleanText).join('\n');
}

/** Every string in a parsed reply, keys too. */
export function cleanJson(value: unknown, depth = 0): JsonValue {
  if (depth > MAX_DEPTH) throw new EngineError('protocol', 'the answer is nested too deeply to be read');
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)]),
    );
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
