import type { IBufferCell, IBufferLine } from '@xterm/headless';
import { colorCode, DEFAULT_COLOR, RGB, toDepth, type ColorDepth } from './color-depth.ts';
import { fitCells, isPlain } from './fit-cells.ts';

/** Columns that are selected, both ends included. */
export type Span = { from: number; to: number };

const BOLD = 1;
const DIM = 2;
const ITALIC = 4;
const UNDERLINE = 8;
const INVERSE = 16;
const STRIKETHROUGH = 32;
const FLAGS: readonly (readonly [flag: number, code: string])[] = [
  [BOLD, '1'],
  [DIM, '2'],
  [ITALIC, '3'],
  [UNDERLINE, '4'],
  [INVERSE, '7'],
  [STRIKETHROUGH, '9'],
];

/** Many marks on one character are cut after this many UTF-16 units. */
const LONGEST_CLUSTER = 32;

/** Draws rows of cells as text with SGR codes and nothing else, by the public interface of xterm. */
export class RowPainter {
  readonly #depth: ColorDepth;
  readonly #cell: IBufferCell;
  readonly #texts: string[] = [];
  readonly #widths: number[] = [];
  /** SGR parameters of each, without the escape; empty where nothing is set. */
  readonly #styles: string[] = [];
  #flags = 0;
  #foreground = DEFAULT_COLOR;
  #background = DEFAULT_COLOR;
  #style = '';

  /** @param cell is used over and over to read others into */
  constructor(depth: ColorDepth, cell: IBufferCell) {
    this.#depth = depth;
    this.#cell = cell;
  }

  /** Exactly `columns` cells wide, as `string-width` measures it. */
  paint(line: IBufferLine | undefined, columns: number, selected: Span | null): string {
    if (this.#read(line, columns, selected)) {
      fitCells(this.#texts, this.#widths, (index) => this.#styles[index] === this.#styles[index - 1]);
    }
    let row = '';
    let style = '';
    for (let index = 0; index < this.#texts.length; index += 1) {
      const next = this.#styles[index]!;
      if (next !== style) row += change(style, next);
      style = next;
      row += this.#texts[index]!;
    }
    return row + change(style, '');
  }

  /** Takes the cells of a line apart; says whether there is anything odd among their texts. */
  #read(line: IBufferLine | undefined, columns: number, selected: Span | null): boolean {
    this.#texts.length = 0;
    this.#widths.length = 0;
    this.#styles.length = 0;
    let isOdd = false;
    for (let x = 0; x < columns; x += this.#widths.at(-1)!) {
      const cell = line?.getCell(x, this.#cell);
      // A wide character without its second half, and a second half without its first, are blanks.
      const width = cell?.getWidth() === 2 && x + 1 < columns ? 2 : 1;
      const text = cell === undefined ? ' ' : textOf(cell, width);
      if (!isPlain(text, width) && text !== '  ') isOdd = true;
      this.#texts.push(text);
      this.#widths.push(width);
      this.#styles.push(this.#styleOf(cell, isWithin(selected, x, width)));
    }
    return isOdd;
  }

  #styleOf(cell: IBufferCell | undefined, isSelected: boolean): string {
    const isDefault = cell === undefined || cell.isAttributeDefault();
    const flags = (isDefault ? 0 : flagsOf(cell)) ^ (isSelected ? INVERSE : 0);
    const foreground = isDefault ? DEFAULT_COLOR : foregroundOf(cell);
    const background = isDefault ? DEFAULT_COLOR : backgroundOf(cell);
    if (flags !== this.#flags || foreground !== this.#foreground || background !== this.#background) {
      this.#flags = flags;
      this.#foreground = foreground;
      this.#background = background;
      this.#style = sgr(flags, toDepth(foreground, this.#depth), toDepth(background, this.#depth));
    }
    return this.#style;
  }
}

function isWithin(span: Span | null, x: number, width: number): boolean {
  return span !== null && x + width > span.from && x <= span.to;
}

function textOf(cell: IBufferCell, width: number): string {
  const text = cell.getWidth() === width && cell.isInvisible() === 0 ? cell.getChars() : '';
  if (text === '') return width === 2 ? '  ' : ' ';
  return text.length > LONGEST_CLUSTER ? text.slice(0, LONGEST_CLUSTER) : text;
}

function flagsOf(cell: IBufferCell): number {
  return (
    (cell.isBold() && BOLD) |
    (cell.isDim() && DIM) |
    (cell.isItalic() && ITALIC) |
    (cell.isUnderline() && UNDERLINE) |
    (cell.isInverse() && INVERSE) |
    (cell.isStrikethrough() && STRIKETHROUGH)
  );
}

function foregroundOf(cell: IBufferCell): number {
  if (cell.isFgDefault()) return DEFAULT_COLOR;
  return cell.isFgRGB() ? RGB + cell.getFgColor() : cell.getFgColor();
}

function backgroundOf(cell: IBufferCell): number {
  if (cell.isBgDefault()) return DEFAULT_COLOR;
  return cell.isBgRGB() ? RGB + cell.getBgColor() : cell.getBgColor();
}

function sgr(flags: number, foreground: number, background: number): string {
  const codes = FLAGS.filter(([flag]) => (flags & flag) !== 0).map(([, code]) => code);
  if (foreground !== DEFAULT_COLOR) codes.push(colorCode(foreground, false));
  if (background !== DEFAULT_COLOR) codes.push(colorCode(background, true));
  return codes.join(';');
}

function change(from: string, to: string): string {
  if (from === to) return '';
  if (to === '') return '\x1b[0m';
  return from === '' ? `\x1b[${to}m` : `\x1b[0;${to}m`;
}
