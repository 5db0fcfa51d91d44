import { cleanText } from './clean-text.ts';

/**
 * Reading what an engine sent, field by field. A field that has to be there and is not throws `UnreadableField`,
 * which costs the row and no more; null and absent lists are empty, as Go writes them.
 */
export class UnreadableField extends Error {
  override readonly name = 'UnreadableField';
}

export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** For talk that may be anything: what is no object has no fields. */
export function looseRow(value: unknown): Row {
  return isRow(value) ? value : {};
}

export function row(value: unknown, what: string): Row {
  if (isRow(value)) return value;
  throw new UnreadableField(`${what} is not an object`);
}

export function optionalRow(value: unknown): Row {
  return value === null || value === undefined ? {} : row(value, 'a part of it');
}

export function text(from: Row, key: string): string {
  const value = from[key];
  if (typeof value === 'string') return cleanText(value);
  throw new UnreadableField(`${key} is ${value === undefined ? 'missing' : 'not text'}`);
}

export function optionalText(from: Row, key: string): string {
  return from[key] === undefined || from[key] === null ? '' : text(from, key);
}

/** A text that names something: never empty. */
export function name(from: Row, key: string): string {
  const value = text(from, key);
  if (value === '') throw new UnreadableField(`${key} is empty`);
  return value;
}

export function number(from: Row, key: string): number {
  const value = from[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new UnreadableField(`${key} is ${value === undefined ? 'missing' : 'not a number'}`);
}

export function optionalNumber(from: Row, key: string): number | null {
  return from[key] === undefined || from[key] === null ? null : number(from, key);
}

export function list(from: Row, key: string): readonly unknown[] {
  const value = from[key];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new UnreadableField(`${key} is not a list`);
}

export function texts(from: Row, key: string): string[] {
  return list(from, key).flatMap((item) => (typeof item === 'string' ? cleanText(item) : []));
}

export function labels(from: Row, key = 'Labels'): Record<string, string> {
  const entries = Object.entries(optionalRow(from[key]));
  return Object.fromEntries(entries.map(([label, value]) => [cleanText(label), cleanText(String(value))]));
}

/** RFC 3339 to milliseconds; Go's zero time and anything that is no date are null. */
export function time(from: Row, key: string): number | null {
  const at = Date.parse(optionalText(from, key));
  return Number.isNaN(at) || at < 0 ? null : at;
}
