import type { Item, Kind } from '../engine/objects.ts';
import type { State } from './state.ts';

/** Something that a command in the terminal has touched: by id, by the beginning of one, or by name; or the wire as a whole. */
export type Touched = { kind: Kind; ref: string } | { kind: 'wire'; ref: '' };

/** A row, or the title of the wire, that is to catch the eye until then (milliseconds since the epoch). */
export type Flash = Touched & { until: number };

/** How long a row flashes, in milliseconds: long enough to be found, also when the list comes in late. */
const FLASH_FOR = 1_500;

export function flash(state: State, touched: readonly Touched[], at: number): State {
  if (touched.length === 0) return state;
  const until = at + FLASH_FOR;
  const others = state.flashes.filter((f) => !touched.some((t) => t.kind === f.kind && t.ref === f.ref));
  return { ...state, flashes: [...others, ...touched.map((t) => ({ ...t, until }))] };
}

export function withoutOldFlashes(flashes: readonly Flash[], now: number): readonly Flash[] {
  return flashes.some((f) => f.until <= now) ? flashes.filter((f) => f.until > now) : flashes;
}

/** Ids of the items that flash. */
export function flashing(flashes: readonly Flash[], items: Iterable<Item>): ReadonlySet<string> {
  const ids = new Set<string>();
  if (flashes.length === 0) return ids;
  for (const item of items) if (flashes.some((f) => isMeant(item, f.ref))) ids.add(item.id);
  return ids;
}

/** Shorter beginnings of an id may be meant for another one. */
const SHORTEST_ID = 8;

function isMeant(item: Item, ref: string): boolean {
  if (item.id === ref || ('name' in item && item.name === ref)) return true;
  const id = item.id.replace(/^sha256:/, '');
  if (ref.length >= SHORTEST_ID && id.startsWith(ref.replace(/^sha256:/, ''))) return true;
  return item.kind === 'image' && item.tags.some((tag) => tag === ref || tag === `${ref}:latest`);
}
