import type { IBufferCell, Terminal } from '@xterm/headless';

/** `default`, a number of the 256-colour palette, or `#rrggbb`. */
export type Colour = 'default' | number | `#${string}`;

export type Cell = {
  /** The character with its combining marks; empty for a blank and for the second half of a wide one. */
  text: string;
  /** 1, 2 for a wide character, 0 for the second half of one. */
  width: number;
  foreground: Colour;
  background: Colour;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strikethrough: boolean;
  inverse: boolean;
  invisible: boolean;
};

/** The rows of the screen, top to bottom, without the blanks at their ends. */
export function readLines(terminal: Terminal, { scrollback = false } = {}): string[] {
  const { baseY } = terminal.buffer.active;
  const first = scrollback ? 0 : baseY;
  const count = baseY + terminal.rows - first;
  return Array.from({ length: count }, (_, row) => {
    return terminal.buffer.active.getLine(first + row)?.translateToString(true) ?? '';
  });
}

export function readCell(terminal: Terminal, x: number, y: number): Cell {
  const cell = terminal.buffer.active.getLine(terminal.buffer.active.baseY + y)?.getCell(x);
  if (!cell) throw new RangeError(`There is no cell at column ${x}, row ${y}`);
  return {
    text: cell.getChars(),
    width: cell.getWidth(),
    foreground: foreground(cell),
    background: background(cell),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    strikethrough: cell.isStrikethrough() !== 0,
    inverse: cell.isInverse() !== 0,
    invisible: cell.isInvisible() !== 0,
  };
}

function foreground(cell: IBufferCell): Colour {
  if (cell.isFgDefault()) return 'default';
  return cell.isFgRGB() ? hex(cell.getFgColor()) : cell.getFgColor();
}

function background(cell: IBufferCell): Colour {
  if (cell.isBgDefault()) return 'default';
  return cell.isBgRGB() ? hex(cell.getBgColor()) : cell.getBgColor();
}

function hex(rgb: number): `#${string}` {
  return `#${rgb.toString(16).padStart(6, '0')}`;
}
