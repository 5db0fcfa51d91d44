import type { Container, Item, Kind } from '../engine/objects.ts';
import { isAlive } from './container-status.ts';
import type { ObjectFact } from './events.ts';
import type { Objects, ObjectTable } from './state.ts';

type Fact<T extends ObjectFact['type']> = Extract<ObjectFact, { type: T }>;

/** What the engine holds, as of the last reading. An item that did not change keeps its identity, and so its row. */
export function reduceObjects(objects: Objects, event: ObjectFact): Objects {
  const [kind, table] = tableAfter(objects, event);
  return table === objects[kind] ? objects : { ...objects, [kind]: table };
}

function tableAfter(objects: Objects, event: ObjectFact): [Kind, ObjectTable] {
  switch (event.type) {
    case 'list-read':
      return [event.kind, readAll(objects[event.kind], event)];
    case 'items-read':
      return [event.kind, readSome(objects[event.kind], event)];
    case 'list-failed':
      return [event.kind, { ...objects[event.kind], failed: event.why }];
    case 'layers-counted':
      return ['image', withLayers(objects.image, event.counts)];
    case 'volumes-measured':
      return ['volume', withSizes(objects.volume, event.sizes)];
  }
}

function readAll(table: ObjectTable, { items, at }: Fact<'list-read'>): ObjectTable {
  const read = new Map(items.map((item) => [item.id, carryOver(table.items?.get(item.id), item, at)]));
  return unlessSame(table, read);
}

function readSome(table: ObjectTable, { ids, items, at }: Fact<'items-read'>): ObjectTable {
  const merged = new Map(table.items);
  const found = new Set(items.map((item) => item.id));
  for (const id of ids) if (!found.has(id)) merged.delete(id);
  for (const item of items) merged.set(item.id, carryOver(merged.get(item.id), item, at));
  return unlessSame(table, merged);
}

/** A reading that found nothing new leaves the table as it was, so that nothing is drawn for it. */
function unlessSame(table: ObjectTable, items: ReadonlyMap<string, Item>): ObjectTable {
  const isSame =
    table.items?.size === items.size && [...items].every(([id, item]) => table.items?.get(id) === item);
  return isSame && table.failed === '' ? table : { items, failed: '' };
}

function carryOver(before: Item | undefined, now: Item, at: number): Item {
  if (before === undefined || before.kind !== now.kind) return now;
  const kept = keepMeasured(before, now, at);
  return sameContent(before, kept) ? before : kept;
}

/** Keeps what is asked for apart from the list: layers of an image (never change), size of a volume (until measured again). */
function keepMeasured(before: Item, now: Item, at: number): Item {
  if (now.kind === 'image' && before.kind === 'image') return { ...now, layers: now.layers ?? before.layers };
  if (now.kind === 'volume' && before.kind === 'volume') return { ...now, size: now.size ?? before.size };
  if (now.kind === 'container' && before.kind === 'container')
    return { ...now, since: steadySince(before, now, at) };
  return now;
}

/** `since` comes from rounded words (“Up 5 minutes”): the first reading of a run is the nearest to the truth, and stays. */
function steadySince(before: Container, now: Container, at: number): number | null {
  if (isAlive(before.state) !== isAlive(now.state) || before.since === null || now.since === null)
    return now.since;
  return Math.abs(now.since - before.since) > rounding(at - now.since) ? now.since : before.since;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How much a Docker engine rounds away at a given age (go-units `HumanDuration`). */
function rounding(age: number): number {
  if (age < MINUTE) return 2 * SECOND;
  if (age < HOUR) return MINUTE + SECOND;
  if (age < 48 * HOUR) return HOUR + MINUTE;
  return age < 14 * DAY ? DAY + HOUR : 31 * DAY;
}

function sameContent(a: Item, b: Item): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function withLayers(table: ObjectTable, counts: ReadonlyMap<string, number>): ObjectTable {
  return mapItems(table, (item) => {
    const layers = counts.get(item.id);
    return item.kind === 'image' && layers !== undefined && layers !== item.layers
      ? { ...item, layers }
      : item;
  });
}

function withSizes(table: ObjectTable, sizes: ReadonlyMap<string, number>): ObjectTable {
  return mapItems(table, (item) => {
    const size = sizes.get(item.id);
    return item.kind === 'volume' && size !== undefined && size !== item.size ? { ...item, size } : item;
  });
}

function mapItems(table: ObjectTable, change: (item: Item) => Item): ObjectTable {
  if (table.items === null) return table;
  return { ...table, items: new Map([...table.items].map(([id, item]) => [id, change(item)])) };
}
