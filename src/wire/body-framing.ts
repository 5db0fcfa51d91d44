import { BadMessage } from './bad-message.ts';
import { ChunkedBody } from './chunked-body.ts';
import { valuesOf, wordsOf } from './read-head.ts';
import type { RequestHead, ResponseHead } from './read-head.ts';

/** Finds where a body ends. */
export type Body = {
  /**
   * How many bytes of this piece belong to the body, its framing included; `onContent` gets what is in it.
   * Throws `BadMessage`.
   */
  take(piece: Buffer, onContent: (content: Buffer) => void): number;
  readonly isComplete: boolean;
  /** It ends when the connection does. */
  readonly untilEnd: boolean;
};

/** RFC 9112, section 6.3. What two readers could understand differently is refused, so that none can be smuggled. */
export function requestBody(head: RequestHead): Body {
  const codings = valuesOf(head, 'transfer-encoding');
  const lengths = valuesOf(head, 'content-length');
  if (codings.length > 0 && lengths.length > 0)
    throw new BadMessage('the request has both a Content-Length and a Transfer-Encoding');
  if (codings.length > 0) {
    if (codings.length > 1 || codings[0]?.toLowerCase() !== 'chunked' || head.version === '1.0')
      throw new BadMessage('the request has a Transfer-Encoding that is not understood');
    return new ChunkedBody();
  }
  return new CountedBody(lengthOf(lengths) ?? 0);
}

/**
 * RFC 9112, section 6.3.
 *
 * @param method of the request that it answers
 */
export function responseBody(head: ResponseHead, method: string): Body {
  const { status } = head;
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return NO_BODY;
  if (isChunked(head)) return new ChunkedBody();
  const length = lengthOf(valuesOf(head, 'content-length'));
  return length === null ? UNTIL_END : new CountedBody(length);
}

function isChunked(head: ResponseHead): boolean {
  return wordsOf(head, 'transfer-encoding').at(-1) === 'chunked';
}

/** Null where there is none. */
function lengthOf([first, ...others]: readonly string[]): number | null {
  if (first === undefined) return null;
  const length = /^\d+$/.test(first) ? Number(first) : Number.NaN;
  if (others.length > 0 || !Number.isSafeInteger(length))
    throw new BadMessage('the Content-Length cannot be understood');
  return length;
}

class CountedBody implements Body {
  readonly untilEnd = false;
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get isComplete(): boolean {
    return this.#left === 0;
  }

  take(piece: Buffer, onContent: (content: Buffer) => void): number {
    const count = Math.min(this.#left, piece.length);
    this.#left -= count;
    if (count > 0) onContent(count === piece.length ? piece : piece.subarray(0, count));
    return count;
  }
}

export const NO_BODY: Body = { untilEnd: false, isComplete: true, take: () => 0 };

const UNTIL_END: Body = {
  untilEnd: true,
  isComplete: false,
  take(piece, onContent) {
    onContent(piece);
    return piece.length;
  },
};

/** After an upgrade everything belongs to it, and nothing of that is kept. */
export const PIPE: Body = { untilEnd: true, isComplete: false, take: (piece) => piece.length };
