import type { Duplex } from 'node:stream';
import { connectionError } from '../engine/connection-error.ts';
import type { Endpoint } from '../engine/endpoint.ts';
import { endSoon } from './end-soon.ts';
import { withAdvice } from './reach-engine.ts';
import { whenStuck } from './watch-peer.ts';

export type EngineEvents = {
  answered(piece: Buffer): void;
  /** It has read what it was sent. */
  drained(): void;
  /** Told once: nothing more comes from it. The problem is empty where it ended its half in peace. */
  ended(problem: string): void;
  /** Nothing more goes to it either. */
  gone(): void;
};

/** The connection to the engine that belongs to a client's. */
export class EngineSide {
  readonly #stream: Duplex;
  readonly #tell: EngineEvents;
  #hasEnded = false;

  constructor(stream: Duplex, endpoint: Endpoint, tell: EngineEvents) {
    let problem = '';
    this.#stream = stream;
    this.#tell = tell;
    stream.on('data', (piece: Buffer) => tell.answered(piece));
    stream.on('drain', () => tell.drained());
    stream.on('end', () => this.#end(''));
    stream.on('error', (error) => {
      problem = withAdvice(connectionError(error, endpoint));
      stream.destroy();
    });
    stream.on('close', () => {
      this.#end(problem);
      tell.gone();
    });
  }

  /** It has said its last word; it may still read. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** It does not read as fast as it is written to. */
  get isFull(): boolean {
    return this.#stream.writableNeedDrain;
  }

  /** False where it takes nothing any more. */
  write(piece: Buffer): boolean {
    if (!this.#stream.writable) return false;
    this.#stream.write(piece);
    return true;
  }

  /** Back-pressure: what the client does not take is not read. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /** Nothing more is written; its answer may still come. */
  endHalf(): void {
    if (!this.#stream.writableEnded) this.#stream.end();
  }

  /** The end of a client stands behind what it has sent: while that is not read, nothing tells that it has left. */
  giveUpWhenStuck(): void {
    whenStuck(this.#stream, () => this.#tell.gone());
  }

  /** Closes it when it has got everything, or after a while. */
  end(): void {
    endSoon(this.#stream);
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #end(problem: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#tell.ended(problem);
  }
}
