import headless from '@xterm/headless';
import type { Terminal as Xterm } from '@xterm/headless';
import type { Channel, ChannelExit } from './channel.ts';
import { CommandMarks } from './command-marks.ts';
import type { ColorDepth } from './color-depth.ts';
import { encodePaste, toApplicationKeys } from './encode-keys.ts';
import { encodeMouse, type TerminalMouse } from './encode-mouse.ts';
import { Feed } from './feed.ts';
import { followModes, type InnerModes } from './inner-modes.ts';
import { loadWidths } from './load-widths.ts';
import { ScreenClock } from './screen-clock.ts';
import { ScreenPainter } from './screen-painter.ts';
import { Selection } from './selection.ts';
import type { ShellCommandFact, TerminalScreen } from './terminal-screen.ts';
import { Typist } from './typist.ts';

export type { ColorDepth, TerminalMouse };

export type TerminalOptions = {
  columns: number;
  rows: number;
  /** What the outer terminal can show; others are brought near. */
  colors: ColorDepth;
  /** Lines kept above the screen; 5,000 where it is not given. */
  scrollback?: number;
  /** Only when something has changed: at once after some quiet, then at most 60 times a second. */
  onScreen: (screen: TerminalScreen) => void;
  onCommand?: (fact: ShellCommandFact) => void;
  /** Once, after the last screen. */
  onExit?: (exit: ChannelExit) => void;
};

/** A cell of what is in view, counted from 0; rows may lie outside of it. */
export type ViewPlace = { x: number; y: number };

const SCROLLBACK = 5000;
/** Lines that a notch of the wheel moves the view or the cursor by. */
const NOTCH = 3;
/** What xterm makes of less, and what its lines are bounded by here. */
const SMALLEST = { columns: 2, rows: 1 };
const LARGEST = 2000;

/** Interprets what comes over a channel as a terminal does, and gives screens to draw. */
export function openTerminal(channel: Channel, options: TerminalOptions): Terminal {
  return new Terminal(channel, options);
}

export class Terminal {
  readonly #channel: Channel;
  readonly #options: TerminalOptions;
  readonly #xterm: Xterm;
  readonly #modes: InnerModes;
  readonly #typist: Typist;
  readonly #marks: CommandMarks;
  readonly #selection: Selection;
  readonly #painter: ScreenPainter;
  readonly #clock: ScreenClock;
  readonly #feed: Feed;
  #hasEnded = false;
  #isClosed = false;

  constructor(channel: Channel, options: TerminalOptions) {
    const { columns, rows, scrollback = SCROLLBACK, colors } = options;
    this.#channel = channel;
    this.#options = options;
    this.#xterm = new headless.Terminal({
      ...size(columns, rows),
      scrollback,
      allowProposedApi: true,
      logLevel: 'off',
    });
    loadWidths(this.#xterm);
    this.#typist = new Typist(channel);
    this.#modes = followModes(this.#xterm, (text) => this.#typist.answer(text));
    this.#marks = new CommandMarks(this.#xterm, (fact) => options.onCommand?.(fact));
    this.#selection = new Selection(this.#xterm);
    this.#painter = new ScreenPainter(this.#xterm, this.#modes, this.#marks, this.#selection, colors);
    this.#clock = new ScreenClock({
      tell: () => this.#show(),
      isHeld: () => this.#xterm.modes.synchronizedOutputMode && !this.#hasEnded,
      isFlooded: () => this.#feed.isFlooded,
    });
    this.#listen();
    this.#feed = new Feed(channel, this.#xterm, () => this.#clock.changed());
    channel.onExit((exit) => this.#end(exit));
    this.#clock.changed();
  }

  screen(): TerminalScreen {
    return this.#painter.paint();
  }

  /** The command that runs now; empty at a prompt. Where the shell marks no prompts, the program in the foreground. */
  running(): string {
    return this.#hasEnded ? '' : (this.#marks.running() ?? this.#channel.foreground());
  }

  /** Keys as the outer terminal sent them. */
  write(raw: string): void {
    if (raw === '') return;
    this.#toNewest();
    this.#marks.typed(raw);
    this.#typist.type(this.#xterm.modes.applicationCursorKeysMode ? toApplicationKeys(raw) : raw);
  }

  paste(text: string): void {
    this.#toNewest();
    const keys = encodePaste(text, this.#xterm.modes.bracketedPasteMode);
    if (!this.#xterm.modes.bracketedPasteMode) this.#marks.typed(keys);
    this.#typist.type(keys);
  }

  /** The pane has got or lost the keys; told to the program inside when it has asked for that (mode 1004). */
  focus(on: boolean): void {
    if (this.#xterm.modes.sendFocusMode) this.#typist.type(on ? '\x1b[I' : '\x1b[O');
  }

  /** Says whether it has been dealt with, inside or, for a wheel, by scrolling; else it is the caller's, to select with. */
  mouse(mouse: TerminalMouse): boolean {
    const { cols, rows } = this.#xterm;
    const x = Math.max(0, Math.min(cols - 1, mouse.x));
    const y = Math.max(0, Math.min(rows - 1, mouse.y));
    const told = encodeMouse(
      { ...mouse, x, y },
      this.#xterm.modes.mouseTrackingMode,
      this.#modes.mouseEncoding,
    );
    if (told !== null) this.#typist.type(told);
    else if (mouse.action === 'wheel-up' || mouse.action === 'wheel-down')
      this.#wheel(mouse.action === 'wheel-up');
    else return false;
    return true;
  }

  /** Up by a positive number, as far as there is; 0 and `-Infinity` lead back to the newest line. */
  scroll(lines: number): void {
    if (lines === 0 || lines === -Infinity) this.#xterm.scrollToBottom();
    else if (lines === Infinity) this.#xterm.scrollToTop();
    else this.#xterm.scrollLines(-Math.trunc(lines));
    this.#clock.changed();
  }

  /** From one cell to another, both included, in the order of reading. */
  select(from: ViewPlace, to: ViewPlace): void {
    this.#selection.set(this.#inBuffer(from), this.#inBuffer(to));
    this.#clock.changed();
  }

  selectWord(at: ViewPlace): void {
    this.#selection.setWord(this.#inBuffer(at));
    this.#clock.changed();
  }

  /** With all rows that it was wrapped to. */
  selectLine(at: ViewPlace): void {
    this.#selection.setLine(this.#inBuffer(at));
    this.#clock.changed();
  }

  selectedText(): string {
    return this.#selection.text();
  }

  clearSelection(): void {
    this.#selection.clear();
    this.#clock.changed();
  }

  resize(columns: number, rows: number): void {
    const { cols, rows: height } = size(columns, rows);
    if (cols === this.#xterm.cols && height === this.#xterm.rows) return;
    this.#selection.clear();
    this.#xterm.resize(cols, height);
    if (!this.#hasEnded) this.#channel.resize(cols, height);
    this.#clock.changed();
  }

  /** Hangs up; `onExit` follows, and no more screens. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#clock.stop();
    this.#marks.stop();
    this.#feed.stop();
    if (this.#hasEnded) this.#xterm.dispose();
    else this.#channel.close();
  }

  #listen(): void {
    // What it answers has fixed forms (DA, DSR, CPR, DECRPM, DECRQSS): nothing that a program inside could have us type.
    this.#xterm.onData((answer) => this.#typist.answer(answer));
    this.#xterm.onTitleChange((title) => this.#painter.setTitle(title));
    this.#xterm.buffer.onBufferChange(() => this.#selection.clear());
    // A program inside, or what a container prints, must not write to the person's clipboard.
    this.#xterm.parser.registerOscHandler(52, () => true);
    // xterm keeps every hyperlink until its line goes, also those that were overwritten; nothing draws them.
    this.#xterm.parser.registerOscHandler(8, () => true);
  }

  #show(): void {
    const screen = this.#painter.paintChange();
    if (screen !== null && !this.#isClosed) this.#options.onScreen(screen);
  }

  #end(exit: ChannelExit): void {
    this.#typist.stop();
    this.#xterm.write('', () => {
      this.#hasEnded = true;
      this.#marks.stop();
      this.#clock.stop();
      this.#show();
      if (this.#isClosed) this.#xterm.dispose();
      this.#options.onExit?.(exit);
    });
  }

  #wheel(isUp: boolean): void {
    if (this.#xterm.buffer.active.type === 'normal') return this.scroll(isUp ? NOTCH : -NOTCH);
    if (!this.#modes.wheelAsKeys) return;
    const key = isUp ? '\x1b[A' : '\x1b[B';
    const keys = this.#xterm.modes.applicationCursorKeysMode ? toApplicationKeys(key) : key;
    this.#typist.type(keys.repeat(NOTCH));
  }

  #toNewest(): void {
    const { viewportY, baseY } = this.#xterm.buffer.active;
    if (viewportY !== baseY) this.scroll(0);
  }

  #inBuffer({ x, y }: ViewPlace): ViewPlace {
    return { x, y: y + this.#xterm.buffer.active.viewportY };
  }
}

function size(columns: number, rows: number): { cols: number; rows: number } {
  const within = (value: number, least: number): number =>
    Math.max(least, Math.min(LARGEST, Math.trunc(value) || 0));
  return { cols: within(columns, SMALLEST.columns), rows: within(rows, SMALLEST.rows) };
}
