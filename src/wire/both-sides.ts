import type { ClientSide } from './client-side.ts';
import type { EngineSide } from './engine-side.ts';
import { ownAnswer } from './own-answer.ts';
import type { PassingAnswer } from './passing-answer.ts';
import type { PassingRequest } from './passing-request.ts';
import type { RecordedCall } from './recorded-call.ts';

/** A request and its answer while they pass. The answer may begin, and even be complete, before the request is. */
export type Exchange = { call: RecordedCall; request: PassingRequest; answer: PassingAnswer };

const LEFT_EARLY = 'the client left before its request was complete';

/**
 * The two sides of a connection and the exchange between them. When one side ends or fails, this decides what the
 * other gets to see and what is told of the call.
 */
export class BothSides {
  readonly client: ClientSide;
  /** Null before the first request, and while the connection for it is made. */
  engine: EngineSide | null = null;
  /** Null between two requests. */
  exchange: Exchange | null = null;
  #hasAnswered = false;
  #isOver = false;

  constructor(client: ClientSide) {
    this.client = client;
  }

  /** Nothing counts any more; what is on its way to the client may still arrive. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Makes room for the next request when both halves are complete, or the rest of the request will not come. */
  endExchange({ call, request, answer }: Exchange): void {
    if (!answer.isComplete || !(request.isSent || this.client.hasEnded)) return;
    call.end();
    this.#hasAnswered = true;
    this.exchange = null;
  }

  /** The client has ended its half, and all that it sent has been looked at. May come several times. */
  clientHasEnded(): void {
    const { engine, exchange } = this;
    if (exchange === null) return this.#finish();
    if (engine === null) return;
    const { call, request, answer } = exchange;
    if (request.isHeld) return this.close(LEFT_EARLY);
    if (!request.isSent && !answer.isRaw) {
      call.note(LEFT_EARLY);
      if (answer.isComplete) {
        this.endExchange(exchange);
        return this.#finish();
      }
    }
    engine.endHalf();
    this.#endRaw();
  }

  clientIsGone(): void {
    if (this.exchange) {
      const { call, answer } = this.exchange;
      call.end(answer.mayBeLeft ? '' : 'the client left before the answer was complete');
    }
    this.#setOver();
    this.engine?.end();
  }

  /** The engine says no more. */
  engineHasEnded(problem: string): void {
    if (this.#isOver) return;
    if (this.exchange === null) return this.#finish();
    const { call, answer } = this.exchange;
    if (answer.isRaw) {
      call.note(problem);
      this.client.endHalf();
      this.engine?.giveUpWhenStuck();
      return this.#endRaw();
    }
    if (!answer.hasBegun) return this.#endWithoutAnswer(call, problem);
    const isWhole = answer.isComplete || (answer.lastsUntilEnd && !problem);
    call.end(isWhole ? '' : problem || 'the engine broke off in the middle of its answer');
    this.#finish();
  }

  /** The engine takes no more, either. */
  engineIsGone(): void {
    if (!this.exchange?.answer.isRaw) return;
    this.exchange.call.end();
    this.#finish();
  }

  /** Answers in the engine's place, or, where an answer has begun already, breaks off. */
  refuse(call: RecordedCall, status: number, problem: string): void {
    const { answer, request } = this.exchange ?? {};
    this.#setOver();
    this.engine?.destroy();
    if (answer?.hasBegun) {
      call.end(problem);
      this.client.end();
    } else {
      call.refuse(status, problem);
      this.client.endWith(ownAnswer(status, `Slipway: ${problem}`, request?.method ?? ''));
    }
  }

  /** Ends both at once. */
  close(problem: string): void {
    this.exchange?.call.end(problem);
    this.#setOver();
    this.engine?.destroy();
    this.client.destroy();
  }

  /** An engine may close a connection that was idle at the moment of the next request: clients know that, and ask again. */
  #endWithoutAnswer(call: RecordedCall, problem: string): void {
    const words = problem || 'the engine hung up before it had answered';
    if (!this.#hasAnswered) return this.refuse(call, 502, words);
    call.end(words);
    this.#finish();
  }

  /** An upgraded connection ends when both of its halves have. */
  #endRaw(): void {
    if (!this.exchange?.answer.isRaw || !this.client.hasEnded || !this.engine?.hasEnded) return;
    this.exchange.call.end();
    this.#finish();
  }

  /** What is on its way still arrives. */
  #finish(): void {
    this.#setOver();
    this.client.end();
    this.engine?.end();
  }

  #setOver(): void {
    this.exchange = null;
    this.#isOver = true;
    this.client.ignore();
  }
}
