import type { IBuffer, IMarker, Terminal } from '@xterm/headless';
import { textBetween, wholeLine, type Place } from './buffer-text.ts';
import type { Span } from './draw-row.ts';

/** As xterm has them: between them is what a double click takes. */
const SEPARATORS = new Set(' ()[]{}\',"`\u00a0│');

/** An end that stays with its line when lines above it go. */
type Anchor = { x: number; marker: IMarker | null; y: number };

/** Cells that are selected, in reading order, both ends included. */
export class Selection {
  readonly #terminal: Terminal;
  #from: Anchor | null = null;
  #to: Anchor | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  set(one: Place, other: Place): void {
    this.clear();
    const isBefore = one.y < other.y || (one.y === other.y && one.x <= other.x);
    const [from, to] = isBefore ? [one, other] : [other, one];
    this.#from = this.#anchor(this.#inside(from));
    this.#to = this.#anchor(this.#inside(to));
  }

  setWord(at: Place): void {
    const start = this.#inside(at);
    const separates = this.#separates(start);
    const isWord = (place: Place): boolean => this.#separates(place) === separates;
    let [from, to] = [start, start];
    for (let next = this.#before(from); next !== null && isWord(next); next = this.#before(next)) from = next;
    for (let next = this.#after(to); next !== null && isWord(next); next = this.#after(next)) to = next;
    this.set(from, to);
  }

  setLine(at: Place): void {
    const { first, last } = wholeLine(this.#buffer, this.#inside(at).y);
    this.set({ x: 0, y: first }, { x: this.#terminal.cols - 1, y: last });
  }

  clear(): void {
    this.#from?.marker?.dispose();
    this.#to?.marker?.dispose();
    this.#from = null;
    this.#to = null;
  }

  spanOf(y: number): Span | null {
    const ends = this.#ends();
    if (ends === null || y < ends.from.y || y > ends.to.y) return null;
    return {
      from: y === ends.from.y ? ends.from.x : 0,
      to: y === ends.to.y ? ends.to.x : this.#terminal.cols - 1,
    };
  }

  text(): string {
    const ends = this.#ends();
    if (ends === null) return '';
    const { from, to } = ends;
    return textBetween(this.#buffer, from, { x: this.#endOf(to), y: to.y });
  }

  get #buffer(): IBuffer {
    return this.#terminal.buffer.active;
  }

  /** Null as well when the lines it was on are gone. */
  #ends(): { from: Place; to: Place } | null {
    const from = placeOf(this.#from);
    const to = placeOf(this.#to);
    if (from === null || to === null) return null;
    return { from: { x: this.#startOf(from), y: from.y }, to };
  }

  #anchor({ x, y }: Place): Anchor {
    const { baseY, cursorY } = this.#buffer;
    // There are none in the alternate screen; its lines do not move.
    return { x, y, marker: this.#terminal.registerMarker(y - baseY - cursorY) ?? null };
  }

  #inside({ x, y }: Place): Place {
    const within = (value: number, count: number): number =>
      Math.max(0, Math.min(count - 1, Math.floor(value)));
    return { x: within(x, this.#terminal.cols), y: within(y, this.#buffer.length) };
  }

  /** Wide characters are taken whole. */
  #startOf({ x, y }: Place): number {
    return x > 0 && this.#widthAt(x, y) === 0 && this.#widthAt(x - 1, y) === 2 ? x - 1 : x;
  }

  #endOf({ x, y }: Place): number {
    return x + Math.max(1, this.#widthAt(x, y));
  }

  #widthAt(x: number, y: number): number {
    return this.#buffer.getLine(y)?.getCell(x)?.getWidth() ?? 1;
  }

  #separates(place: Place): boolean {
    const text = this.#buffer.getLine(place.y)?.getCell(this.#startOf(place))?.getChars() ?? '';
    return text === '' || SEPARATORS.has(text);
  }

  #before({ x, y }: Place): Place | null {
    if (x > 0) return { x: x - 1, y };
    return y > 0 && this.#buffer.getLine(y)?.isWrapped === true
      ? { x: this.#terminal.cols - 1, y: y - 1 }
      : null;
  }

  #after({ x, y }: Place): Place | null {
    if (x < this.#terminal.cols - 1) return { x: x + 1, y };
    return this.#buffer.getLine(y + 1)?.isWrapped === true ? { x: 0, y: y + 1 } : null;
  }
}

function placeOf(anchor: Anchor | null): Place | null {
  if (anchor === null) return null;
  const { x, y, marker } = anchor;
  if (marker === null) return { x, y };
  return marker.isDisposed || marker.line < 0 ? null : { x, y: marker.line };
}
