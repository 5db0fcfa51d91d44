import { EngineError } from './errors.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * A path of the Engine API with every value encoded: apiPath`/containers/${id}/json`. Docker lets a network be
 * called `../x`; unencoded, that is a request for something else.
 */
export function apiPath(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => path + segment(values[index - 1] ?? '') + part);
}

export function withQuery(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(String(value))}`],
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** The API's `filters`: JSON in a query. */
export function filters(wanted: Readonly<Record<string, readonly string[]>>): string {
  return JSON.stringify(wanted);
}

function segment(value: string): string {
  // Go's router resolves these two, and an empty one, into another path, whatever the encoding.
  if (value === '' || value === '.' || value === '..') {
    throw new EngineError('not-found', `nothing can be named “${value}”`);
  }
  return encodeURIComponent(value.toWellFormed());
}
