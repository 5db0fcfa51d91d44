import { writeSync } from 'node:fs';

/** What a program has not read waits here, up to this many bytes; more than anybody pastes. */
const MAX_WAITING = 16 * 1024 * 1024;
const FIRST_RETRY_MS = 2;
const LAST_RETRY_MS = 50;

/**
 * Writes to a pseudo-terminal without waiting for the program to read. node-pty's own write goes through libuv, which
 * takes the descriptor for a blocking one: it spins at 100 % until the program reads, for ever with `sleep` (measured
 * with 100 kB, node-pty 1.1.0, Node 24).
 */
export class PtyWriter {
  readonly #fd: number;
  readonly #isGone: () => boolean;
  #waiting: Uint8Array[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | undefined;
  #retry = FIRST_RETRY_MS;

  /** @param isGone says that the descriptor is closed: its number may belong to something else by now */
  constructor(fd: number, isGone: () => boolean) {
    this.#fd = fd;
    this.#isGone = isGone;
  }

  /** The program does not read. */
  get isStuck(): boolean {
    return this.#timer !== undefined;
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    if (this.#isGone() || this.#size + bytes.length > MAX_WAITING) return;
    this.#waiting.push(bytes);
    this.#size += bytes.length;
    if (!this.isStuck) this.#drain();
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#size = 0;
  }

  #drain(): void {
    this.#timer = undefined;
    if (this.#isGone()) return this.forget();
    for (let head = this.#waiting[0]; head !== undefined; head = this.#waiting[0]) {
      const written = this.#try(head);
      if (written === 'gone') return this.forget();
      if (written === 'full') return this.#drainLater();
      this.#retry = FIRST_RETRY_MS;
      this.#size -= written;
      if (written === head.length) this.#waiting.shift();
      else this.#waiting[0] = head.subarray(written);
    }
  }

  #try(bytes: Uint8Array): number | 'full' | 'gone' {
    try {
      return writeSync(this.#fd, bytes);
    } catch (error) {
      // Anything else is the other side's end (EIO), which the reading side tells.
      return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 'full' : 'gone';
    }
  }

  #drainLater(): void {
    this.#timer = setTimeout(() => this.#drain(), this.#retry);
    this.#retry = Math.min(LAST_RETRY_MS, this.#retry * 2);
  }
}
