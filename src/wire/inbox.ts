/** Pieces that have come and wait to be looked at. */
export class Inbox {
  #pieces: Buffer[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  /**
   * Shows the first piece to a reader that says how many bytes of it were used; the rest stays here. False when there
   * is none. What the reader throws comes through, and the piece is gone.
   */
  take(read: (piece: Buffer) => number): boolean {
    const piece = this.#pieces.shift();
    if (piece === undefined) return false;
    this.#size -= piece.length;
    const used = read(piece);
    if (used < piece.length) this.#putBack(piece.subarray(used));
    return true;
  }

  clear(): void {
    this.#pieces = [];
    this.#size = 0;
  }

  #putBack(rest: Buffer): void {
    this.#pieces.unshift(rest);
    this.#size += rest.length;
  }
}
