import { piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import type { DetailContent } from '../select-details.ts';
import { wrapWords } from '../wrap-words.ts';
import { shownChanges } from './change-lines.ts';
import { modeText, ownerText, WIDE } from './file-lines.ts';
import { fileRows, foundPaths, treeOf } from './file-rows.ts';
import { isOfContainer, type OpenLayers } from './layers-state.ts';
import { changesView, treeView, wasteView } from './list-views.ts';
import { liveStatus } from './live-text.ts';
import { cursorIndex } from './move-in-tree.ts';
import { listPart, type PartView } from './part-view.ts';
import { readingText } from './reading-text.ts';
import { selectLayerIndex, selectStackRow } from './stack-rows.ts';
import { stackView } from './stack-view.ts';
import { wasteOf } from './waste-lines.ts';

/** From here on the files stand beside the stack. */
const BESIDE_FROM = 90;

export type LayersSeen = { content: DetailContent; status: string };
/** The parts that are in view. The one that keys go to is `right` in all parts but the stack. */
export type LayersParts = { left: PartView | null; leftWidth: number; right: PartView | null };

/** What the Layers tab shows. */
export const seeLayers = memoizeLast((layers: OpenLayers, columns: number, rows: number): LayersSeen => {
  if (layers.outline === null) return sayOutline(layers);
  const { left, leftWidth, right } = layersParts(layers, columns, rows);
  const status = statusText(layers, columns);
  const active = layers.look.part === 'stack' ? 'left' : 'right';
  if (left !== null && right !== null)
    return { content: { kind: 'split', left, leftWidth, right, active }, status };
  const { lines, selected } = (left ?? right)!;
  return { content: { kind: 'lines', lines, selected }, status };
});

function sayOutline({ failed }: OpenLayers): LayersSeen {
  const text =
    failed === null ? 'Asking for its layers …' : [failed.why, failed.advice].filter(Boolean).join(' · ');
  return { content: { kind: 'message', text, bad: failed !== null }, status: '' };
}

export function layersParts(layers: OpenLayers, columns: number, rows: number): LayersParts {
  const isSplit = columns >= BESIDE_FROM;
  const leftWidth = isSplit ? Math.floor(columns * 0.45) : columns;
  const isStack = layers.look.part === 'stack';
  const left = isSplit || isStack ? stackView(layers, leftWidth - 1, rows) : null;
  if (!isSplit) return { left, leftWidth, right: isStack ? null : partView(layers, columns - 1, rows) };
  return { left, leftWidth, right: partView(layers, columns - leftWidth - 2, rows) };
}

/** What is beside the stack: the list that is in front, or else what the selected layer holds. */
function partView(layers: OpenLayers, columns: number, rows: number): PartView {
  const { look, reading } = layers;
  const isOwn = look.part === 'changes' || (look.part === 'stack' && selectStackRow(layers)?.kind === 'own');
  if (isOwn) return changesView(layers, columns, rows);
  if (reading.phase !== 'read') return message(columns, rows, unreadText(layers));
  if (look.part === 'waste') return wasteView(layers, reading.image, columns, rows);
  const layer = selectLayerIndex(layers);
  if (layer === null)
    return message(columns, rows, 'This line changes no files, so there is no layer of it.');
  return treeView(layers, reading.image, layer, columns, rows);
}

function unreadText(layers: OpenLayers): string {
  const { reading } = layers;
  return reading.phase === 'failed' ? `${reading.why} · ${readingText(layers)}` : readingText(layers);
}

function message(columns: number, height: number, text: string): PartView {
  const head = wrapWords(text, columns - 1).map((line): Line => [piece(line, 'quiet')]);
  return listPart({ head, foot: [], count: 0, cursor: 0, height, line: () => [] });
}

function statusText(layers: OpenLayers, columns: number): string {
  const { look, live } = layers;
  switch (look.part) {
    case 'stack':
      return stackStatus(layers);
    case 'tree':
      return treeStatus(layers, columns);
    case 'waste':
      return wasteStatus(layers);
    case 'changes': {
      const { query } = look.changes;
      if (live === null) return 'Reading …';
      const found = shownChanges(live.list, query).length;
      return query === ''
        ? liveStatus(live)
        : `“${query}” ${found} of ${live.list.length} · ${liveStatus(live)}`;
    }
  }
}

function stackStatus(layers: OpenLayers): string {
  if (!isOfContainer(layers) || layers.live === null || selectStackRow(layers)?.kind !== 'own')
    return readingText(layers);
  return `${liveStatus(layers.live)} · c commits`;
}

function treeStatus(layers: OpenLayers, columns: number): string {
  const { reading, look } = layers;
  const layer = selectLayerIndex(layers);
  if (reading.phase !== 'read' || layer === null) return readingText(layers);
  const root = treeOf(reading.image, layer, look.tree.isWhole);
  const rows = fileRows(root, look.tree);
  const { cursor, query, filter, bySize } = look.tree;
  const parts = [`${rows.rows.length === 0 ? 0 : cursorIndex(rows, cursor) + 1} of ${rows.rows.length}`];
  const node = rows.rows[cursorIndex(rows, cursor)]?.node;
  // The lines have no room for it.
  if (columns < WIDE && node !== undefined) parts.push(`${modeText(node)} ${ownerText(node)}`.trim());
  if (filter !== 'all') parts.push(`only ${filter}`);
  if (bySize) parts.push('largest first');
  if (query !== '') {
    const found = foundPaths(root, look.tree);
    parts.push(`“${query}” ${found.indexOf(cursor) + 1} of ${found.length}`);
  }
  return parts.join(' · ');
}

function wasteStatus(layers: OpenLayers): string {
  if (layers.reading.phase !== 'read') return readingText(layers);
  const { paths } = wasteOf(layers.reading.image);
  return paths.length === 0
    ? 'Nothing is wasted'
    : `${Math.min(layers.look.wasted, paths.length - 1) + 1} of ${paths.length} · Enter shows it in the files`;
}
