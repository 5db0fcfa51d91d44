import { memo } from 'react';
import { cellWidth, cutEnd, padEnd } from '../../model/fit-text.ts';
import type { Explained } from '../../model/learn-state.ts';
import type { ShellView } from '../../model/select-shell.ts';
import type { ShellScreen } from '../../model/shells.ts';
import type { Paint } from '../theme.ts';
import { bottomBorder, sided, titleLine } from '../widgets/frame.ts';
import { Lines } from '../widgets/lines.tsx';
import { explainedLines } from './explained-lines.ts';
import { withCursor } from './with-cursor.ts';

/** A shell, as its terminal shows it. The left border is the gutter: it marks how each command ended. */
export const TerminalPane = memo(
  ({ view, explained, paint }: { view: ShellView; explained: Explained | null; paint: Paint }) => (
    <Lines lines={withExplanation(paneLines(view, paint), view, explained, paint)} width={view.rect.width} />
  ),
);

/** An explanation lies over the last lines, so that the shell keeps its size; never over more than half of them. */
function withExplanation(
  lines: readonly string[],
  { rect, focused }: ShellView,
  explained: Explained | null,
  paint: Paint,
): readonly string[] {
  if (explained === null) return lines;
  const width = rect.width - 2;
  const over = explainedLines(explained, width, paint).slice(0, Math.floor((rect.height - 2) / 2));
  const covered = over.map((line) => sided(paint, line, focused));
  return [...lines.slice(0, -1 - covered.length), ...covered, ...lines.slice(-1)];
}

function paneLines(view: ShellView, paint: Paint): string[] {
  const { rect, focused, status, statusBad } = view;
  const title = titleLine(paint, {
    title: view.title,
    note: cutEnd(view.name, Math.max(0, rect.width - cellWidth(view.title) - 12)),
    width: rect.width,
    focused,
    corners: 'first',
  });
  const height = rect.height - 2;
  const content = view.screen === null ? messageLines(view, paint) : screenLines(view, view.screen, paint);
  while (content.length < height) content.push(sided(paint, ' '.repeat(rect.width - 2), focused));
  const note = { text: status, style: statusBad ? ('bad' as const) : ('quiet' as const) };
  return [title, ...content.slice(0, height), bottomBorder(paint, rect.width, focused, note)];
}

function messageLines(view: ShellView, paint: Paint): string[] {
  const text = paint(view.messageBad ? 'bad' : 'quiet', padEnd(` ${view.message}`, view.rect.width - 2));
  return [sided(paint, text, view.focused)];
}

/** A screen of another size, as for a moment after the window has changed, is cut or filled up. */
function screenLines({ rect, focused }: ShellView, screen: ShellScreen, paint: Paint): string[] {
  const width = rect.width - 2;
  const missing = ' '.repeat(Math.max(0, width - screen.columns));
  return screen.rows.map((row, y) => {
    const isAt = screen.cursor?.y === y && screen.cursor.x < width;
    const drawn = isAt ? withCursor(row, screen.cursor!.x, focused) : row;
    return sided(paint, drawn + missing, focused, gutter(screen.commands[y] ?? null, paint));
  });
}

function gutter(mark: ShellScreen['commands'][number], paint: Paint): string {
  if (mark === null) return '';
  if (mark.running) return paint('accent', '▸');
  return mark.code === null || mark.code === 0 ? '' : paint('bad', '✗');
}
