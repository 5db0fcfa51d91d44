import { describe, expect, test } from 'vitest';
import { editLine, insert, lineInput, type LineInput } from '../../src/model/line-input.ts';
import { dice } from '../support/odd-text.ts';

/** `|` is the cursor. */
function line(text: string): LineInput {
  const characters = [...text];
  const cursor = characters.indexOf('|');
  return { text: characters.toSpliced(cursor, 1).join(''), cursor };
}
const shown = ({ text, cursor }: LineInput): string => [...text].toSpliced(cursor, 0, '|').join('');

describe('a key in a line', () => {
  test.each([
    ['ab|', 'c', 'abc|'],
    ['a|b', 'space', 'a |b'],
    ['|', '日', '日|'],
    ['a|', '👍', 'a👍|'],
    ['ab|', 'left', 'a|b'],
    ['|ab', 'left', '|ab'],
    ['ab|', 'right', 'ab|'],
    ['a|b', 'ctrl-f', 'ab|'],
    ['a|b', 'ctrl-b', '|ab'],
    ['ab|', 'home', '|ab'],
    ['ab|', 'ctrl-a', '|ab'],
    ['|ab', 'end', 'ab|'],
    ['|ab', 'ctrl-e', 'ab|'],
    ['a👍|b', 'backspace', 'a|b'],
    ['|ab', 'backspace', '|ab'],
    ['a|👍b', 'delete', 'a|b'],
    ['ab|', 'ctrl-d', 'ab|'],
    ['ab cd|ef', 'ctrl-u', '|ef'],
    ['ab|cd', 'ctrl-k', 'ab|'],
    ['one two  |', 'ctrl-w', 'one |'],
    ['one two|x', 'ctrl-w', 'one |x'],
    ['|x', 'ctrl-w', '|x'],
    ['one two|', 'alt-b', 'one |two'],
  ])('%j and %s is %j', (before, key, then) => {
    expect(shown(editLine(line(before), key)!)).toBe(then);
  });
  test('that has no meaning there is not taken', () => {
    for (const key of ['f5', 'up', 'ctrl-x', 'alt-x', 'shift-tab', '\x01', '\x7f'])
      expect(editLine(lineInput('a'), key), key).toBeNull();
  });
  test('never puts the cursor outside of the text', () => {
    const keys = [
      'left',
      'right',
      'home',
      'end',
      'backspace',
      'delete',
      'ctrl-w',
      'ctrl-u',
      'ctrl-k',
      'alt-b',
      'x',
      '日',
      '👩',
    ];
    for (let seed = 0; seed < 200; seed += 1) {
      const throws = dice(seed);
      let input = insert(lineInput(), throws.text(6));
      for (let i = 0; i < 20; i += 1) input = editLine(input, throws.pick(keys))!;
      expect(input.cursor, `seed ${seed}`).toBeGreaterThanOrEqual(0);
      expect(input.cursor, `seed ${seed}`).toBeLessThanOrEqual([...input.text].length);
    }
  });
});

describe('a pasted text', () => {
  test('goes in where the cursor is, on one line', () => {
    expect(shown(insert(line('a|d'), 'b\r\n  c'))).toBe('ab c|d');
  });
  test('leaves its control characters behind, those of one byte too', () => {
    expect(insert(lineInput(), 'a\x1b[31m\x00\x7f\x9b2J\u2028b').text).toBe('a[31m2Jb');
  });
});
