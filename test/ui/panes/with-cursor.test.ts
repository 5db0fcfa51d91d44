import { describe, expect, test } from 'vitest';
import stringWidth from 'string-width';
import { withCursor } from '../../../src/ui/panes/with-cursor.ts';
import { dice } from '../../support/odd-text.ts';

const E = '\x1b[';

describe('the cursor', () => {
  test.each([
    ['abc', 1, `a${E}0;7mb${E}0mc`],
    ['abc', 0, `${E}0;7ma${E}0mbc`],
    ['abc', 2, `ab${E}0;7mc${E}0m`],
    // What follows keeps its colour, and the cell itself has none.
    [`a${E}31mbcd${E}0me`, 2, `a${E}31mb${E}0;7mc${E}0m${E}31md${E}0me`],
    [`${E}1m${E}31mab${E}0mc`, 1, `${E}1m${E}31ma${E}0;7mb${E}0m${E}1m${E}31m${E}0mc`],
    // An inverse cell would else hide it.
    [`${E}7mab${E}0m`, 0, `${E}7m${E}0;7ma${E}0m${E}7mb${E}0m`],
    // Both halves of a wide character.
    ['a日b', 1, `a${E}0;7m日${E}0mb`],
    ['a日b', 2, `a${E}0;7m日${E}0mb`],
    ['a日b', 3, `a日${E}0;7mb${E}0m`],
  ])('in %j at %i', (row, x, drawn) => {
    expect(withCursor(row, x, true)).toBe(drawn);
  });
  test('is a line where the keys go elsewhere', () => {
    expect(withCursor('abc', 1, false)).toBe(`a${E}0;4mb${E}0mc`);
  });
  test('outside of the row is not drawn', () => {
    expect(withCursor('abc', 3, true)).toBe('abc');
  });
  test('never changes the text or its width', () => {
    const throws = dice(7);
    // eslint-disable-next-line no-control-regex
    const plain = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '');
    for (let round = 0; round < 200; round += 1) {
      const row = `${throws.text(8)}${E}3${throws.below(8)}m${throws.text(8)}${E}0m${throws.text(4)}`;
      const clean = row.replace(/[\u0000-\u001a\u001c-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
      const drawn = withCursor(clean, throws.below(30), true);
      expect(plain(drawn)).toBe(plain(clean));
      expect(stringWidth(plain(drawn))).toBe(stringWidth(plain(clean)));
    }
  });
});
