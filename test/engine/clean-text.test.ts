import { describe, expect, it } from 'vitest';
import { cleanJson, cleanText } from '../../src/engine/clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['cursor moves and erasing', 'a\u001b[2J\u001b[10;10Hb\u001b[?25l', 'ab'],
    ['a window title ended by BEL', '\u001b]0;evil\u0007x', 'x'],
    ['a link ended by ST', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['a string that never ends', 'a\u001bPevil', 'a'],
    ['eight-bit sequences', '\u009b31mx\u009d0;t\u009cy', 'xy'],
    ['two-character escapes', '\u001bcx\u001b(By', 'xy'],
    ['a lone escape at the end', 'x\u001b', 'x'],
    ['control characters', 'a\u0000\u0007\b\u007f\u0085b', 'a b'],
    ['marks that turn the direction', '\u202eabc\u2066d\u200f', 'abcd'],
    ['half a surrogate pair', 'a\ud83d', 'a\ufffd'],
    ['tabs and line ends', 'a\tb\r\nc\u2028d', 'a b c d'],
  ])('takes %s out', (_what, given, clean) => {
    expect(cleanText(given)).toBe(clean);
  });

  it.each(['plain', 'ünïcode', '日本語', '👩‍👩‍👧 emoji', 'a\u0301'])('leaves %s alone', (text) => {
    expect(cleanText(text)).toBe(text);
  });

  it('takes time in proportion to the length of hostile text', () => {
    const before = performance.now();
    cleanText('\u001b]'.repeat(200_000));
    cleanText('\u001b[0;'.repeat(200_000));
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

describe('cleanJson', () => {
  it('cleans values and keys at every depth and keeps the rest', () => {
    const given = { 'a\u001b[1m': ['x\u0007', { n: 1, t: true, z: null }] };
    expect(cleanJson(given)).toEqual({ a: ['x', { n: 1, t: true, z: null }] });
  });

  it('keeps a key called __proto__ a key', () => {
    const clean = cleanJson(JSON.parse('{"__proto__":{"polluted":1}}'));
    expect(Object.keys(clean as object)).toEqual(['__proto__']);
  });

  it('refuses what is nested too deeply', () => {
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown;
    expect(() => cleanJson(deep)).toThrow(/nested too deeply/);
  });
});
