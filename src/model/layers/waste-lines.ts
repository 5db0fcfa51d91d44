import { findWaste, type Reason, type Waste, type WastedPath } from '../../engine/layers/waste.ts';
import type { LayeredImage } from '../../engine/layers/layer.ts';
import { humanSize } from '../../engine/human-size.ts';
import { cutMiddle, padStart } from '../fit-text.ts';
import { drawn, EMPTY_LINE, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { wrapWords } from '../wrap-words.ts';
import { CHANGE_MARKS } from './file-lines.ts';
import { shownPath } from '../shown-path.ts';
import { percent } from './percent.ts';

export const wasteOf = memoizeLast((image: LayeredImage): Waste => findWaste(image.layers));

const REASONS: Readonly<Record<Reason, string>> = {
  removed: 'removed later by',
  rewritten: 'written anew by',
  attributes: 'copied for its mode or owner by',
  repeated: 'written again unchanged by',
};

/** The figure, what it means, and the heading of the list. */
export function wasteHead(waste: Waste, columns: number): readonly Line[] {
  const figure = `${percent(waste.efficiency)} efficient: ${humanSize(waste.bytes)} of ${humanSize(waste.total)} can no longer be seen.`;
  const meaning =
    'Efficiency: the bytes that can still be reached, of all bytes in the layers. Files removed or rewritten by a later layer stay in the earlier one.';
  return [
    ...wrapWords(figure, columns - 2).map((text): Line => [piece(text, 'title')]),
    ...wrapWords(meaning, columns - 2).map((text): Line => [piece(text, 'quiet')]),
    EMPTY_LINE,
  ];
}

/** A path with the bytes lost in it. */
export function wastedLine({ path, bytes, losses }: WastedPath, columns: number): Line {
  const reason = losses.at(-1)?.reason ?? 'rewritten';
  const { mark, tone, said } = CHANGE_MARKS[reason === 'removed' ? 'removed' : 'changed'];
  return [
    drawn(mark, tone, said),
    piece(`${padStart(humanSize(bytes), 7)} `),
    piece(cutMiddle(`/${shownPath(path)}`, Math.max(8, columns - 12))),
  ];
}

/** Which layers hold it and which instruction made it useless. */
export function lossLines({ losses }: WastedPath, image: LayeredImage, columns: number): readonly Line[] {
  const instructions = new Map(image.steps.map(({ layer, instruction }) => [layer, instruction]));
  return losses.flatMap(({ bytes, layer, by, reason }) => {
    const blame = `layer ${by + 1}: ${instructions.get(by) ?? '(not told)'}`;
    const text = `${humanSize(bytes)} in layer ${layer + 1}, ${REASONS[reason]} ${blame}`;
    return wrapWords(text, columns - 2).map((part): Line => [piece(part, 'quiet')]);
  });
}
