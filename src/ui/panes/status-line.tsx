import { memo } from 'react';
import { cellWidth, cutEnd } from '../../model/fit-text.ts';
import type { StatusView } from '../../model/select-status.ts';
import type { Paint } from '../theme.ts';
import { Lines } from '../widgets/lines.tsx';

/** The line at the top: which engine this is, whether it is there, and how much it holds. */
export const StatusLine = memo(({ view, paint }: { view: StatusView; paint: Paint }) => (
  <Lines lines={[statusText(view, paint)]} width={view.width} />
));

function statusText({ mark, tone, engine, counts, width }: StatusView, paint: Paint): string {
  const name = ' slipway  ';
  const right = cutEnd(counts, Math.max(0, Math.floor(width / 2)));
  const room = Math.max(0, width - cellWidth(name) - 2 - cellWidth(right) - 3);
  const left = cutEnd(engine, room);
  const gap = Math.max(1, width - cellWidth(name) - 2 - cellWidth(left) - cellWidth(right) - 1);
  return (
    paint('title', name) +
    paint(tone, `${mark} `) +
    paint(tone === 'bad' ? 'bad' : 'plain', left) +
    ' '.repeat(gap) +
    paint('quiet', right) +
    ' '
  );
}
