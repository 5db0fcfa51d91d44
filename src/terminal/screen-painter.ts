import type { Terminal } from '@xterm/headless';
import type { ColorDepth } from './color-depth.ts';
import type { CommandMarks } from './command-marks.ts';
import { RowPainter } from './draw-row.ts';
import type { InnerModes } from './inner-modes.ts';
import type { Selection } from './selection.ts';
import type { TerminalScreen } from './terminal-screen.ts';

const LONGEST_TITLE = 200;
const UNSEEN = /[\p{Control}\p{Format}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

/** Draws what a terminal shows. */
export class ScreenPainter {
  readonly #terminal: Terminal;
  readonly #modes: InnerModes;
  readonly #marks: CommandMarks;
  readonly #selection: Selection;
  readonly #rows: RowPainter;
  #title = '';
  #last: TerminalScreen | null = null;

  constructor(
    terminal: Terminal,
    modes: InnerModes,
    marks: CommandMarks,
    selection: Selection,
    colors: ColorDepth,
  ) {
    this.#terminal = terminal;
    this.#modes = modes;
    this.#marks = marks;
    this.#selection = selection;
    this.#rows = new RowPainter(colors, terminal.buffer.active.getNullCell());
  }

  setTitle(title: string): void {
    this.#title = Array.from(title.slice(0, 4 * LONGEST_TITLE).replace(UNSEEN, ''))
      .slice(0, LONGEST_TITLE)
      .join('')
      .trim();
  }

  paint(): TerminalScreen {
    const { cols: columns, rows: height, modes } = this.#terminal;
    const buffer = this.#terminal.buffer.active;
    const { viewportY, baseY } = buffer;
    const isAlternate = buffer.type === 'alternate';
    const rows: string[] = [];
    for (let y = viewportY; y < viewportY + height; y += 1) {
      rows.push(this.#rows.paint(buffer.getLine(y), columns, this.#selection.spanOf(y)));
    }
    return {
      columns,
      rows,
      cursor: this.#cursor(),
      title: this.#title,
      alternate: isAlternate,
      mouse: modes.mouseTrackingMode !== 'none',
      scrolledBack: baseY - viewportY,
      scrollback: baseY,
      commands: isAlternate ? rows.map(() => null) : this.#marks.inView(viewportY, height),
    };
  }

  /** Null when it shows what was last given out here. */
  paintChange(): TerminalScreen | null {
    const screen = this.paint();
    if (this.#last !== null && isSame(screen, this.#last)) return null;
    this.#last = screen;
    return screen;
  }

  #cursor(): TerminalScreen['cursor'] {
    const { cursorX, cursorY, baseY, viewportY } = this.#terminal.buffer.active;
    const y = baseY + cursorY - viewportY;
    if (this.#modes.cursorHidden || y >= this.#terminal.rows) return null;
    // After the last column it waits for the next character to wrap.
    return { x: Math.min(cursorX, this.#terminal.cols - 1), y };
  }
}

function isSame(one: TerminalScreen, other: TerminalScreen): boolean {
  return (
    one.columns === other.columns &&
    one.cursor?.x === other.cursor?.x &&
    one.cursor?.y === other.cursor?.y &&
    one.title === other.title &&
    one.alternate === other.alternate &&
    one.mouse === other.mouse &&
    one.scrolledBack === other.scrolledBack &&
    one.scrollback === other.scrollback &&
    isSameList(one.rows, other.rows) &&
    isSameList(one.commands, other.commands)
  );
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
