import { expect, test } from 'vitest';
import { hangingInline, plainText } from '../../src/model/lesson-view/inline-text.ts';
import { piece } from '../../src/model/line.ts';

const lines = (text: string, width: number): string[] =>
  hangingInline(piece('- '), text, 'warning', width).map((line) =>
    line.map((part) => ('set' in part ? '' : part.tone === 'title' ? `<${part.text}>` : part.text)).join(''),
  );

test('what is marked in a sentence stands out without its marks, also over the end of a line', () => {
  expect(lines('Type `docker rm box` *now*, or **never**.', 40)).toEqual([
    '- Type <docker rm box> <now>, or <never>.',
  ]);
  expect(lines('Type `docker rm box`.', 14)).toEqual(['- Type <docker>', '  <rm box>.']);
});
test('marks that mark nothing, and those inside of code, stay', () => {
  expect(lines('2 * 3 * 4, `box-*` and `a*b`, a ` alone', 60)).toEqual([
    '- 2 * 3 * 4, <box-*> and <a*b>, a ` alone',
  ]);
  expect(plainText('`x` is *not* y')).toBe('x is not y');
});
