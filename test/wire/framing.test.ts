import { describe, expect, it, test } from 'vitest';
import { BadMessage } from '../../src/wire/bad-message.ts';
import { requestBody, responseBody } from '../../src/wire/body-framing.ts';
import type { Body } from '../../src/wire/body-framing.ts';
import { HeadReader, parseRequestHead, parseResponseHead } from '../../src/wire/read-head.ts';

const CHUNKED = 'Transfer-Encoding: chunked';
const NEXT = 'GET /next HTTP/1.1\r\n';

type Taken = { head: string; content: string; framed: string; rest: string; isComplete: boolean };

/** Reads a message in two pieces, cut at `at`. */
function take(kind: 'request' | 'response', message: string, at: number, method = 'GET'): Taken {
  const pieces = [message.slice(0, at), message.slice(at)].map((text) => Buffer.from(text, 'latin1'));
  const reader = new HeadReader(kind);
  const taken = { head: '', content: '', framed: '', rest: '', isComplete: false };
  let body: Body | null = null;
  for (let piece of pieces) {
    if (body === null) {
      const found = reader.take(piece);
      if (found === null) continue;
      taken.head = found.head.toString('latin1');
      piece = piece.subarray(found.used);
      body =
        kind === 'request'
          ? requestBody(parseRequestHead(found.head))
          : responseBody(parseResponseHead(found.head), method);
    }
    const used = body.take(piece, (content) => (taken.content += content.toString('latin1')));
    taken.framed += piece.toString('latin1', 0, used);
    taken.rest += piece.toString('latin1', used);
  }
  return { ...taken, isComplete: body?.isComplete === true };
}

const request = (headers: readonly string[], body = ''): string =>
  `${['POST /x HTTP/1.1', 'Host: docker', ...headers].join('\r\n')}\r\n\r\n${body}`;
const response = (status: string, headers: readonly string[], body = ''): string =>
  `${[`HTTP/1.1 ${status}`, ...headers].join('\r\n')}\r\n\r\n${body}`;

describe('a message that arrives in two pieces, wherever it is cut', () => {
  const chunks = '5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\nDigest: abc\r\n\r\n';
  test.each([
    ['a request of a known length', 'request', request(['Content-Length: 5']), 'hello', 'hello'],
    ['a request in chunks', 'request', request([CHUNKED]), chunks, 'hello0123456789'],
    ['a request without a body', 'request', request([]), '', ''],
    ['an answer of a known length', 'response', response('200 OK', ['content-length:3']), 'abc', 'abc'],
    ['an answer in chunks', 'response', response('200 OK', [CHUNKED]), chunks, 'hello0123456789'],
    ['an answer without a body', 'response', response('204 No Content', []), '', ''],
    ['an answer that nothing changed', 'response', response('304', ['Content-Length: 9']), '', ''],
  ] as const)('%s ends where it ends', (_name, kind, head, framed, content) => {
    const message = head + framed + NEXT;
    for (let at = 0; at <= message.length; at++)
      expect(take(kind, message, at)).toEqual({ head, content, framed, rest: NEXT, isComplete: true });
  });
});

it('takes an answer without a length to last until the connection ends', () => {
  const head = parseResponseHead(Buffer.from(response('200 OK', ['Content-Type: text/plain'])));
  expect(responseBody(head, 'GET')).toMatchObject({ untilEnd: true, isComplete: false });
});

it('expects no body after HEAD, whatever length is told', () => {
  const head = parseResponseHead(Buffer.from(response('200 OK', ['Content-Length: 20'])));
  expect(responseBody(head, 'HEAD').isComplete).toBe(true);
});

describe('a request that two readers could understand differently is refused', () => {
  test.each([
    ['two lengths', ['Content-Length: 5', 'Content-Length: 6']],
    ['the same length twice', ['Content-Length: 5', 'Content-Length: 5']],
    ['a list of lengths', ['Content-Length: 5, 5']],
    ['a negative length', ['Content-Length: -1']],
    ['a length with a sign', ['Content-Length: +5']],
    ['a hexadecimal length', ['Content-Length: 0x5']],
    ['an empty length', ['Content-Length:']],
    ['a length beyond counting', ['Content-Length: 99999999999999999999']],
    ['a length and chunks', ['Content-Length: 5', CHUNKED]],
    ['chunks and a length', [CHUNKED, 'content-length: 5']],
    ['chunks twice', [CHUNKED, CHUNKED]],
    ['chunks in a list', ['Transfer-Encoding: chunked, chunked']],
    ['another coding', ['Transfer-Encoding: gzip, chunked']],
    ['a coding with a parameter', ['Transfer-Encoding: chunked;q=1']],
    ['a coding with a stray character', ['Transfer-Encoding: \x0bchunked']],
    ['a space before the colon', ['Content-Length : 5']],
    ['a folded line', ['X-A: 1', ' Content-Length: 5']],
    ['a line without a colon', ['Content-Length 5']],
    ['a line feed alone', ['X-A: 1\nContent-Length: 5']],
    ['a carriage return alone', ['X-A: 1\rContent-Length: 5']],
    ['a zero byte', ['X-A: 1\0']],
  ])('%s', (_name, headers) => {
    const head = Buffer.from(request(headers), 'latin1');
    expect(() => requestBody(parseRequestHead(head))).toThrow(BadMessage);
  });

  it('chunks in HTTP/1.0', () => {
    const head = Buffer.from(request([CHUNKED]).replace('HTTP/1.1', 'HTTP/1.0'));
    expect(() => requestBody(parseRequestHead(head))).toThrow(BadMessage);
  });
});

describe('chunks that cannot be understood are refused', () => {
  test.each([
    ['no size', '\r\nhello\r\n'],
    ['a size that is no number', 'zz\r\nhello\r\n'],
    ['a negative size', '-5\r\nhello\r\n'],
    ['a size beyond counting', 'ffffffffffffffff\r\nhello\r\n'],
    ['a prefix before the size', '0x5\r\nhello\r\n'],
    ['a line feed alone after the size', '5\nhello\r\n'],
    ['data beyond the size', '5\r\nhello!\r\n'],
    ['a line without an end', `5${';'.repeat(5000)}`],
    ['a trailer without an end', `0\r\n${'x: y\r\n'.repeat(20_000)}`],
  ])('%s', (_name, chunks) => {
    expect(() => take('request', request([CHUNKED], chunks), 0)).toThrow(BadMessage);
    const whole = request([CHUNKED], chunks);
    const byBytes = (): void => {
      const body = requestBody(parseRequestHead(Buffer.from(request([CHUNKED]))));
      for (const byte of Buffer.from(whole.slice(request([CHUNKED]).length)))
        body.take(Buffer.from([byte]), () => {});
    };
    expect(byBytes).toThrow(BadMessage);
  });
});

it('reads a head that comes byte by byte', () => {
  const reader = new HeadReader('request');
  const head = request(['X-A: b']);
  const found = Array.from(Buffer.from(head), (byte) => reader.take(Buffer.from([byte])));
  expect(found.findIndex((each) => each !== null)).toBe(head.length - 1);
  expect(found.at(-1)?.head.toString()).toBe(head);
});

it('gives up on a head of more than 1 MB', () => {
  const reader = new HeadReader('request');
  reader.take(Buffer.from('GET / HTTP/1.1\r\nX-A: '));
  const more = (): void => {
    for (let megabytes = 0; megabytes < 2; megabytes++) reader.take(Buffer.alloc(1024 * 1024, 'a'));
  };
  expect(more).toThrow(expect.objectContaining({ status: 431 }));
});

test.each(['220 mail.example.org ESMTP', 'HTTP/2', '\x16\x03\x01'])('%j is no answer', (start) => {
  expect(() => new HeadReader('response').take(Buffer.from(start))).toThrow(BadMessage);
});

test.each(['\x16\x03\x01\x02', '\r\nGET / HTTP/1.1', ' GET'])('%j is no request', (start) => {
  expect(() => new HeadReader('request').take(Buffer.from(start, 'latin1'))).toThrow(BadMessage);
});

test.each(['GET  / HTTP/1.1', 'GET /', 'GET / HTTP/1.1 x', 'GET /a b HTTP/1.1', 'HELO x', 'GET / HTTP/2.0'])(
  'the line %j begins no request',
  (line) => {
    expect(() => parseRequestHead(Buffer.from(`${line}\r\n\r\n`))).toThrow(BadMessage);
  },
);
