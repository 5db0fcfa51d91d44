import { cleanText } from '../engine/clean-text.ts';
import { BodyRecorder, isRecordable } from './body-recorder.ts';
import { maskQuery } from './mask.ts';
import { typeOf } from './read-head.ts';
import type { RequestHead, ResponseHead } from './read-head.ts';
import { splitTarget } from './split-target.ts';
import type { RecordedBody, WireCall } from './wire-call.ts';

/** How often a stream that goes on is told of, ms. */
const NEWS_EVERY = 250;

export type CallStart = Pick<WireCall, 'id' | 'source' | 'connection' | 'at'> & {
  /** By `performance.now()`, when the first byte was read. */
  began: number;
  /** Null where it could not be read. */
  head: RequestHead | null;
};

/** What is told of one call, and when. Everything that it is given is masked before it is kept. */
export class RecordedCall {
  readonly #tell: (call: WireCall) => void;
  readonly #began: number;
  readonly #facts: WireCall;
  readonly #isQueryMasked: boolean;
  #request: BodyRecorder | null = null;
  #response: BodyRecorder | null = null;
  #news: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor({ head, began, ...facts }: CallStart, tell: (call: WireCall) => void) {
    this.#tell = tell;
    this.#began = began;
    const target = splitTarget(head?.target ?? '');
    const query = maskQuery(target.query, target.path);
    this.#isQueryMasked = query.masked;
    this.#facts = {
      ...facts,
      ...target,
      method: cleanText(head?.method ?? ''),
      query: query.text,
      status: null,
      answeredAfter: null,
      endedAfter: null,
      sent: 0,
      received: 0,
      mode: 'plain',
      contentType: '',
      request: null,
      response: null,
      labelled: false,
      masked: false,
      problem: '',
    };
  }

  get path(): string {
    return this.#facts.path;
  }

  /** Its head has been understood. */
  begin(head: RequestHead, hasBody: boolean): void {
    if (hasBody) this.#facts.contentType = cleanText(typeOf(head));
    if (hasBody && isRecordable(head, this.path)) this.#request = new BodyRecorder(this.path);
    this.#report();
  }

  /** What is in the request's body, without its framing. */
  takeRequest(content: Buffer): void {
    this.#request?.add(content);
  }

  /** The same of the answer's. */
  takeResponse(content: Buffer): void {
    this.#response?.add(content);
  }

  countSent(bytes: number): void {
    this.#facts.sent += bytes;
    this.#reportSoon();
  }

  countReceived(bytes: number): void {
    this.#facts.received += bytes;
    this.#reportSoon();
  }

  setLabelled(): void {
    this.#facts.labelled = true;
  }

  /** The head of the answer has come. */
  answer(head: ResponseHead, mode: WireCall['mode']): void {
    this.#facts.status = head.status;
    this.#facts.answeredAfter = this.#elapsed();
    this.#facts.mode = mode;
    if (mode === 'plain' && isRecordable(head, this.path)) this.#response = new BodyRecorder(this.path);
    this.#report();
  }

  /** The wire itself has answered. */
  refuse(status: number, problem: string): void {
    if (this.#isOver) return;
    this.#facts.status = status;
    this.#facts.answeredAfter = this.#elapsed();
    this.end(problem);
  }

  /** The first problem counts; it is told with the next report. */
  note(problem: string): void {
    this.#facts.problem ||= cleanText(problem);
  }

  /** Nothing is told after it. */
  end(problem = ''): void {
    if (this.#isOver) return;
    this.note(problem);
    this.#facts.endedAfter = this.#elapsed();
    this.#report();
    this.#isOver = true;
  }

  #elapsed(): number {
    return Math.round((performance.now() - this.#began) * 100) / 100;
  }

  #reportSoon(): void {
    if (this.#isOver) return;
    this.#news ??= setTimeout(() => this.#report(), NEWS_EVERY).unref();
  }

  #report(): void {
    clearTimeout(this.#news);
    this.#news = undefined;
    if (this.#isOver) return;
    const request = this.#request?.read() ?? null;
    const response = this.#response?.read() ?? null;
    const masked = this.#isQueryMasked || request?.masked === true || response?.masked === true;
    this.#tell({ ...this.#facts, request: bare(request), response: bare(response), masked });
  }
}

function bare(body: RecordedBody | null): RecordedBody | null {
  return body && { text: body.text, cut: body.cut };
}
