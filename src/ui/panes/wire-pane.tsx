import { memo } from 'react';
import { padEnd } from '../../model/fit-text.ts';
import type { WireView } from '../../model/select-wire.ts';
import type { Paint } from '../theme.ts';
import { bottomBorder, sided, titleLine } from '../widgets/frame.ts';
import { Lines } from '../widgets/lines.tsx';

/** The calls that clients in the terminal make to the engine. */
export const WirePane = memo(({ view, paint }: { view: WireView; paint: Paint }) => (
  <Lines lines={paneLines(view, paint)} width={view.rect.width} />
));

function paneLines({ rect, focused, calls }: WireView, paint: Paint): string[] {
  const width = rect.width - 2;
  const height = rect.height - 2;
  const content = calls
    .slice(-height)
    .map((call) => padEnd(` ${call.method} ${call.path} ${call.status ?? '…'}`, width));
  while (content.length < height) content.push(' '.repeat(width));
  return [
    titleLine(paint, { title: '7 Wire', width: rect.width, focused, corners: 'first' }),
    ...content.map((line) => sided(paint, line, focused)),
    bottomBorder(paint, rect.width, focused),
  ];
}
