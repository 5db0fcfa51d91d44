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

  take(): Buffer | undefined {
    const piece = this.#pieces.shift();
    this.#size -= piece?.length ?? 0;
    return piece;
  }

  /** Puts back what was not used of a piece, and gives what was. */
  giveBack(piece: Buffer, used: number): Buffer {
    if (used === piece.length) return piece;
    this.#pieces.unshift(piece.subarray(used));
    this.#size += piece.length - used;
    return piece.subarray(0, used);
  }

  clear(): void {
    this.#pieces = [];
    this.#size = 0;
  }
}
