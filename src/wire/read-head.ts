import { BadMessage } from './bad-message.ts';

/** Go's own limit, which dockerd and podman have (net/http, DefaultMaxHeaderBytes). */
const LONGEST_HEAD = 1024 * 1024;
/** The status after which a connection is a plain pipe. */
export const SWITCHING = 101;
const BLANK_LINE = '\r\n\r\n';
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const REQUEST_LINE = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/(\d\.\d)$/;
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: |$)/;

/** Name in small letters, value without the spaces around it; both one character per byte. */
export type Header = readonly [name: string, value: string];

export type RequestHead = {
  method: string;
  /** As it was sent, one character per byte. */
  target: string;
  version: string;
  headers: readonly Header[];
};

export type ResponseHead = { status: number; headers: readonly Header[] };

/** Puts a head together from the pieces in which it arrives. */
export class HeadReader {
  readonly #expects: (start: string) => boolean;
  #pieces: Buffer[] = [];
  #size = 0;
  #start = '';
  /** The end of what has come, in which a blank line may have begun. */
  #tail = '';

  constructor(expects: 'request' | 'response') {
    this.#expects = expects === 'request' ? canBeRequest : canBeResponse;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** The bytes of the head, and how many of this piece belong to it; null while more is to come. Throws `BadMessage`. */
  take(piece: Buffer): { head: Buffer; used: number } | null {
    const before = this.#tail.length;
    const found = (this.#tail + piece.toString('latin1')).indexOf(BLANK_LINE);
    const used = found < 0 ? piece.length : found + BLANK_LINE.length - before;
    this.#size += used;
    if (this.#size > LONGEST_HEAD) throw new BadMessage('the head of the message is longer than 1 MB', 431);
    this.#pieces.push(used === piece.length ? piece : piece.subarray(0, used));
    this.#start += piece.toString('latin1', 0, RESPONSE_START.length - this.#start.length);
    if (!this.#expects(this.#start)) throw new BadMessage('this is not HTTP');
    if (found < 0) {
      this.#tail = (this.#tail + piece.toString('latin1', Math.max(0, piece.length - 3))).slice(-3);
      return null;
    }
    return { head: this.#finish(), used };
  }

  #finish(): Buffer {
    const [first] = this.#pieces;
    const head = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces, this.#size);
    this.#pieces = [];
    this.#size = 0;
    this.#start = '';
    this.#tail = '';
    return head;
  }
}

const RESPONSE_START = 'HTTP/1.';

function canBeResponse(start: string): boolean {
  return RESPONSE_START.startsWith(start);
}

/** TLS begins with a control character, and would wait for an answer for ever. */
function canBeRequest(start: string): boolean {
  return start === '' || /^[!-~]/.test(start);
}

/** Throws `BadMessage`. */
export function parseRequestHead(head: Buffer): RequestHead {
  const [line = '', ...fields] = linesOf(head);
  const [, method = '', target = '', version = ''] = REQUEST_LINE.exec(line) ?? [];
  if (method === '') throw new BadMessage('the first line is not a request');
  if (!version.startsWith('1.') && !(method === 'PRI' && version === '2.0'))
    throw new BadMessage(`HTTP ${version} is not spoken here`, 505);
  return { method, target, version, headers: fields.map(parseHeader) };
}

/** Throws `BadMessage`. */
export function parseResponseHead(head: Buffer): ResponseHead {
  const [line = '', ...fields] = linesOf(head);
  const [, status = ''] = STATUS_LINE.exec(line) ?? [];
  if (status === '') throw new BadMessage('its first line is not an answer');
  return { status: Number(status), headers: fields.map(parseHeader) };
}

/** All values of a header, as they came. */
export function valuesOf({ headers }: { headers: readonly Header[] }, wanted: string): string[] {
  return headers.flatMap(([name, value]) => (name === wanted ? [value] : []));
}

/** The comma-separated words of a header, in small letters. */
export function wordsOf(head: { headers: readonly Header[] }, wanted: string): string[] {
  return valuesOf(head, wanted).flatMap((value) => value.split(',').map((word) => word.trim().toLowerCase()));
}

/** The media type without its parameters, in small letters; empty where there is none. */
export function typeOf(head: { headers: readonly Header[] }): string {
  return (valuesOf(head, 'content-type')[0] ?? '').split(';', 1).join('').trim().toLowerCase();
}

function linesOf(head: Buffer): string[] {
  const lines = head.toString('latin1', 0, head.length - BLANK_LINE.length).split('\r\n');
  // A lone line feed or carriage return is a line's end to some readers and none to others.
  if (lines.some((line) => /[\x00-\x08\x0a-\x1f\x7f]/.test(line)))
    throw new BadMessage('the head has control characters in it');
  return lines;
}

function parseHeader(line: string): Header {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  if (!NAME.test(name)) throw new BadMessage('a line of the head is not a header');
  return [name.toLowerCase(), trimBlank(line, colon + 1)];
}

/** Not `trim`, which takes more than spaces and tabs for nothing. */
function trimBlank(line: string, from: number): string {
  let start = from;
  let end = line.length;
  while (start < end && isBlank(line[start])) start++;
  while (end > start && isBlank(line[end - 1])) end--;
  return line.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
