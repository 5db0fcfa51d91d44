import { memo } from 'react';
import type { Kind } from '../../engine/objects.ts';
import type { ListPaneView } from '../../model/select-list-pane.ts';
import { padEnd } from '../../model/fit-text.ts';
import type { Paint } from '../theme.ts';
import { bottomBorder, sided, titleLine } from '../widgets/frame.ts';
import { Lines } from '../widgets/lines.tsx';
import { listLines } from './list-lines.ts';

/** A list of one kind; all four are this one pane, with other columns. */
export const ListPane = memo(({ view, paint }: { view: ListPaneView; paint: Paint }) => (
  <Lines lines={paneLines(view, paint)} width={view.rect.width} />
));

const NUMBERS: Readonly<Record<Kind, number>> = { container: 1, image: 2, volume: 3, network: 4 };

function paneLines(view: ListPaneView, paint: Paint): string[] {
  const { rect, focused } = view;
  const inner = rect.width - 2;
  const title = titleLine(paint, {
    title: `${NUMBERS[view.kind]} ${view.title}`,
    note: view.note,
    width: rect.width,
    focused,
    corners: view.first ? 'first' : 'next',
  });
  const content =
    view.message === '' ? listLines({ ...view, width: inner }, paint) : messageLines(view, paint, inner);
  while (content.length < view.height) content.push(' '.repeat(inner));
  const lines = [title, ...content.slice(0, view.height).map((line) => sided(paint, line, focused))];
  if (view.last) lines.push(bottomBorder(paint, rect.width, focused));
  return lines;
}

function messageLines(view: ListPaneView, paint: Paint, width: number): string[] {
  return [paint(view.messageTone, padEnd(`  ${view.message}`, width))];
}
