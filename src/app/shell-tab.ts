import { EngineError } from '../engine/errors.ts';
import type { Mouse } from '../model/mouse.ts';
import type { Size } from '../model/state.ts';
import type { Channel, ChannelExit } from '../terminal/channel.ts';
import { openTerminal, type ColorDepth, type Terminal } from '../terminal/open-terminal.ts';
import { exitCodeText } from '../terminal/shell-exit-text.ts';
import { TerminalError } from '../terminal/terminal-error.ts';
import type { ShellCommandFact, TerminalScreen } from '../terminal/terminal-screen.ts';
import { nextCommandId } from './command-ids.ts';
import { createMouseSelection, type MouseSelection } from './mouse-selection.ts';
import type { ProgramStore } from './program-store.ts';

/** What a tab runs: bytes both ways, and what has to be put away after it, once or twice. */
export type ShellSource = { channel: Channel; label: string; note: string; release: () => Promise<void> };

export type ShellTabOptions = {
  id: number;
  store: ProgramStore;
  open: (size: Size) => Promise<ShellSource>;
  size: Size;
  colors: ColorDepth;
  copy: (text: string) => void;
  onError: (error: unknown) => void;
};

/** One shell of the terminal pane, from opening it to its end: what it shows and runs is told to the store. */
export class ShellTab {
  readonly #options: ShellTabOptions;
  #terminal: Terminal | null = null;
  #selection: MouseSelection | null = null;
  /** What is to be done with the terminal as soon as there is one. */
  #waiting: ((terminal: Terminal) => void)[] = [];
  /** Ids of commands in the program's history, by the terminal's own. */
  readonly #commands = new Map<number, { id: number; line: string }>();
  #running = '';
  #closed = false;
  #release: () => Promise<void> = () => Promise.resolve();
  readonly #gone = Promise.withResolvers<void>();

  constructor(options: ShellTabOptions) {
    this.#options = options;
    this.#open().catch(options.onError);
  }

  /** What was typed before it was there goes to it, too. */
  do(what: (terminal: Terminal) => void): void {
    if (this.#terminal === null) this.#waiting.push(what);
    else what(this.#terminal);
  }

  mouse(mouse: Mouse): void {
    this.#selection?.mouse(mouse);
  }

  /** It has come into view. */
  show(): void {
    if (this.#terminal !== null) this.#draw(this.#terminal.screen());
  }

  /** Hangs up. Settles when it has ended and nothing of it is left. */
  close(): Promise<void> {
    this.#closed = true;
    this.#terminal?.close();
    this.#putAway();
    return this.#gone.promise;
  }

  #putAway(then: () => void = () => {}): void {
    this.#release().then(then, this.#options.onError);
  }

  async #open(): Promise<void> {
    const { id, store, open, size, colors, copy } = this.#options;
    try {
      const { channel, label, note, release } = await open(size);
      this.#release = release;
      store.dispatch({ type: 'shell-known', id, label, note });
      const terminal = openTerminal(channel, {
        ...size,
        colors,
        onScreen: (screen) => this.#draw(screen),
        onCommand: (fact) => this.#tellCommand(fact),
        onExit: (exit) => {
          this.#tellEnd(exit);
          this.#putAway(this.#gone.resolve);
        },
      });
      this.#terminal = terminal;
      this.#selection = createMouseSelection(terminal, copy);
      for (const what of this.#waiting.splice(0)) what(terminal);
      if (this.#closed) terminal.close();
    } catch (error) {
      this.#gone.resolve();
      if (!(error instanceof TerminalError || error instanceof EngineError)) throw error;
      this.#tell({ text: error.message, advice: error.advice, bad: true });
    }
  }

  /** Only the tab in view is drawn; of the others only what they run is known. */
  #draw(screen: TerminalScreen): void {
    const { id, store } = this.#options;
    const running = this.#terminal?.running() ?? '';
    if (store.getState().shells.active !== id && running === this.#running) return;
    this.#running = running;
    store.dispatch({ type: 'shell-drawn', id, screen: { ...screen, running } });
  }

  #tellCommand(fact: ShellCommandFact): void {
    const { id: shell, store } = this.#options;
    if (fact.type === 'started') {
      const id = nextCommandId();
      this.#commands.set(fact.id, { id, line: fact.line });
      store.dispatch({ type: 'typed-command-started', id, shell, line: fact.line, at: fact.at });
      return;
    }
    // What it printed is on the screen before it is said how it ended.
    if (this.#terminal !== null) this.#draw(this.#terminal.screen());
    const command = this.#commands.get(fact.id);
    this.#commands.delete(fact.id);
    if (command === undefined) return;
    const words = fact.code === null ? '' : exitCodeText(fact.code, command.line);
    store.dispatch({ type: 'typed-command-ended', id: command.id, code: fact.code, words, at: fact.at });
  }

  /** Commands that were under way ended with it; nobody knows how. */
  #tellEnd({ code, signal, why }: ChannelExit): void {
    const { store } = this.#options;
    for (const { id } of this.#commands.values())
      store.dispatch({ type: 'typed-command-ended', id, code: null, words: '', at: Date.now() });
    this.#commands.clear();
    if (why !== '') return this.#tell({ text: why, advice: '', bad: true });
    const number = signal === 0 ? code : 128 + signal;
    const words = number === 0 ? '' : ` (${number}: ${exitCodeText(number, '')})`;
    this.#tell({ text: `The shell has ended${words}`, advice: '', bad: false });
  }

  #tell(end: { text: string; advice: string; bad: boolean }): void {
    this.#options.store.dispatch({ type: 'shell-ended', id: this.#options.id, ...end });
  }
}
