import type { Socket } from 'node:net';
import { BadMessage } from './bad-message.ts';
import { BothSides } from './both-sides.ts';
import type { Exchange } from './both-sides.ts';
import { ClientSide } from './client-side.ts';
import { EngineSide } from './engine-side.ts';
import { CONTINUE } from './own-answer.ts';
import { PassingAnswer } from './passing-answer.ts';
import { PassingRequest } from './passing-request.ts';
import { reachEngine } from './reach-engine.ts';
import type { Reached, Target } from './reach-engine.ts';
import { HeadReader, SWITCHING, parseRequestHead } from './read-head.ts';
import type { CallStart, RecordedCall } from './recorded-call.ts';
import type { Label } from './stamp-label.ts';

/** What a connection knows of the wire that it belongs to. */
export type Surroundings = {
  target(): Target;
  label: Label;
  startCall(start: Pick<CallStart, 'at' | 'began' | 'head'>): RecordedCall;
};

/**
 * One connection of a client and the one to the engine that belongs to it. It passes one exchange after another; what a
 * client sends ahead waits. Bytes pass as they came, but for requests that get a label.
 */
export class WireConnection {
  readonly #around: Surroundings;
  readonly #sides: BothSides;
  readonly #requestHead = new HeadReader('request');
  /** When the first byte of the latest request came. */
  #began = { at: 0, began: 0 };

  constructor(socket: Socket, around: Surroundings) {
    const client = new ClientSide(socket, {
      more: () => this.#readOn(),
      drained: () => this.#sides.engine?.resume(),
      gone: () => this.#sides.clientIsGone(),
    });
    this.#around = around;
    this.#sides = new BothSides(client);
  }

  /** Ends both sides at once. */
  close(problem: string): void {
    this.#sides.close(problem);
  }

  /** Passes on what the client has sent, as far as that is possible now. */
  #readOn(): void {
    const { client, isOver } = this.#sides;
    if (isOver) return;
    try {
      while (this.#readPiece());
      if (client.hasEnded && client.inbox.isEmpty) this.#sides.clientHasEnded();
    } catch (error) {
      if (!(error instanceof BadMessage)) throw error;
      this.#refuse(error.status, error.message);
    }
    this.#holdBack();
  }

  #holdBack(): void {
    const { client, engine, isOver } = this.#sides;
    if (!isOver) client.holdBack(engine?.isFull === true);
  }

  /** Does one thing with what the client has sent; false when there is nothing to do. */
  #readPiece(): boolean {
    const { client, engine, exchange } = this.#sides;
    if (exchange === null) return client.inbox.take((piece) => this.#takeHead(piece));
    const { request } = exchange;
    if (engine === null || request.isSent) return false;
    const isRead = client.inbox.take((piece) => request.take(piece));
    if (request.isSent) this.#sides.endExchange(exchange);
    return isRead;
  }

  /** Gives how many bytes were used. */
  #takeHead(piece: Buffer): number {
    if (this.#requestHead.isEmpty) this.#began = { at: Date.now(), began: performance.now() };
    const found = this.#requestHead.take(piece);
    if (found === null) return piece.length;
    this.#begin(found.head);
    return found.used;
  }

  #begin(bytes: Buffer): void {
    const { client, engine } = this.#sides;
    const head = parseRequestHead(bytes);
    const call = this.#around.startCall({ ...this.#began, head });
    const request = new PassingRequest(head, bytes, this.#around.label, call);
    const answer = new PassingAnswer(request, client, call);
    const exchange = { call, request, answer };
    this.#sides.exchange = exchange;
    request.understand();
    if (request.waitsForContinue) client.write(CONTINUE);
    if (engine === null) void this.#open(exchange);
    else this.#startSending(exchange, engine);
  }

  async #open(exchange: Exchange): Promise<void> {
    const reached = await reachEngine(this.#around.target());
    // The client may have left meanwhile, or the engine on screen has changed.
    const isLate = this.#sides.isOver;
    if ('stream' in reached) {
      const engine = this.#listenTo(reached);
      if (isLate) return engine.destroy();
      this.#sides.engine = engine;
      this.#startSending(exchange, engine);
      this.#readOn();
    } else if (!isLate) this.#refuse(reached.status, reached.problem);
  }

  #listenTo({ stream, endpoint }: Reached): EngineSide {
    return new EngineSide(stream, endpoint, {
      answered: (piece) => this.#takeAnswer(piece),
      drained: () => this.#holdBack(),
      ended: (problem) => this.#sides.engineHasEnded(problem),
      gone: () => this.#sides.engineIsGone(),
    });
  }

  #startSending({ request, answer }: Exchange, engine: EngineSide): void {
    request.sendTo(engine);
    // HTTP/2 from the first byte on, as newer BuildKit clients speak it.
    if (request.method === 'PRI') answer.goRaw({ status: SWITCHING, headers: [] });
  }

  #takeAnswer(piece: Buffer): void {
    try {
      for (let rest = piece; rest.length > 0;) rest = rest.subarray(this.#takeAnswerPiece(rest));
    } catch (error) {
      if (!(error instanceof BadMessage)) throw error;
      this.#refuse(502, `the engine’s answer cannot be read: ${error.message}`);
    }
    if (this.#sides.client.isFull) this.#sides.engine?.pause();
    // Only now: what the client has sent ahead could begin the next exchange, or end this connection.
    this.#readOn();
  }

  /** Gives how many bytes were used. */
  #takeAnswerPiece(piece: Buffer): number {
    const { exchange, isOver } = this.#sides;
    if (exchange === null || exchange.answer.isComplete) {
      // Nobody has asked; the next client would take it for its answer.
      if (!isOver) this.close('the engine said something that was not asked for');
      return piece.length;
    }
    const used = exchange.answer.take(piece);
    this.#sides.endExchange(exchange);
    return used;
  }

  #refuse(status: number, problem: string): void {
    const call = this.#sides.exchange?.call ?? this.#around.startCall({ ...this.#began, head: null });
    this.#sides.refuse(call, status, problem);
  }
}
