/** Between two screens, in milliseconds: what a person can follow, and what is enough while lines rush by. */
const GAP_MS = 16;
const FLOOD_GAP_MS = 33;
/** How long a program may keep its frame back (DEC mode 2026); it may have died in the middle. */
const LONGEST_HOLD_MS = 150;

export type ClockQuestions = {
  tell: () => void;
  /** A frame has begun and is not complete. */
  isHeld: () => boolean;
  isFlooded: () => boolean;
};

/** Says when to show what has changed: the first change after some quiet at once, then at a bounded rate. */
export class ScreenClock {
  readonly #ask: ClockQuestions;
  #last = -Infinity;
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hold: NodeJS.Timeout | undefined;

  constructor(questions: ClockQuestions) {
    this.#ask = questions;
  }

  changed(): void {
    if (this.#ask.isHeld()) {
      this.#hold ??= setTimeout(() => this.#tell(), LONGEST_HOLD_MS);
      return;
    }
    clearTimeout(this.#hold);
    this.#hold = undefined;
    if (this.#immediate !== undefined || this.#timer !== undefined) return;
    const gap = this.#ask.isFlooded() ? FLOOD_GAP_MS : GAP_MS;
    const wait = this.#last + gap - performance.now();
    if (wait <= 0) this.#immediate = setImmediate(() => this.#due());
    else this.#timer = setTimeout(() => this.#due(), wait);
  }

  stop(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    clearTimeout(this.#hold);
    this.#immediate = this.#timer = this.#hold = undefined;
  }

  #due(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = this.#timer = undefined;
    if (this.#ask.isHeld()) this.#hold ??= setTimeout(() => this.#tell(), LONGEST_HOLD_MS);
    else this.#tell();
  }

  #tell(): void {
    this.stop();
    this.#last = performance.now();
    this.#ask.tell();
  }
}
