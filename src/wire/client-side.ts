import type { Socket } from 'node:net';
import { endWhenHeard, endWhenSent } from './end-soon.ts';
import { Inbox } from './inbox.ts';
import { watchForLeaving } from './watch-peer.ts';

/** Bytes that a client may send ahead, while the answer to its last request or a connection is waited for. */
const MOST_AHEAD = 64 * 1024;

export type ClientEvents = {
  /** More has come into the inbox, or nothing more will. */
  more(): void;
  /** It has read what it was sent. */
  drained(): void;
  /** Its connection is closed. */
  gone(): void;
};

/** The client's socket: what it has sent and is not passed on yet, how much more may come, whether it is still there. */
export class ClientSide {
  readonly inbox = new Inbox();
  readonly #socket: Socket;
  #hasEnded = false;
  #isIgnored = false;
  #isWatched = false;

  constructor(socket: Socket, tell: ClientEvents) {
    this.#socket = socket;
    socket.on('data', (piece) => {
      if (this.#isIgnored) return;
      this.inbox.add(piece);
      tell.more();
    });
    socket.on('end', () => {
      this.#hasEnded = true;
      tell.more();
      this.#watch();
    });
    socket.on('drain', () => tell.drained());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => tell.gone());
  }

  /** It has ended its half; it may still read. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** It does not read as fast as it is written to. */
  get isFull(): boolean {
    return this.#socket.writableNeedDrain;
  }

  write(piece: Buffer): void {
    this.#socket.write(piece);
  }

  /** Back-pressure: what cannot be passed on is not read. */
  holdBack(isEngineFull: boolean): void {
    if (isEngineFull || this.inbox.size >= MOST_AHEAD) {
      this.#socket.pause();
      this.#watch();
    } else this.#socket.resume();
  }

  /** Whatever it sends from now on is read and dropped. */
  ignore(): void {
    this.#isIgnored = true;
    this.inbox.clear();
    this.#socket.resume();
  }

  /** Nothing more is written; it may still send. */
  endHalf(): void {
    this.#socket.end();
  }

  /** Closes it when it has got everything. */
  end(): void {
    endWhenSent(this.#socket);
  }

  /** Closes it after these, and not while it still speaks, so that it can read them. */
  endWith(lastWords: Buffer): void {
    endWhenHeard(this.#socket, lastWords);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Who is not read from, or has ended its half, would otherwise leave unseen. */
  #watch(): void {
    if (this.#isWatched || this.#socket.destroyed) return;
    this.#isWatched = true;
    watchForLeaving(this.#socket);
  }
}
