import { describe, expect, test } from 'vitest';
import { callValue, closeJson, readBody, readQuery } from '../../src/model/wire-body.ts';
import { aCall, json } from './wire-calls.ts';

const body = (text: string, cut = false) => ({ text, cut });

describe('a body is read', () => {
  test.each([
    ['as JSON', body('{"a":[1,true,null]}'), { a: [1, true, null] }],
    ['as a list, where each line is JSON', body('{"a":1}\r\n{"b":2}\n'), [{ a: 1 }, { b: 2 }]],
    ['as text, where it is neither', body('{"a":1} and more'), '{"a":1} and more'],
    ['without its last line, where that was cut', body('{"a":1}\n{"b":2}\n{"c', true), [{ a: 1 }, { b: 2 }]],
    [
      'up to where it was cut',
      body('[{"Id":"x","Names":["/web"],"Ima', true),
      [{ Id: 'x', Names: ['/web'] }],
    ],
    ['without half a number', body('{"a":1,"b":12', true), { a: 1 }],
    ['as nothing, where nothing of it is whole', body('{"a', true), {}],
  ])('%s', (_, made, value) => {
    expect(readBody(made)).toEqual(value);
  });

  test('wherever it was cut, and whatever is in it', () => {
    const whole = JSON.stringify([{ a: 'x"]}\\', b: [1, -2.5, { c: null }], 'd,:': true }, [], 'ü,']);
    for (let end = 1; end < whole.length; end += 1)
      expect(() => JSON.parse(closeJson(whole.slice(0, end))), whole.slice(0, end)).not.toThrow();
  });

  test('without harm, however deep it is nested', () => {
    const deep = '['.repeat(60_000);
    expect(typeof readBody(body(deep, true))).toBe('object');
    expect(readBody(body(deep + ']'.repeat(60_000)))).toBeTypeOf('string');
  });

  test('without control characters that were escaped in it', () => {
    expect(readBody(body(String.raw`{"a":"\u001b[31mred"}`))).toEqual({ a: 'red' });
  });
});

test('a query is read by name, with the JSON in it', () => {
  expect(readQuery('all=1&filters=%7B%22name%22%3A%5B%22a%22%5D%7D&t=a&t=b&x=%7Bodd&y')).toEqual({
    all: '1',
    filters: { name: ['a'] },
    t: ['a', 'b'],
    x: '{odd',
    y: '',
  });
});

test('only what there is of a call is shown', () => {
  expect(callValue(aCall(1, 'GET /info'))).toEqual({});
  expect(callValue(aCall(1, 'GET /a?b=1', { request: json({}), response: json([1]) }))).toEqual({
    query: { b: '1' },
    request: {},
    response: [1],
  });
});
