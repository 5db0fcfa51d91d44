import type { Terminal } from '@xterm/headless';
import { type Cell, type Colour, readCell } from './screen-cells.ts';
import { glyphShape } from './svg-glyphs.ts';

const WIDTH = 9;
const HEIGHT = 20;
const BASELINE = 14.5;
const MARGIN = 14;
const FONT = "'DejaVu Sans Mono', Menlo, 'Cascadia Mono', Consolas, monospace";

const BACKGROUND = '#12161f';
const FOREGROUND = '#d5dbe5';
const ANSI = [
  '#2a303c #ef6b73 #8fc772 #e6c07a #6cb0f2 #c58fe6 #5cc5cf #c8d0dc',
  '#657085 #ff8a90 #a9dc8c #f5d491 #8cc4ff #d8aaf5 #7ddbe4 #f2f5fa',
].flatMap((row) => row.split(' '));

type Run = { cell: Cell; x: number; text: string; columns: number };

/**
 * The screen as a picture. Every run of text is stretched to its cells, and lines, blocks and braille are shapes, so
 * it looks the same in any font.
 */
export function drawSvg(terminal: Terminal): string {
  const width = terminal.cols * WIDTH + 2 * MARGIN;
  const height = terminal.rows * HEIGHT + 2 * MARGIN;
  const rows = Array.from({ length: terminal.rows }, (_, y) => drawRow(terminal, y));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="${FONT}" font-size="15">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})">`,
    ...rows,
    '</g></svg>\n',
  ].join('\n');
}

function drawRow(terminal: Terminal, y: number): string {
  const cells = Array.from({ length: terminal.cols }, (_, x) => readCell(terminal, x, y));
  // Backgrounds come first: a wide shape may reach over the edge of its cell.
  const backgrounds = runsOf(cells, sameBackground).map(drawBackground);
  const texts = runsOf(cells, sameText).map(drawText);
  const content = [...backgrounds, ...texts].join('');
  return content && `<g transform="translate(0 ${y * HEIGHT})">${content}</g>`;
}

function runsOf(cells: readonly Cell[], same: (a: Cell, b: Cell) => boolean): Run[] {
  const runs: Run[] = [];
  for (const [x, cell] of cells.entries()) {
    if (cell.width === 0) continue;
    const last = runs.at(-1);
    if (last && same(last.cell, cell)) {
      last.text += cell.text || ' ';
      last.columns += cell.width;
    } else runs.push({ cell, x, text: cell.text || ' ', columns: cell.width });
  }
  return runs;
}

function sameBackground(a: Cell, b: Cell): boolean {
  return paper(a) === paper(b);
}

/** Only plain ASCII is sure to come from one font; every other character is placed by itself. */
function sameText(a: Cell, b: Cell): boolean {
  const isPlain = (cell: Cell) => /^[\x20-\x7e]?$/.test(cell.text);
  return isPlain(a) && isPlain(b) && ink(a) === ink(b) && style(a) === style(b);
}

function drawBackground({ cell, x, columns }: Run): string {
  const colour = paper(cell);
  if (colour === BACKGROUND) return '';
  return `<rect x="${x * WIDTH}" width="${columns * WIDTH}" height="${HEIGHT}" fill="${colour}"/>`;
}

function drawText({ cell, x, text, columns }: Run): string {
  if (cell.invisible) return '';
  const shape = glyphShape(text, WIDTH, HEIGHT);
  const faint = cell.dim ? ' opacity="0.6"' : '';
  if (shape !== null)
    return (
      shape &&
      `<g transform="translate(${x * WIDTH})" fill="${ink(cell)}" color="${ink(cell)}"${faint}>${shape}</g>`
    );
  const isRuled = cell.underline || cell.strikethrough;
  const visible = isRuled ? text : text.trim();
  if (visible === '') return '';
  const indent = isRuled ? 0 : text.length - text.trimStart().length;
  const length = isRuled ? columns : columns - (text.length - visible.length);
  return (
    `<text x="${(x + indent) * WIDTH}" y="${BASELINE}" textLength="${length * WIDTH}"` +
    ` lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="${ink(cell)}"${faint}${style(cell)}>` +
    `${escaped(visible)}</text>`
  );
}

function style(cell: Cell): string {
  const lines = [cell.underline && 'underline', cell.strikethrough && 'line-through']
    .filter(Boolean)
    .join(' ');
  return [
    cell.bold ? ' font-weight="bold"' : '',
    cell.italic ? ' font-style="italic"' : '',
    lines ? ` text-decoration="${lines}"` : '',
  ].join('');
}

function ink(cell: Cell): string {
  return cell.inverse ? rgb(cell.background, BACKGROUND) : rgb(cell.foreground, FOREGROUND);
}

function paper(cell: Cell): string {
  return cell.inverse ? rgb(cell.foreground, FOREGROUND) : rgb(cell.background, BACKGROUND);
}

function rgb(colour: Colour, fallback: string): string {
  if (colour === 'default') return fallback;
  if (typeof colour === 'string') return colour;
  const named = ANSI[colour];
  if (named) return named;
  if (colour >= 232) return hex([colour, colour, colour].map((grey) => 8 + (grey - 232) * 10));
  const index = colour - 16;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return hex([Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map(level));
}

function hex(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
