import { humanSize } from '../../engine/human-size.ts';
import { freedAmount } from '../actions/prune-action.ts';
import { cutEnd, padEnd, padStart } from '../fit-text.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { textLines, type OverlayView } from '../overlay-views/overlay-view.ts';
import { prunedItems } from '../prune.ts';
import { layersFreed } from './freed-layers.ts';
import type { Known } from './places.ts';
import { stateLines } from './places-view.ts';
import { usageRows, type UsageRow } from './survey-rows.ts';

/** Cells for a line, which fit at 80 columns, and the two that `width` counts besides. */
const WIDTH = 72;
const NAME_WIDTH = 34;
const SIZE_WIDTH = 9;
const GAIN_WIDTH = 16;
/** Docker's name for the store of containerd. */
const CONTAINERD_STORE = 'overlayfs';

/** What takes the space, what each clean-up would give back, and the largest things. */
export const diskUsageView = memoizeLast(
  (
    objects: Known['objects'],
    data: Known['data'],
    engine: Known['engine'],
    selected: number,
  ): OverlayView => {
    const known = { objects, data, engine };
    const rows = usageRows(known);
    const at = Math.min(selected, rows.length - 1);
    const lines: Line[] = [...stateLines(data.survey), ...totalLines(known), EMPTY_LINE];
    let line = -1;
    rows.forEach((row, i) => {
      const title = titleBefore(rows[i - 1], row);
      if (title !== '') lines.push(...(i === 0 ? [] : [EMPTY_LINE]), [piece(title, 'title')]);
      if (i === at) line = lines.length;
      lines.push(row.kind === 'clean-up' ? cleanUpLine(known, row) : thingLine(row));
    });
    return { title: 'Disk usage', width: WIDTH, lines, selected: line, scroll: 0, cursor: null };
  },
);

function totalLines(known: Known): Line[] {
  const usage = known.data.survey?.usage;
  if (usage === null || usage === undefined) return [];
  const { images, containers, volumes, buildCache } = usage;
  const layers =
    usage.layers ??
    layersFreed(
      images.map((i) => ({ id: i.id, own: i.size })),
      [],
      known.data.survey!.layers,
    ).bytes;
  const add = (sizes: readonly (number | null)[]): number =>
    sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const total = (name: string, count: number, size: number, note: string): Line => [
    piece(name.padEnd(13)),
    piece(String(count).padStart(5), 'quiet'),
    piece(`${humanSize(size).padStart(SIZE_WIDTH)}  `),
    piece(note, 'quiet'),
  ];
  return [
    total('Images', images.length, layers, 'layers that images share are counted once'),
    total(
      'Containers',
      containers.length,
      add(containers.map((c) => c.writable)),
      'what they wrote into their own layers',
    ),
    total('Volumes', volumes.length, add(volumes.map((v) => v.size)), ''),
    buildCache === null
      ? [piece('Build cache  '), piece('podman keeps none: what it caches of builds are images', 'quiet')]
      : total('Build cache', buildCache.length, add(buildCache.map((c) => c.size)), ''),
    ...storeLines(known),
  ];
}

function storeLines({ engine }: Known): Line[] {
  const isContainerd = engine?.family === 'docker' && engine.about?.storageDriver === CONTAINERD_STORE;
  if (!isContainerd) return [];
  const text =
    'This Docker keeps images in containerd’s store: the size of each counts the compressed archive and the unpacked files, the sum above all unpacked files, those of the build cache too.';
  return textLines(text, 'quiet');
}

function titleBefore(before: UsageRow | undefined, row: UsageRow): string {
  if (row.kind === 'clean-up') return before === undefined ? 'A clean-up gives back' : '';
  if (before?.kind === 'thing' && before.of === row.of) return '';
  return { image: 'Largest images', container: 'Largest containers', volume: 'Largest volumes', network: '' }[
    row.of
  ];
}

function cleanUpLine(known: Known, { cleanUp }: Extract<UsageRow, { kind: 'clean-up' }>): Line {
  const { label, what, all } = cleanUp;
  const isNothing = what !== 'build-cache' && prunedItems(known, what, all).length === 0;
  const gain = isNothing ? 'nothing' : freedAmount(known, cleanUp) || 'measuring …';
  return [
    piece(`${padStart(gain, GAIN_WIDTH)}  `, isNothing ? 'quiet' : 'accent'),
    piece(label, isNothing ? 'quiet' : 'plain'),
  ];
}

function thingLine({ name, size, note }: Extract<UsageRow, { kind: 'thing' }>): Line {
  return [
    piece(padEnd(cutEnd(name, NAME_WIDTH - 1), NAME_WIDTH)),
    piece(`${humanSize(size).padStart(SIZE_WIDTH)}  `),
    piece(note, 'quiet'),
  ];
}
