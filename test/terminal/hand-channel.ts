import type { Channel, ChannelExit } from '../../src/terminal/channel.ts';
import { openTerminal, type Terminal, type TerminalOptions } from '../../src/terminal/open-terminal.ts';
import type { ShellCommandFact, TerminalScreen } from '../../src/terminal/terminal-screen.ts';
import { until } from '../support/until.ts';

/** A terminal whose other side is the test. */
export function openByHand(options: Partial<TerminalOptions> = {}) {
  const channel = new HandChannel();
  const screens: TerminalScreen[] = [];
  const facts: ShellCommandFact[] = [];
  const exits: ChannelExit[] = [];
  const terminal = openTerminal(channel, {
    columns: 20,
    rows: 5,
    colors: 'true',
    onScreen: (screen) => screens.push(screen),
    onCommand: (fact) => facts.push(fact),
    onExit: (exit) => exits.push(exit),
    ...options,
  });
  return {
    channel,
    terminal,
    screens,
    facts,
    exits,
    /** Resolves when it has been interpreted: the answer to a question after it has come. */
    async feed(output: string | Uint8Array): Promise<void> {
      const before = channel.answers;
      channel.output(output);
      channel.output('\x1b[5n');
      await until(() => channel.answers > before);
    },
    lines: (): string[] => textOf(terminal),
    [Symbol.dispose]: (): void => terminal.close(),
  };
}

/** Rows without their looks and the blanks at their ends. */
export function textOf(terminal: Terminal): string[] {
  return terminal.screen().rows.map((row) => row.replaceAll(/\x1b\[[\d;]*m/g, '').trimEnd());
}

export class HandChannel implements Channel {
  /** What the terminal wrote, as it came, without its answers to `feed`. */
  readonly written: string[] = [];
  readonly sizes: [number, number][] = [];
  answers = 0;
  isPaused = false;
  pauses = 0;
  isClosed = false;
  program = '';
  #data: (bytes: Uint8Array) => void = () => {};
  #exit: (exit: ChannelExit) => void = () => {};

  output(bytes: string | Uint8Array): void {
    this.#data(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  }
  end(exit: Partial<ChannelExit> = {}): void {
    this.#exit({ code: 0, signal: 0, why: '', ...exit });
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#data = listener;
  }
  onExit(listener: (exit: ChannelExit) => void): void {
    this.#exit = listener;
  }
  write(text: string): void {
    const own = text.replaceAll('\x1b[0n', '');
    this.answers += (text.length - own.length) / 4;
    if (own !== '') this.written.push(own);
  }
  resize(columns: number, rows: number): void {
    this.sizes.push([columns, rows]);
  }
  pause(): void {
    this.isPaused = true;
    this.pauses += 1;
  }
  resume(): void {
    this.isPaused = false;
  }
  close(): void {
    this.isClosed = true;
    this.end({ signal: 1 });
  }
  foreground(): string {
    return this.program;
  }
}
