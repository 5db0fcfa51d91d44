import { PIPE, responseBody } from './body-framing.ts';
import type { Body } from './body-framing.ts';
import type { PassingRequest } from './passing-request.ts';
import { HeadReader, SWITCHING, parseResponseHead, typeOf } from './read-head.ts';
import type { ResponseHead } from './read-head.ts';
import type { RecordedCall } from './recorded-call.ts';

/** Answers that last until something happens or the client has had enough: `run -d` waits with one that it leaves at once. */
const ENDLESS = /^(\/libpod)?\/(events|containers\/([^/]+\/)?(wait|logs|stats))$/;

/** The answer to one request on its way from the engine to the client. */
export class PassingAnswer {
  readonly #request: PassingRequest;
  readonly #client: { write(piece: Buffer): void };
  readonly #call: RecordedCall;
  readonly #head = new HeadReader('response');
  /** Null until its head has come. */
  #body: Body | null = null;

  constructor(request: PassingRequest, client: { write(piece: Buffer): void }, call: RecordedCall) {
    this.#request = request;
    this.#client = client;
    this.#call = call;
  }

  get hasBegun(): boolean {
    return this.#body !== null;
  }

  get isComplete(): boolean {
    return this.#body?.isComplete === true;
  }

  /** After its head both sides speak freely. */
  get isRaw(): boolean {
    return this.#body === PIPE;
  }

  /** It is complete when the engine says no more. */
  get lastsUntilEnd(): boolean {
    return this.#body?.untilEnd === true;
  }

  /** A client that leaves now has missed nothing that it wanted. */
  get mayBeLeft(): boolean {
    return this.isComplete || this.isRaw || (this.hasBegun && ENDLESS.test(this.#request.path));
  }

  /** Takes what belongs to it from what the engine has sent, and gives how many bytes that is. Throws `BadMessage`. */
  take(piece: Buffer): number {
    return this.#body === null ? this.#takeHead(piece) : this.#takeBody(piece, this.#body);
  }

  goRaw(head: ResponseHead): void {
    this.#body = PIPE;
    this.#request.goRaw();
    this.#call.answer(head, 'upgraded');
  }

  #takeHead(piece: Buffer): number {
    const found = this.#head.take(piece);
    if (found === null) return piece.length;
    const head = parseResponseHead(found.head);
    const isInterim = head.status < 200 && head.status !== SWITCHING;
    const body = responseBody(head, this.#request.method);
    // Only now: what cannot be understood is answered by the wire instead.
    this.#client.write(found.head);
    if (isInterim) return found.used;
    if (isRaw(head, body, this.#request)) this.goRaw(head);
    else {
      this.#body = body;
      this.#call.answer(head, 'plain');
    }
    return found.used;
  }

  #takeBody(piece: Buffer, body: Body): number {
    const used = body.take(piece, (content) => this.#call.takeResponse(content));
    this.#client.write(used === piece.length ? piece : piece.subarray(0, used));
    this.#call.countReceived(used);
    return used;
  }
}

/** Docker's attach and exec without an upgrade: after the head both sides speak freely (API 1.41, ContainerAttach). */
function isRaw(head: ResponseHead, body: Body, { method, path }: PassingRequest): boolean {
  if (head.status === SWITCHING) return true;
  return (
    head.status === 200 &&
    body.untilEnd &&
    method === 'POST' &&
    /\/(attach|exec\/[^/]+\/start)$/.test(path) &&
    typeOf(head).startsWith('application/vnd.docker.')
  );
}
