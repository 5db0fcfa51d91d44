import type { Channel } from './channel.ts';

/** Characters of answers per second: a program that asks on and on and never reads must not pile them up. */
const MOST_ANSWERS = 4096;

/** Sends keys, all of one turn of the event loop in one piece. */
export class Typist {
  readonly #channel: Channel;
  #keys = '';
  #isStopped = false;
  #answered = { since: -Infinity, length: 0 };

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  type(keys: string): void {
    if (this.#isStopped || keys === '') return;
    if (this.#keys === '') queueMicrotask(() => this.#send());
    this.#keys += keys;
  }

  /** What the terminal itself says to a question of the program inside. */
  answer(text: string): void {
    const now = performance.now();
    if (now - this.#answered.since > 1000) this.#answered = { since: now, length: 0 };
    this.#answered.length += text.length;
    if (this.#answered.length <= MOST_ANSWERS) this.type(text);
  }

  stop(): void {
    this.#isStopped = true;
  }

  #send(): void {
    const keys = this.#keys;
    this.#keys = '';
    if (!this.#isStopped) this.#channel.write(keys);
  }
}
