import { cellWidth, cutEnd } from '../../model/fit-text.ts';
import type { Paint, Style } from '../theme.ts';

/** Corners of a pane's title line: the top of a stack, one below another pane, or on its own. */
export type Corners = 'first' | 'next';

/**
 * A title line of exactly `width` cells: `╭ 1 Containers ── 3 ╮`. The focused one is heavy and bold, so that the focus
 * shows without colour.
 */
export function titleLine(
  paint: Paint,
  options: {
    title: string;
    note?: string;
    width: number;
    focused: boolean;
    flashing?: boolean;
    corners: Corners;
  },
): string {
  const { width, focused, corners } = options;
  const line = focused ? '━' : '─';
  const [left, right] =
    corners === 'first' ? (focused ? ['┍', '┑'] : ['╭', '╮']) : focused ? ['┝', '┥'] : ['├', '┤'];
  const note = options.note ? ` ${cutEnd(options.note, Math.max(0, width - 12))} ` : '';
  const title = ` ${cutEnd(options.title, Math.max(0, width - 6 - cellWidth(note)))} `;
  const fill = Math.max(0, width - 3 - cellWidth(title) - cellWidth(note));
  const border = focused ? 'border-focused' : 'border';
  return (
    paint(border, left + line) +
    paint(options.flashing === true ? 'match' : focused ? 'title' : 'plain', title) +
    paint(border, line.repeat(Math.max(0, fill - 1))) +
    paint('quiet', note) +
    paint(border, (fill > 0 ? line : '') + right)
  );
}

/** The line below a pane, with a text in it where there is one. */
export function bottomBorder(
  paint: Paint,
  width: number,
  focused: boolean,
  note: { text: string; style: Style } = { text: '', style: 'plain' },
): string {
  const [left, line, right] = focused ? ['┕', '━', '┙'] : ['╰', '─', '╯'];
  const border = focused ? 'border-focused' : 'border';
  const text = note.text === '' ? '' : ` ${cutEnd(note.text, Math.max(0, width - 6))} `;
  if (text === '') return paint(border, left + line.repeat(Math.max(0, width - 2)) + right);
  const fill = line.repeat(Math.max(0, width - 3 - cellWidth(text)));
  return paint(border, left + line) + paint(note.style, text) + paint(border, fill + right);
}

/** A content line between the side borders, the left one with a mark in its place; `content` must be exactly `width - 2` cells wide. */
export function sided(paint: Paint, content: string, focused: boolean, mark = ''): string {
  const side = paint(focused ? 'border-focused' : 'border', '│');
  return `${mark === '' ? side : mark}${content}${side}`;
}
