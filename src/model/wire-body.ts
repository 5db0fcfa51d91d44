import { cleanJson, cleanText } from '../engine/clean-text.ts';
import type { JsonValue } from '../engine/engine.ts';
import type { RecordedBody, WireCall } from '../wire/wire-call.ts';

type JsonObject = { [key: string]: JsonValue };

/** What is known of a call as one tree: `query`, `request` and `response`, as far as there are any. */
export function callValue(call: WireCall): JsonObject {
  return {
    ...(call.query === '' ? {} : { query: readQuery(call.query) }),
    ...(call.request === null ? {} : { request: readBody(call.request) }),
    ...(call.response === null ? {} : { response: readBody(call.response) }),
  };
}

/** By name; a value that is JSON itself, as filters are, is read, too. */
export function readQuery(query: string): JsonObject {
  const asked = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(asked.keys())].map((name) => {
      const values = asked.getAll(name).map((value) => (/^[[{]/.test(value) ? readWhole(value) : value));
      const clean = values.map((value) => cleanJson(value));
      return [cleanText(name), clean.length === 1 ? (clean[0] ?? null) : clean];
    }),
  );
}

/** JSON as it is, JSON in lines as a list; of a body that was cut, what is whole of it. */
export function readBody({ text, cut }: RecordedBody): JsonValue {
  const whole = parse(text);
  if (whole !== undefined) return whole;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const parsed = lines.map(parse);
  const complete = cut ? parsed.slice(0, -1) : parsed;
  if (complete.length > 0 && complete.every((value) => value !== undefined)) return complete;
  const mended = cut ? parse(closeJson(text)) : undefined;
  return mended === undefined ? cleanText(text) : mended;
}

function readWhole(text: string): JsonValue {
  const value = parse(text);
  return value === undefined ? text : value;
}

/** Undefined for what is not JSON, or nested deeper than can be shown. */
function parse(text: string): JsonValue | undefined {
  try {
    return cleanJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Deeper than this it is not mended: nothing that an engine says is. */
const DEEPEST = 100;

/** Whole strings, the rest of the text from where one is cut, brackets, commas and colons. */
const JSON_PARTS = /"[^"\\]*(?:\\[^][^"\\]*)*"|("[^]*$)|[{}[\],:]/g;

/** The beginning of a JSON text, up to its last value that is whole, with what it opens closed again. */
export function closeJson(text: string): string {
  const open: string[] = [];
  let safe = { end: 0, closing: '' };
  const mark = (end: number): void => {
    safe = { end, closing: open.toReversed().join('') };
  };
  let isName = false;
  for (const { 0: token, 1: cutString, index } of text.matchAll(JSON_PARTS)) {
    if (cutString !== undefined) break;
    if (token === ',') {
      mark(index);
      isName = open.at(-1) === '}';
    } else if (token === ':') isName = false;
    else if (token === '}' || token === ']') {
      open.pop();
      mark(index + 1);
    } else if (token === '{' || token === '[') {
      open.push(token === '{' ? '}' : ']');
      isName = token === '{';
      if (open.length > DEEPEST) break;
      mark(index + 1);
    } else if (!isName) mark(index + token.length);
  }
  return text.slice(0, safe.end) + safe.closing;
}
