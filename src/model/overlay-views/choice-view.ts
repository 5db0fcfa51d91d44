import { cellWidth } from '../fit-text.ts';
import { memoizeLast } from '../memoize.ts';
import type { Choice } from '../overlays.ts';
import { TEXT_WIDTH, textLines, type OverlayView } from './overlay-view.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';

/** A question with its answers, each with the command that it stands for. */
export const choiceView = memoizeLast((choice: Choice, selected: number): OverlayView => {
  const body = choice.body.flatMap(bodyLines);
  if (body.length > 0) body.push(EMPTY_LINE);
  const widest = Math.max(...choice.options.map((o) => o.label.length));
  const isLong = choice.options.some((o) => widest + 4 + o.line.length > TEXT_WIDTH);
  const options = choice.options.map((o): Line => {
    const line = o.line === '' || isLong ? '' : `$ ${o.line}`;
    return [piece(isLong ? o.label : `${o.label.padEnd(widest)}  `), piece(line, 'quiet')];
  });
  const whole = choice.options[selected]?.line ?? '';
  const below = isLong ? [EMPTY_LINE, ...textLines(whole === '' ? '' : `$ ${whole}`, 'quiet')] : [];
  const lines = [...body, ...options, ...below];
  return { title: choice.title, width: 76, lines, selected: body.length + selected, scroll: 0, cursor: null };
});

/** A row of a list stays as it is, and is cut where it must be; a sentence goes on in the next line. */
function bodyLines(text: string): Line[] {
  const isRow = text.startsWith(' ') || cellWidth(text) <= TEXT_WIDTH;
  return isRow ? [[piece(text, 'quiet')]] : textLines(text, 'quiet');
}
