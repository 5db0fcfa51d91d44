import type { LayeredImage } from '../../engine/layers/layer.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { changeLine, shownChanges } from './change-lines.ts';
import { fileLines } from './file-lines.ts';
import { fileRows, treeOf } from './file-rows.ts';
import type { OpenLayers } from './layers-state.ts';
import { cursorIndex } from './move-in-tree.ts';
import { OWN_LAYER_FATE } from './live-text.ts';
import { listPart, type PartView } from './part-view.ts';
import { lossLines, wastedLine, wasteHead, wasteOf } from './waste-lines.ts';

/** Files of a layer, or of everything up to it. */
export function treeView(
  { look: { tree: look } }: OpenLayers,
  image: LayeredImage,
  layer: number,
  columns: number,
  height: number,
): PartView {
  const rows = fileRows(treeOf(image, layer, look.isWhole), look);
  const of = `Layer ${layer + 1} of ${image.layers.length}`;
  const what = look.isWhole
    ? `Everything up to layer ${layer + 1} of ${image.layers.length}`
    : `${of}: its own files`;
  const empty: readonly Line[] = rows.rows.length > 0 ? [] : [[piece(emptyText(look.filter), 'quiet')]];
  return listPart({
    head: [[piece(what, 'title')], ...empty],
    foot: [],
    count: rows.rows.length,
    cursor: cursorIndex(rows, look.cursor),
    height,
    line: (row) => fileLines([rows.rows[row]!], columns)[0]!,
  });
}

function emptyText(filter: string): string {
  return filter === 'all' ? 'It holds no files.' : `Nothing is ${filter} in it: F shows the rest.`;
}

/** Paths whose bytes nobody can see any more, with who is to blame for the selected one. */
export function wasteView(
  layers: OpenLayers,
  image: LayeredImage,
  columns: number,
  height: number,
): PartView {
  const waste = wasteOf(image);
  const { paths } = waste;
  const at = Math.max(0, Math.min(layers.look.wasted, paths.length - 1));
  const selected = paths[at];
  const foot = selected === undefined ? [] : [EMPTY_LINE, ...lossLines(selected, image, columns)];
  return listPart({
    head: wasteHead(waste, columns),
    foot,
    count: paths.length,
    cursor: at,
    height,
    line: (row) => wastedLine(paths[row]!, columns),
  });
}

/** What a container changed. */
export function changesView({ live, look }: OpenLayers, columns: number, height: number): PartView {
  const list = live === null ? [] : shownChanges(live.list, look.changes.query);
  const head: Line[] = [[piece('Changed by the container', 'title')]];
  if (live === null) head.push([piece('Reading …', 'quiet')]);
  else if (live.failed !== '') head.push([piece(live.failed, 'bad')]);
  else if (list.length === 0)
    head.push([piece(look.changes.query === '' ? 'Nothing yet.' : 'Nothing is called so.', 'quiet')]);
  return listPart({
    head,
    foot: [EMPTY_LINE, [piece(OWN_LAYER_FATE, 'quiet')]],
    count: list.length,
    cursor: look.changes.row,
    height,
    line: (row) => changeLine(list[row]!, live!, columns),
  });
}
