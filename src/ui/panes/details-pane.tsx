import { memo } from 'react';
import { padEnd } from '../../model/fit-text.ts';
import type { DetailsView } from '../../model/select-details.ts';
import type { Paint } from '../theme.ts';
import { bottomBorder, sided, titleLine } from '../widgets/frame.ts';
import { Lines } from '../widgets/lines.tsx';
import { listedLines, splitLines } from './listed-lines.ts';
import { logLines } from './log-lines.ts';
import { statsLines, type Charts } from './stats-lines.ts';
import { treeLines } from './tree-lines.ts';

/** What is known of the selected row: its log, what it uses, everything the engine says of it. */
export const DetailsPane = memo(
  ({ view, paint, charts }: { view: DetailsView; paint: Paint; charts: Charts | null }) => (
    <Lines lines={paneLines(view, paint, charts)} width={view.rect.width} />
  ),
);

function paneLines(view: DetailsView, paint: Paint, charts: Charts | null): string[] {
  const { rect, focused, size } = view;
  const title = titleLine(paint, { title: view.title, width: rect.width, focused, corners: 'first' });
  const content = contentLines(view, paint, charts).slice(0, size.rows);
  while (content.length < size.rows) content.push(' '.repeat(size.columns));
  const status = paint('quiet', padEnd(` ${view.status}`, size.columns));
  return [
    title,
    ...[...content, status].map((line) => sided(paint, line, focused)),
    bottomBorder(paint, rect.width, focused),
  ];
}

function contentLines(view: DetailsView, paint: Paint, charts: Charts | null): string[] {
  const { content, size } = view;
  switch (content.kind) {
    case 'message':
      return [paint(content.bad ? 'bad' : 'quiet', padEnd(` ${content.text}`, size.columns))];
    case 'log':
      return logLines(content.lines, size.columns, paint);
    case 'tree':
      return treeLines(content.rows, content.raw, size.columns, paint, view.focused);
    case 'lines':
      return listedLines(content, size.columns, paint, view.focused);
    case 'split':
      return splitLines(content, size, paint, view.focused);
    case 'stats':
      return statsLines(content.samples, size, paint, charts);
  }
}
