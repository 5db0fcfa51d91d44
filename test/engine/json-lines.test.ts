import { expect, it } from 'vitest';
import { jsonLines } from '../../src/engine/json-lines.ts';

function parse(...chunks: (string | Buffer)[]): unknown[] {
  const parser = jsonLines();
  return [...chunks.flatMap((chunk) => parser.push(Buffer.from(chunk))), ...parser.end()];
}

it('joins values and characters that are split anywhere', () => {
  const bytes = Buffer.from('{"a":"é👍"}\n{"b":2}\n');
  for (let at = 1; at < bytes.length; at++) {
    expect(parse(bytes.subarray(0, at), bytes.subarray(at))).toEqual([{ a: 'é👍' }, { b: 2 }]);
  }
});

it('tells several values in one line apart, whatever their strings hold', () => {
  expect(parse('{"a":"}{"}{"b":"\\"}"} {"c":{"d":1}}\n')).toEqual([
    { a: '}{' },
    { b: '"}' },
    { c: { d: 1 } },
  ]);
});

it('leaves out what cannot be read and goes on', () => {
  expect(parse('garbage\n\n  \r\n{"a":\n{"b":1}\n')).toEqual([{ b: 1 }]);
});

it('gives a last value without a line end', () => {
  expect(parse('{"a":1}\n{"b":2}')).toEqual([{ a: 1 }, { b: 2 }]);
});

it('does not keep a line that never ends', () => {
  const parser = jsonLines();
  for (let count = 0; count < 40; count++) expect(parser.push(Buffer.alloc(65_536, 'x'))).toEqual([]);
  expect(parser.push(Buffer.from('\n{"a":1}\n'))).toEqual([{ a: 1 }]);
});
