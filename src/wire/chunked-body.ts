import { BadMessage } from './bad-message.ts';
import type { Body } from './body-framing.ts';

/** Longest line between chunks; Go allows 4 KB. */
const LONGEST_LINE = 4096;
const LONGEST_TRAILER = 64 * 1024;
/** Thirteen hexadecimal digits are the last that a number holds exactly. */
const SIZE_LINE = /^([\da-f]{1,13})[ \t]*(?:;[^\r\n]*)?\r\n$/i;
const LINE_END = 10;

/** RFC 9112, section 7.1, found out piece by piece; nothing is changed. */
export class ChunkedBody implements Body {
  readonly untilEnd = false;
  #at: 'size' | 'data' | 'data-end' | 'trailer' | 'end' = 'size';
  #line = '';
  #left = 0;
  #trailer = 0;

  get isComplete(): boolean {
    return this.#at === 'end';
  }

  take(piece: Buffer, onContent: (content: Buffer) => void): number {
    let used = 0;
    while (used < piece.length && this.#at !== 'end') {
      used = this.#at === 'data' ? this.#takeData(piece, used, onContent) : this.#takeLine(piece, used);
    }
    return used;
  }

  #takeData(piece: Buffer, from: number, onContent: (content: Buffer) => void): number {
    const to = Math.min(piece.length, from + this.#left);
    this.#left -= to - from;
    onContent(piece.subarray(from, to));
    if (this.#left === 0) this.#at = 'data-end';
    return to;
  }

  #takeLine(piece: Buffer, from: number): number {
    const end = piece.indexOf(LINE_END, from);
    const to = end < 0 ? piece.length : end + 1;
    if (this.#line.length + to - from > LONGEST_LINE)
      throw new BadMessage('a line between chunks is too long');
    this.#line += piece.toString('latin1', from, to);
    if (this.#at === 'data-end' && !'\r\n'.startsWith(this.#line))
      throw new BadMessage('a chunk is longer than its size');
    if (end >= 0) {
      const line = this.#line;
      this.#line = '';
      this.#endLine(line);
    }
    return to;
  }

  #endLine(line: string): void {
    if (this.#at === 'size') this.#readSize(line);
    else if (this.#at === 'data-end') this.#at = 'size';
    else this.#readTrailer(line);
  }

  #readSize(line: string): void {
    const digits = SIZE_LINE.exec(line)?.[1];
    if (digits === undefined) throw new BadMessage('the size of a chunk cannot be understood');
    this.#left = Number.parseInt(digits, 16);
    this.#at = this.#left === 0 ? 'trailer' : 'data';
  }

  #readTrailer(line: string): void {
    this.#trailer += line.length;
    if (this.#trailer > LONGEST_TRAILER || !line.endsWith('\r\n'))
      throw new BadMessage('the end of the chunks cannot be understood');
    if (line === '\r\n') this.#at = 'end';
  }
}
