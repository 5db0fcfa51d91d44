import type { Terminal } from '@xterm/headless';
import type { Channel } from './channel.ts';

/** Bytes read but not interpreted above which reading stops, and below which it goes on. */
const TOO_MUCH = 384 * 1024;
const LITTLE = 96 * 1024;
/** Bytes interpreted in one go: xterm gives way between pieces only, after 12 ms. */
const PIECE = 16 * 1024;

/** Carries bytes from a channel to xterm, no faster than it can interpret them. */
export class Feed {
  readonly #channel: Channel;
  readonly #terminal: Terminal;
  readonly #onParsed: () => void;
  #waiting = 0;
  #isPaused = false;
  #isStopped = false;

  constructor(channel: Channel, terminal: Terminal, onParsed: () => void) {
    this.#channel = channel;
    this.#terminal = terminal;
    this.#onParsed = onParsed;
    channel.onData((bytes) => this.#take(bytes));
  }

  /** More comes than can be shown. */
  get isFlooded(): boolean {
    return this.#waiting > LITTLE;
  }

  /** What comes from now on is thrown away. */
  stop(): void {
    this.#isStopped = true;
    if (this.#isPaused) this.#channel.resume();
    this.#isPaused = false;
  }

  #take(bytes: Uint8Array): void {
    if (this.#isStopped) return;
    for (let from = 0; from < bytes.length; from += PIECE)
      this.#interpret(bytes.subarray(from, from + PIECE));
    if (this.#waiting <= TOO_MUCH || this.#isPaused) return;
    this.#isPaused = true;
    this.#channel.pause();
  }

  #interpret(piece: Uint8Array): void {
    this.#waiting += piece.length;
    this.#terminal.write(piece, () => {
      this.#waiting -= piece.length;
      if (this.#isPaused && this.#waiting < LITTLE) {
        this.#isPaused = false;
        this.#channel.resume();
      }
      this.#onParsed();
    });
  }
}
