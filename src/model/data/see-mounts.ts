import type { Container, Item, Volume } from '../../engine/objects.ts';
import type { Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import type { Seen } from '../select-details.ts';
import type { Size, State } from '../state.ts';
import { containerLines } from './container-lines.ts';
import type { Known } from './places.ts';
import { volumeLines } from './volume-lines.ts';

/** The Mounts tab: of a container where its data is, of a volume what is known of it. */
export function seeMounts({ objects, data, engine, now }: State, item: Item, size: Size): Seen {
  const top = data.scroll.of === item.id ? data.scroll.top : 0;
  const lines = mountsLines(objects, data, engine, item, Math.floor(now / MINUTE), size.columns - MARGIN);
  return seen(lines, top, size.rows, data.failed?.of === `${item.kind} ${item.id}` ? data.failed.why : '');
}

/** How many lines the tab has, for scrolling. */
export function countMountsLines({ objects, data, engine, now }: State, item: Item, columns: number): number {
  return mountsLines(objects, data, engine, item, Math.floor(now / MINUTE), columns - MARGIN).length;
}

/** Texts such as “2 min ago” change no more often. */
const MINUTE = 60_000;
/** The pane keeps a cell free on both sides. */
const MARGIN = 2;

const mountsLines = memoizeLast(
  (
    objects: Known['objects'],
    data: Known['data'],
    engine: Known['engine'],
    item: Item,
    minute: number,
    columns: number,
  ): readonly Line[] => {
    const known = { objects, data, engine };
    if (item.kind === 'container') return containerLines(known, item satisfies Container, columns);
    if (item.kind === 'volume') return volumeLines(known, item satisfies Volume, minute * MINUTE, columns);
    return [];
  },
);

const seen = memoizeLast((lines: readonly Line[], top: number, rows: number, failed: string): Seen => {
  const from = Math.max(0, Math.min(top, lines.length - rows));
  const more =
    lines.length > rows ? `lines ${from + 1}–${Math.min(lines.length, from + rows)} of ${lines.length}` : '';
  return {
    content: { kind: 'lines', lines: lines.slice(from, from + rows), selected: -1 },
    status: failed === '' ? more : `not all could be asked: ${failed}`,
  };
});
