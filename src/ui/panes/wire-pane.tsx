import { memo } from 'react';
import type { WireView } from '../../model/select-wire.ts';
import type { Paint } from '../theme.ts';
import { bottomBorder, sided, titleLine } from '../widgets/frame.ts';
import { Lines } from '../widgets/lines.tsx';
import { wireLines } from './wire-lines.ts';

/** The calls that clients in the terminal make to the engine. */
export const WirePane = memo(({ view, paint }: { view: WireView; paint: Paint }) => (
  <Lines lines={paneLines(view, paint)} width={view.rect.width} />
));

function paneLines({ rect, focused, flashing, count, content, status }: WireView, paint: Paint): string[] {
  const { width } = rect;
  const size = { columns: width - 2, rows: rect.height - 2 };
  const lines = wireLines(content, size, focused, paint);
  while (lines.length < size.rows) lines.push(' '.repeat(size.columns));
  return [
    titleLine(paint, { title: '7 Wire', note: count, width, focused, flashing, corners: 'first' }),
    ...lines.map((line) => sided(paint, line, focused)),
    bottomBorder(paint, width, focused, { text: status, style: 'quiet' }),
  ];
}
