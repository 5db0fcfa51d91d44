import { NO_BODY, PIPE, requestBody } from './body-framing.ts';
import type { Body } from './body-framing.ts';
import { HeldRequest, labelFields } from './held-request.ts';
import { wordsOf } from './read-head.ts';
import type { RequestHead } from './read-head.ts';
import type { RecordedCall } from './recorded-call.ts';
import type { Label } from './stamp-label.ts';

/** Where a request goes: false where it is not taken any more. */
type Engine = { write(piece: Buffer): boolean };

/** A request on its way from the client to the engine: as it comes, or held until the label can be put into it. */
export class PassingRequest {
  readonly #head: RequestHead;
  readonly #bytes: Buffer;
  readonly #label: Label;
  readonly #call: RecordedCall;
  #body: Body = NO_BODY;
  #held: HeldRequest | null = null;
  #engine: Engine | null = null;

  /** @param bytes of the head, as they came */
  constructor(head: RequestHead, bytes: Buffer, label: Label, call: RecordedCall) {
    this.#head = head;
    this.#bytes = bytes;
    this.#label = label;
    this.#call = call;
  }

  get method(): string {
    return this.#head.method;
  }

  get path(): string {
    return this.#call.path;
  }

  /** Nothing of it has gone to the engine yet. */
  get isHeld(): boolean {
    return this.#held !== null;
  }

  /** All of it has gone to the engine. */
  get isSent(): boolean {
    return this.#engine !== null && this.#body.isComplete;
  }

  /** A held request gets no `100 Continue` of the engine, which does not know of it. */
  get waitsForContinue(): boolean {
    return this.isHeld && wordsOf(this.#head, 'expect').includes('100-continue');
  }

  /** Finds out how long it is and whether it gets a label. Throws `BadMessage`. */
  understand(): void {
    this.#body = requestBody(this.#head);
    const fields = labelFields(this.#head, this.path, this.#body);
    this.#held = fields && new HeldRequest(this.#bytes, fields);
    this.#call.begin(this.#head, !this.#body.isComplete);
  }

  sendTo(engine: Engine): void {
    this.#engine = engine;
    if (this.#held === null) engine.write(this.#bytes);
  }

  /** From now on all that the client says belongs to it. */
  goRaw(): void {
    this.#body = PIPE;
    this.#held = null;
  }

  /** Takes what belongs to it from what the client has sent, and gives how many bytes that is. Throws `BadMessage`. */
  take(piece: Buffer): number {
    const used = this.#body.take(piece, (content) => {
      this.#call.takeRequest(content);
      this.#held?.addContent(content);
    });
    const own = used === piece.length ? piece : piece.subarray(0, used);
    if (this.#held === null) this.#send(own);
    else this.#hold(own, this.#held, this.#body.isComplete);
    return used;
  }

  #hold(piece: Buffer, held: HeldRequest, isComplete: boolean): void {
    held.add(piece);
    if (held.isTooLong) this.#release(held.untouched());
    else if (isComplete) {
      const stamped = held.stamped(this.#label);
      if (stamped) this.#call.setLabelled();
      this.#release(stamped ?? held.untouched());
    }
  }

  #release({ head, body }: { head: Buffer; body: Buffer }): void {
    this.#held = null;
    this.#engine?.write(head);
    this.#send(body);
  }

  #send(piece: Buffer): void {
    if (this.#engine?.write(piece)) this.#call.countSent(piece.length);
  }
}
