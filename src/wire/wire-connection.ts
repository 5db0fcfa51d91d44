import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectionError } from '../engine/connection-error.ts';
import type { Endpoint } from '../engine/endpoint.ts';
import { EngineError } from '../engine/errors.ts';
import { openConnection } from '../engine/open-connection.ts';
import { BadMessage } from './bad-message.ts';
import { requestBody, responseBody } from './body-framing.ts';
import { endSoon, endWhenHeard, endWhenSent, watchForLeaving } from './end-soon.ts';
import { NO_BODY, isRaw, mayLeave, unreachable, withAdvice } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { HeldRequest, labelFields } from './held-request.ts';
import { Inbox } from './inbox.ts';
import { CONTINUE, ownAnswer } from './own-answer.ts';
import { HeadReader, SWITCHING, parseRequestHead, parseResponseHead, wordsOf } from './read-head.ts';
import type { RequestHead, ResponseHead } from './read-head.ts';
import type { CallStart, RecordedCall } from './record-call.ts';
import type { Label } from './stamp-label.ts';

/** Bytes that a client may send ahead, while the answer to its last request or a connection is waited for. */
const MOST_AHEAD = 64 * 1024;
/** How long an engine that has said its last word may take nothing of what its client still sends, ms. */
const MOST_SILENCE = 2000;

export type Target = { endpoint: Endpoint; host: string };

/** What a connection knows of the wire that it belongs to. */
export type Surroundings = {
  /** Null while no engine is on screen; `host` then says why. */
  target(): Target | { endpoint: null; host: string };
  label: Label;
  startCall(start: Pick<CallStart, 'at' | 'began' | 'head'>): RecordedCall;
};

/** What the client's next bytes are: `over` after an answer of our own, when nothing counts any more. */
type Reading = 'head' | 'opening' | 'body' | 'held' | 'answer' | 'raw' | 'over';
/** What the engine's next bytes are. */
type Answering = 'nothing' | 'head' | 'body' | 'raw';

/**
 * One connection of a client and the one to the engine that belongs to it. One request after another: what a client
 * sends ahead waits. Bytes pass as they came, but for requests that get a label.
 */
export class WireConnection {
  readonly #client: Socket;
  readonly #around: Surroundings;
  readonly #inbox = new Inbox();
  readonly #requestHead = new HeadReader('request');
  readonly #answerHead = new HeadReader('response');
  #engine: Duplex | null = null;
  #reading: Reading = 'head';
  #answering: Answering = 'nothing';
  #exchange: Exchange | null = null;
  #exchanges = 0;
  #began = { at: 0, began: 0 };
  #clientEnded = false;
  #engineEnded = false;
  #isWatched = false;

  constructor(client: Socket, around: Surroundings) {
    this.#client = client;
    this.#around = around;
    client.on('data', (piece) => {
      this.#inbox.add(piece);
      this.#readOn();
    });
    client.on('end', () => {
      this.#clientEnded = true;
      this.#readOn();
      this.#watchClient();
    });
    client.on('drain', () => this.#engine?.resume());
    client.on('error', () => client.destroy());
    client.on('close', () => this.#clientIsGone());
  }

  /** Ends both sides at once. */
  close(problem: string): void {
    this.#exchange?.call.end(problem);
    this.#exchange = null;
    this.#reading = 'over';
    this.#engine?.destroy();
    this.#client.destroy();
  }

  #readOn(): void {
    try {
      while (this.#readPiece());
      if (this.#clientEnded && this.#inbox.isEmpty) this.#passEndOn();
    } catch (error) {
      if (!(error instanceof BadMessage)) throw error;
      this.#refuse(error.status, error.message);
    }
    this.#holdBack();
  }

  /** Back-pressure: what the engine does not take is not read. */
  #holdBack(): void {
    const isFull = this.#engine?.writableNeedDrain === true || this.#inbox.size >= MOST_AHEAD;
    if (isFull && this.#reading !== 'over') {
      this.#client.pause();
      this.#watchClient();
    } else this.#client.resume();
  }

  /** Who is not read from, or has ended its half, would otherwise leave unseen. */
  #watchClient(): void {
    if (this.#isWatched || this.#client.destroyed) return;
    this.#isWatched = true;
    watchForLeaving(this.#client);
  }

  /** Does one thing with what the client has sent; false when there is nothing to do. */
  #readPiece(): boolean {
    switch (this.#reading) {
      case 'head':
        return this.#readHead();
      case 'body':
      case 'held':
        return this.#readBody();
      case 'raw':
        return this.#readRaw();
      case 'over':
        this.#inbox.clear();
        return false;
      case 'opening':
      case 'answer':
        return false;
    }
  }

  #readHead(): boolean {
    const piece = this.#inbox.take();
    if (piece === undefined) return false;
    if (this.#requestHead.isEmpty) this.#began = { at: Date.now(), began: performance.now() };
    const found = this.#requestHead.take(piece);
    if (found === null) return true;
    this.#inbox.giveBack(piece, found.used);
    this.#begin(found.head);
    return true;
  }

  #begin(bytes: Buffer): void {
    const head = parseRequestHead(bytes);
    const call = this.#around.startCall({ ...this.#began, head });
    this.#exchanges++;
    const exchange: Exchange = {
      call,
      method: head.method,
      path: call.path,
      head: bytes,
      body: NO_BODY,
      held: null,
      isSent: false,
      answer: null,
    };
    this.#exchange = exchange;
    const body = requestBody(head);
    const fields = labelFields(head, call.path, body);
    const held = fields && new HeldRequest(bytes, fields);
    Object.assign(exchange, { body, held });
    call.begin(head, !body.isComplete);
    if (held && wordsOf(head, 'expect').includes('100-continue')) this.#client.write(CONTINUE);
    this.#reading = 'opening';
    if (this.#engine === null) void this.#open(head);
    else this.#startSending(head);
  }

  async #open(head: RequestHead): Promise<void> {
    const { endpoint, host } = this.#around.target();
    if (endpoint === null) return this.#refuse(503, `no engine is on screen${host && `: ${host}`}`);
    const exchange = this.#exchange;
    let engine: Duplex;
    try {
      engine = await openConnection(endpoint);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (exchange === this.#exchange) this.#refuse(502, unreachable(host, error));
      return;
    }
    // The client may have left meanwhile, or the engine on screen has changed.
    if (exchange !== this.#exchange) return void engine.on('error', () => undefined).destroy();
    this.#listenTo(engine, endpoint);
    this.#startSending(head);
    this.#readOn();
  }

  #listenTo(engine: Duplex, endpoint: Endpoint): void {
    let problem = '';
    this.#engine = engine;
    engine.on('data', (piece: Buffer) => this.#takeAnswer(piece));
    engine.on('drain', () => this.#holdBack());
    engine.on('end', () => this.#engineHasEnded(''));
    engine.on('error', (error) => {
      problem = withAdvice(connectionError(error, endpoint));
      engine.destroy();
    });
    engine.on('close', () => {
      this.#engineHasEnded(problem);
      this.#engineIsGone();
    });
  }

  #startSending(head: RequestHead): void {
    const exchange = this.#exchange;
    if (exchange === null) return;
    this.#answering = 'head';
    this.#reading = exchange.held ? 'held' : 'body';
    if (exchange.held === null) this.#engine?.write(exchange.head);
    // HTTP/2 from the first byte on, as newer BuildKit clients speak it.
    if (head.method === 'PRI') this.#goRaw({ status: SWITCHING, headers: [] });
  }

  #readBody(): boolean {
    const exchange = this.#exchange;
    if (exchange === null) return false;
    const { body, call, held } = exchange;
    if (body.isComplete) return this.#endRequest(exchange);
    const piece = this.#inbox.take();
    if (piece === undefined) return false;
    const used = body.take(piece, (content) => {
      call.takeRequest(content);
      held?.addContent(content);
    });
    const own = this.#inbox.giveBack(piece, used);
    if (held === null) this.#send(own, call);
    else held.add(own);
    if (held?.isTooLong) this.#release(exchange, held.untouched());
    return true;
  }

  #endRequest(exchange: Exchange): boolean {
    const { held, call } = exchange;
    if (held) {
      const stamped = held.stamped(this.#around.label);
      if (stamped) call.setLabelled();
      this.#release(exchange, stamped ?? held.untouched());
    }
    exchange.isSent = true;
    this.#reading = 'answer';
    this.#endExchange();
    return this.#reading !== 'answer';
  }

  #release(exchange: Exchange, { head, body }: { head: Buffer; body: Buffer }): void {
    exchange.held = null;
    this.#reading = 'body';
    this.#engine?.write(head);
    this.#send(body, exchange.call);
  }

  #readRaw(): boolean {
    const piece = this.#inbox.take();
    if (piece === undefined || this.#exchange === null) return false;
    this.#send(piece, this.#exchange.call);
    return true;
  }

  #send(piece: Buffer, call: RecordedCall): void {
    if (this.#engine === null || !this.#engine.writable) return;
    this.#engine.write(piece);
    call.countSent(piece.length);
  }

  #takeAnswer(piece: Buffer): void {
    try {
      for (let rest = piece; rest.length > 0;) rest = rest.subarray(this.#takeAnswerPiece(rest));
    } catch (error) {
      if (!(error instanceof BadMessage)) throw error;
      this.#refuse(502, `the engine’s answer cannot be read: ${error.message}`);
    }
    if (this.#client.writableNeedDrain) this.#engine?.pause();
  }

  /** Gives how many bytes were used. */
  #takeAnswerPiece(piece: Buffer): number {
    const exchange = this.#exchange;
    if (exchange === null || this.#answering === 'nothing') {
      // Nobody has asked; the next client would take it for its answer.
      if (this.#reading !== 'over') this.close('the engine said something that was not asked for');
      return piece.length;
    }
    if (this.#answering === 'head') return this.#takeAnswerHead(piece, exchange);
    const { call, answer } = exchange;
    const used = answer ? answer.take(piece, (content) => call.takeResponse(content)) : piece.length;
    this.#client.write(used === piece.length ? piece : piece.subarray(0, used));
    call.countReceived(used);
    if (answer?.isComplete) this.#endExchange();
    return used;
  }

  #takeAnswerHead(piece: Buffer, exchange: Exchange): number {
    const found = this.#answerHead.take(piece);
    if (found === null) return piece.length;
    const head = parseResponseHead(found.head);
    const isInterim = head.status < 200 && head.status !== SWITCHING;
    const answer = responseBody(head, exchange.method);
    this.#client.write(found.head);
    if (isInterim) return found.used;
    if (isRaw(head, exchange, answer)) this.#goRaw(head);
    else {
      exchange.answer = answer;
      this.#answering = 'body';
      exchange.call.answer(head, 'plain');
      this.#endExchange();
    }
    return found.used;
  }

  #goRaw(head: ResponseHead): void {
    this.#exchange?.call.answer(head, 'upgraded');
    this.#answering = 'raw';
    this.#reading = 'raw';
    // Not from within: what the client sent ahead may end this connection.
    queueMicrotask(() => this.#readOn());
  }

  /** When both halves are complete, or the second will not come. */
  #endExchange(): void {
    const exchange = this.#exchange;
    if (!exchange?.answer?.isComplete) return;
    this.#answering = 'nothing';
    if (!exchange.isSent && !this.#clientEnded && !this.#engineEnded) return;
    exchange.call.end();
    this.#exchange = null;
    this.#reading = 'head';
    queueMicrotask(() => this.#readOn());
  }

  /** The client has ended its half, and all that it sent has been looked at. */
  #passEndOn(): void {
    switch (this.#reading) {
      case 'opening':
      case 'over':
        return;
      case 'head':
        return this.#finish();
      case 'held':
        return this.close('the client left before its request was complete');
      case 'body':
        this.#exchange?.call.note('the client left before its request was complete');
        if (this.#answering === 'nothing') return this.#endExchange();
    }
    if (this.#engine?.writableEnded === false) this.#engine.end();
    this.#endRaw();
  }

  #clientIsGone(): void {
    const exchange = this.#exchange;
    if (exchange)
      exchange.call.end(
        this.#answering === 'raw' || mayLeave(exchange)
          ? ''
          : 'the client left before the answer was complete',
      );
    this.#exchange = null;
    this.#reading = 'over';
    if (this.#engine) endSoon(this.#engine);
  }

  #engineHasEnded(problem: string): void {
    if (this.#engineEnded) return;
    this.#engineEnded = true;
    const exchange = this.#exchange;
    if (this.#reading === 'over') return;
    if (exchange === null) return this.#finish();
    if (this.#answering === 'raw') {
      exchange.call.note(problem);
      this.#client.end();
      this.#giveUpWhenStuck();
      return this.#endRaw();
    }
    if (this.#answering === 'head') return this.#endWithoutAnswer(exchange, problem);
    const isWhole = exchange.answer?.isComplete === true || (exchange.answer?.untilEnd === true && !problem);
    exchange.call.end(isWhole ? '' : problem || 'the engine broke off in the middle of its answer');
    this.#finish();
  }

  /** An engine may close a connection that was idle at the moment of the next request: clients know that, and ask again. */
  #endWithoutAnswer({ call }: Exchange, problem: string): void {
    const words = problem || 'the engine hung up before it had answered';
    if (this.#exchanges === 1) return this.#refuse(502, words);
    call.end(words);
    this.#finish();
  }

  #endRaw(): void {
    if (this.#answering !== 'raw' || !this.#clientEnded || !this.#engineEnded) return;
    this.#exchange?.call.end();
    this.#finish();
  }

  /** The end of a client stands behind what it has sent: while that is not read, nothing tells that it has left. */
  #giveUpWhenStuck(): void {
    let before = 0;
    const look = (): void => {
      const { writableNeedDrain = false, writableLength = 0 } = this.#engine ?? {};
      if (writableNeedDrain && writableLength === before) this.#engineIsGone();
      before = writableLength;
    };
    const timer = setInterval(look, MOST_SILENCE).unref();
    this.#client.once('close', () => clearInterval(timer));
  }

  #engineIsGone(): void {
    if (this.#answering !== 'raw') return;
    this.#exchange?.call.end();
    this.#finish();
  }

  /** What is on its way still arrives. */
  #finish(): void {
    this.#exchange = null;
    this.#reading = 'over';
    this.#inbox.clear();
    endWhenSent(this.#client);
    if (this.#engine) endSoon(this.#engine);
  }

  /** Answers in the engine's place, or, where an answer has begun already, breaks off. */
  #refuse(status: number, problem: string): void {
    const exchange = this.#exchange;
    const call = exchange?.call ?? this.#around.startCall({ ...this.#began, head: null });
    const hasBegun = exchange !== null && exchange.answer !== null;
    if (hasBegun) call.end(problem);
    else call.refuse(status, problem);
    this.#exchange = null;
    this.#reading = 'over';
    this.#inbox.clear();
    this.#engine?.destroy();
    if (hasBegun) endWhenSent(this.#client);
    else endWhenHeard(this.#client, ownAnswer(status, `Slipway: ${problem}`, exchange?.method ?? ''));
  }
}
