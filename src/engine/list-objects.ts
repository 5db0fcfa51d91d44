import { filters, withQuery } from './api-path.ts';
import { cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import { EngineError } from './errors.ts';
import { UnreadableField, looseRow, row } from './fields.ts';
import type { Row } from './fields.ts';
import type { Item, Kind, ObjectOf, Unreadable } from './objects.ts';

/** How rows become our words; each engine family has one. */
export type Readers = { [K in Kind]: (raw: Row, now: number) => ObjectOf[K] };

type Source = {
  path: string;
  query?: Record<string, string | boolean>;
  filter: string | null;
  within?: string;
};

const SOURCES: { readonly [K in Kind]: Source } = {
  container: { path: '/containers/json', query: { all: true }, filter: 'id' },
  // Images have no filter by id; their list is short and quick.
  image: { path: '/images/json', filter: null },
  // Matches parts of names as well; what was not asked for is left out here.
  volume: { path: '/volumes', filter: 'name', within: 'Volumes' },
  network: { path: '/networks', filter: 'id' },
};

/** With more ids than this the whole list is cheaper than the filter. */
const MAX_FILTERED = 50;

/** Lists a kind. A row that cannot be read keeps its place as `Unreadable`. */
export async function listObjects<K extends Kind>(
  client: Client,
  readers: Readers,
  kind: K,
  ids?: readonly string[],
): Promise<Item<K>[]> {
  if (ids?.length === 0) return [];
  const { path, query, filter, within } = SOURCES[kind];
  const filtered = ids && filter && ids.length <= MAX_FILTERED ? { filters: filters({ [filter]: ids }) } : {};
  const reply = await client.json({ path: withQuery(path, { ...query, ...filtered }) });
  const rows = rowsIn(reply, within);
  const now = Date.now();
  const items = rows.map((raw) => readItem(kind, readers[kind], raw, now));
  if (ids === undefined) return items;
  const wanted = new Set(ids);
  return items.filter((item) => wanted.has(item.id));
}

function rowsIn(reply: unknown, within: string | undefined): readonly unknown[] {
  const rows = within === undefined ? reply : looseRow(reply)[within];
  if (rows === null) return []; // Go writes an empty list as null.
  if (Array.isArray(rows)) return rows;
  throw new EngineError('protocol', 'the engine’s answer is not a list');
}

function readItem<K extends Kind>(
  kind: K,
  read: (raw: Row, now: number) => ObjectOf[K],
  raw: unknown,
  now: number,
): Item<K> {
  try {
    return read(row(raw, 'the row'), now);
  } catch (error) {
    if (error instanceof UnreadableField) return unreadable(kind, raw, error.message);
    throw error;
  }
}

function unreadable(kind: Kind, raw: unknown, why: string): Unreadable {
  const { Id, Name, Names } = looseRow(raw);
  const first = Array.isArray(Names) ? (Names[0] as unknown) : Name;
  const name = typeof first === 'string' ? cleanText(first).replace(/^\//, '') : '';
  const id = typeof Id === 'string' ? cleanText(Id) : kind === 'volume' ? name : '';
  return { kind: 'unreadable', of: kind, id, name, why };
}
