import { humanSize } from '../../engine/human-size.ts';
import { EMPTY_LINE, piece, type Line, type Piece } from '../line.ts';
import { wrapWords } from '../wrap-words.ts';
import type { OpenLayers, SharedWith } from './layers-state.ts';
import { OWN_LAYER_FATE } from './live-text.ts';
import { listPart, type PartView } from './part-view.ts';
import { stackLines } from './stack-lines.ts';
import { selectStackRow, selectStackRows, type StackRow } from './stack-rows.ts';

/** The stack with what there is to say of the selected layer below it. */
export function stackView(layers: OpenLayers, columns: number, height: number): PartView {
  const rows = selectStackRows(layers);
  return listPart({
    head: [],
    foot: footLines(layers, columns),
    count: rows.length,
    cursor: layers.look.row,
    height,
    line: (row) => stackLines([rows[row]!], layers.live, columns)[0]!,
  });
}

function footLines(layers: OpenLayers, columns: number): readonly Line[] {
  const text = (words: string, tone: Piece['tone'] = 'quiet'): readonly Line[] =>
    wrapWords(words, columns - 2).map((line): Line => [piece(line, tone)]);
  const { reading } = layers;
  const failed = reading.phase === 'failed' ? text(reading.why, 'bad') : [];
  const row = selectStackRow(layers);
  const about = row === null ? [] : row.kind === 'own' ? ownText(layers) : stepText(row, layers);
  return [EMPTY_LINE, ...failed, ...about.flatMap(([words, tone]) => text(words, tone))];
}

type Said = readonly [words: string, tone?: Piece['tone']];

function ownText({ live }: OpenLayers): readonly Said[] {
  const why: readonly Said[] = live === null || live.failed === '' ? [] : [[live.failed, 'bad']];
  return [['The container’s own layer: what it wrote since it was made.', 'plain'], [OWN_LAYER_FATE], ...why];
}

function stepText(row: Extract<StackRow, { kind: 'step' }>, layers: OpenLayers): readonly Said[] {
  const count = layers.outline?.diffIds.length ?? 0;
  const { instruction, layer, size, createdAt, sharedWith } = row;
  const made = createdAt === null ? '' : `, made ${new Date(createdAt).toISOString().slice(0, 10)}`;
  if (layer === null) return [[instruction, 'plain'], [`Metadata only: it makes no layer${made}.`]];
  return [
    [instruction, 'plain'],
    [`Layer ${layer + 1} of ${count}, ${humanSize(size)}${made}.`],
    ...sharingText(sharedWith),
  ];
}

function sharingText({ shared, alike }: SharedWith): readonly Said[] {
  const said: Said[] = [];
  if (shared.length > 0) said.push([`Shared with ${shared.join(', ')}: kept once for all.`, 'good']);
  if (alike.length > 0) said.push([`Also in ${alike.join(', ')} on other layers: kept once more.`]);
  return said;
}
