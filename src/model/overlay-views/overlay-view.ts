import { piece, type Line, type Piece } from '../line.ts';
import type { Size } from '../state.ts';
import { wrapWords } from '../wrap-words.ts';

/** A box over the panes: lines, with one of them selected, or a field with the cursor. */
export type OverlayView = {
  title: string;
  /** Cells wanted inside the borders; the screen may give less. */
  width: number;
  lines: readonly Line[];
  /** Index into `lines` of the selected one, kept in view; -1 for none. */
  selected: number;
  /** First line in view where nothing is selected. */
  scroll: number;
  /** Where the cursor stands, by line and character of its text. */
  cursor: { line: number; character: number } | null;
};

/** Lines that an overlay has room for. */
export function overlayHeight({ rows }: Size): number {
  return rows - 6;
}

/** Where longer texts are broken: what an overlay has inside at 80 columns. */
export const TEXT_WIDTH = 68;

/** A text as lines of one tone. @param width cells for a line, in an overlay that is wider than others */
export function textLines(text: string, tone: Piece['tone'], width: number = TEXT_WIDTH): Line[] {
  return wrapWords(text, width).map((line) => [piece(line, tone)]);
}
