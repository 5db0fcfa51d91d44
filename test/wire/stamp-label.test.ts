import { expect, it, test } from 'vitest';
import { rewriteHead } from '../../src/wire/held-request.ts';
import { stampLabel } from '../../src/wire/stamp-label.ts';

const LABEL = { name: 'slipway.run', value: 'r"1' };
const OWN = String.raw`"slipway.run":"r\"1"`;

function stamp(body: string | Buffer, fields = ['Labels']): string | undefined {
  return stampLabel(Buffer.from(body), fields, LABEL)?.toString();
}

test.each([
  ['no labels', '{"Image":"tiny:1"}', `{"Labels":{${OWN}},"Image":"tiny:1"}`],
  ['an empty object', '{}', `{"Labels":{${OWN}}}`],
  ['null', '{"A":1,"Labels":null}', `{"A":1,"Labels":{${OWN}}}`],
  ['empty labels', '{"Labels":{}}', `{"Labels":{${OWN}}}`],
  ['empty labels with space', '{ "Labels" : { } }', `{ "Labels" : {${OWN} } }`],
  ['labels', '{"Labels":{"a":"b"},"B":2}', `{"Labels":{${OWN},"a":"b"},"B":2}`],
  ['labels in small letters', '{"labels":{"a":"b"}}', `{"labels":{${OWN},"a":"b"}}`],
  ['labels with an escape in the name', '{"L\\u0061bels":{}}', `{"L\\u0061bels":{${OWN}}}`],
  ['labels of something deeper', '{"H":{"Labels":{}}}', `{"Labels":{${OWN}},"H":{"Labels":{}}}`],
  ['brackets and quotes in strings', '{"a":"{[\\"","Labels":{}}', `{"a":"{[\\"","Labels":{${OWN}}}`],
  ['a label of a value that is Labels', '{"a":"Labels"}', `{"Labels":{${OWN}},"a":"Labels"}`],
  ['several', '{"Labels":{},"labels":{"a":"b"}}', `{"Labels":{},"labels":{${OWN},"a":"b"}}`],
])('a body with %s gets the label', (_name, body, expected) => {
  expect(stamp(body)).toBe(expected);
  expect(JSON.parse(expected)).toBeTypeOf('object');
});

test.each([
  ['no JSON', 'tar'],
  ['broken JSON', '{"Labels":{}'],
  ['two objects', '{}{}'],
  ['a list', '[{"Labels":{}}]'],
  ['nothing', ''],
  ['labels in a form of their own', '{"Labels":["a=b"]}'],
  ['labels that have it already', '{"Labels":{"slipway.run":"other"}}'],
])('a body of %s stays as it is', (_name, body) => {
  expect(stamp(body)).toBeUndefined();
});

it('leaves every other byte as it is, numbers that JavaScript cannot hold and bytes that are no UTF-8 too', () => {
  const before = Buffer.concat([
    Buffer.from('{"Memory":9223372036854771712,"F":1.0e+2,\n\t"U":"ü\\u00e9'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('","Labels":{"é":"😀"} }\n'),
  ]);
  const after = stampLabel(before, ['Labels'], LABEL);
  const at = before.indexOf('{"é"') + 1;
  const expected = Buffer.concat([before.subarray(0, at), Buffer.from(`${OWN},`), before.subarray(at)]);
  expect(after).toEqual(expected);
});

it('takes the field that has labels in it, of two that podman reads', () => {
  expect(stamp('{"Label":{"a":"b"},"Labels":null}', ['Labels', 'Label'])).toBe(
    `{"Label":{${OWN},"a":"b"},"Labels":null}`,
  );
  expect(stamp('{"Label":null,"Labels":null}', ['Labels', 'Label'])).toBe(`{"Label":null,"Labels":{${OWN}}}`);
});

it('tells the new length, in chunks before or not, and leaves the other headers alone', () => {
  const before =
    'POST /x HTTP/1.1\r\nHOST:  a\r\nExpect: 100-continue\r\nTransfer-encoding: chunked\r\nX-B:c\r\n\r\n';
  expect(rewriteHead(Buffer.from(before), 12).toString()).toBe(
    'POST /x HTTP/1.1\r\nHOST:  a\r\nContent-Length: 12\r\nX-B:c\r\n\r\n',
  );
});
