import { Box } from 'ink';
import { memo } from 'react';
import { cellWidth, cutEnd, sliceCells } from '../../model/fit-text.ts';
import { overlayHeight, type OverlayView } from '../../model/overlay-views/overlay-view.ts';
import { piece, type Line } from '../../model/line.ts';
import type { Size } from '../../model/state.ts';
import type { Paint } from '../theme.ts';
import { bottomBorder, sided, titleLine } from './frame.ts';
import { Lines } from './lines.tsx';
import { pieceLine, selectedLine } from './piece-line.ts';

/** A box in the middle of the screen, over the panes; all overlays are this one box. */
export const OverlayBox = memo(({ view, size, paint }: { view: OverlayView; size: Size; paint: Paint }) => {
  const width = Math.min(view.width + 4, size.columns - 4);
  const height = Math.min(view.lines.length, overlayHeight(size));
  const lines = boxLines(view, width, height, paint);
  return (
    <Box
      position="absolute"
      left={Math.floor((size.columns - width) / 2) - 1}
      top={Math.max(1, Math.floor((size.rows - height - 2) / 3))}
    >
      <Lines lines={lines} width={width + 2} />
    </Box>
  );
});

function boxLines(view: OverlayView, width: number, height: number, paint: Paint): string[] {
  const inner = width - 4;
  const from = firstLine(view, height);
  const shown = view.lines.slice(from, from + height);
  const note = view.lines.length > height ? `${from + 1}–${from + shown.length} of ${view.lines.length}` : '';
  const title = titleLine(paint, { title: view.title, note, width, focused: true, corners: 'first' });
  const content = shown.map((line, i) =>
    sided(paint, ` ${overlayLine(view, line, from + i, inner, paint)} `, true),
  );
  // A blank on both sides keeps what lies behind from running into the border.
  return [title, ...content, bottomBorder(paint, width, true)].map((line) => ` ${line} `);
}

function firstLine(view: OverlayView, height: number): number {
  const last = Math.max(0, view.lines.length - height);
  if (view.selected < 0) return Math.min(view.scroll, last);
  return Math.max(0, Math.min(last, view.selected - Math.floor(height / 2)));
}

function overlayLine(view: OverlayView, line: Line, index: number, width: number, paint: Paint): string {
  if (view.cursor?.line === index) return editedLine(line, view.cursor.character, width, paint);
  const chosen = index === view.selected && view.cursor === null;
  const isChoice = chosen || (view.selected === index && view.cursor !== null);
  if (isChoice) return selectedLine([piece('▸ '), ...line], width, paint);
  return pieceLine([piece('  '), ...line], width, paint);
}

/** A line with the cursor in it, as an inverse cell; a long text moves so that the cursor stays in view. */
function editedLine(line: Line, character: number, width: number, paint: Paint): string {
  const text = [...line.map((p) => p.text).join('')];
  const before = text.slice(0, character).join('');
  const at = text[character] ?? ' ';
  const room = width - 2 - cellWidth(at);
  const from = Math.max(0, cellWidth(before) - room);
  const head = sliceCells(before, from, room).text;
  const rest = cutEnd(
    text.slice(character + 1).join(''),
    Math.max(0, width - 2 - cellWidth(head) - cellWidth(at)),
  );
  const used = 2 + cellWidth(head) + cellWidth(at) + cellWidth(rest);
  return `▸ ${paint('bold', head)}${paint('selected', at)}${paint('bold', rest)}${' '.repeat(Math.max(0, width - used))}`;
}
