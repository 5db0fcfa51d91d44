import type { Body } from './body-framing.ts';
import { valuesOf } from './read-head.ts';
import type { RequestHead } from './read-head.ts';
import { stampLabel } from './stamp-label.ts';
import type { Label } from './stamp-label.ts';

/** Bytes of a request that wait here until it is complete; a larger one passes as it is. */
const LONGEST_HELD = 4 * 1024 * 1024;

/** Where a body creates something that can carry labels, and in which field. Podman's own API has other names. */
const LABEL_FIELDS: readonly [path: RegExp, fields: readonly string[]][] = [
  [/^\/(containers|volumes|networks|services)\/create$/, ['Labels']],
  [/^\/libpod\/(containers|networks|pods)\/create$/, ['labels']],
  // It reads both, and the second replaces the first.
  [/^\/libpod\/volumes\/create$/, ['Labels', 'Label']],
];

/** The names of the labels' field in what a request creates; null where it creates nothing that has labels. */
export function labelFields(head: RequestHead, path: string, body: Body): readonly string[] | null {
  if (head.method !== 'POST' || body.isComplete) return null;
  if (Number(valuesOf(head, 'content-length')[0] ?? 0) > LONGEST_HELD) return null;
  return LABEL_FIELDS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

/** A request that is kept until its body is complete, so that a label can be put into it. */
export class HeldRequest {
  readonly #head: Buffer;
  readonly #fields: readonly string[];
  readonly #pieces: Buffer[] = [];
  readonly #content: Buffer[] = [];
  #size = 0;

  constructor(head: Buffer, fields: readonly string[]) {
    this.#head = head;
    this.#fields = fields;
  }

  get isTooLong(): boolean {
    return this.#size > LONGEST_HELD;
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  addContent(content: Buffer): void {
    this.#content.push(content);
  }

  /** Head and body with the label; null where it cannot be put in. */
  stamped(label: Label): { head: Buffer; body: Buffer } | null {
    const body = stampLabel(Buffer.concat(this.#content), this.#fields, label);
    return body && { head: rewriteHead(this.#head, body.length), body };
  }

  /** Everything as it came, but for an `Expect`. */
  untouched(): { head: Buffer; body: Buffer } {
    return { head: rewriteHead(this.#head, null), body: Buffer.concat(this.#pieces) };
  }
}

/**
 * The head with another length, which is no longer told in chunks. `Expect: 100-continue` goes, since it is answered
 * already. Every other line keeps its bytes.
 *
 * @param length null where the body stays as it is
 */
export function rewriteHead(head: Buffer, length: number | null): Buffer {
  const lines = head.toString('latin1').split('\r\n');
  const kept = lines.flatMap((line, index) => {
    if (index === 0) return [line];
    const [name = ''] = line.toLowerCase().split(':', 1);
    if (name === 'expect') return [];
    if (length === null) return [line];
    if (name === 'content-length' || name === 'transfer-encoding') return [`Content-Length: ${length}`];
    return name === 'trailer' ? [] : [line];
  });
  return Buffer.from(kept.join('\r\n'), 'latin1');
}
