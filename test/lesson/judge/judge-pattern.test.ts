import { describe, expect, test } from 'vitest';
import { matchesPattern } from '../../../src/lesson/judge/matches-pattern.ts';
import { readPattern } from '../../../src/lesson/judge/pattern.ts';
import { seededRandom } from '../seeded-random.ts';

function matches(source: string, text: string): boolean {
  const read = readPattern(source);
  if ('problem' in read) throw new Error(`${source}: ${read.problem}`);
  return matchesPattern(read.pattern, text);
}

describe('a pattern does what a regular expression of JavaScript does', () => {
  const texts = [
    '',
    'a',
    'ab',
    'aab\nb',
    'docker volume mydata',
    'bye\n',
    'x-1_y.z',
    '  tab\tend',
    'ü–',
    'a{2}',
    ']^\\',
    'é\b',
  ];
  test.each([
    '',
    'a',
    '^a',
    'b$',
    '^$',
    '^bye$',
    'a|b',
    '^(a|ab)(b|$)',
    'a*b',
    'a+?b',
    '(a*)*$',
    '^(?:a|b){2,3}$',
    'a{2}',
    'a{2,}',
    '^a{0,1}b',
    String.raw`^docker\s+volume\s+\w+$`,
    String.raw`\bvol`,
    String.raw`\Bol`,
    String.raw`\d`,
    String.raw`[^\w\s]`,
    '[a-c-]',
    '[-x]',
    '[^]',
    '[]',
    String.raw`[\]^\\]`,
    String.raw`\.`,
    '.',
    '^.$',
    String.raw`\u00fc`,
    String.raw`\x61b`,
    'a{',
    'a{,2}',
    '{',
    '(?<word>ab)',
    String.raw`[\b]`,
    String.raw`\t`,
    '()',
    '(|a)b',
    '(a|)+b',
    '((a?){3}){2}b',
    '^(a+)+$',
    ']',
    '}',
  ])('%s', (source) => {
    for (const text of texts)
      expect([text, matches(source, text)]).toEqual([text, new RegExp(source, 'm').test(text)]);
  });

  test('whatever is put together at random', () => {
    const random = seededRandom(4);
    const parts = ['a', 'b', '.', '[ab]', '[^a]', String.raw`\b`, '^', '$', String.raw`\w`, 'c'];
    const piece = (depth: number): string => {
      if (depth === 0 || random() < 0.4) return parts[Math.floor(random() * parts.length)] ?? 'a';
      const [left, right] = [piece(depth - 1), piece(depth - 1)];
      const ways = [
        `${left}${right}`,
        `(${left}|${right})`,
        `(?:${left})*`,
        `(${left})+${right}`,
        `(?:${left}){1,2}`,
        `(${left})?`,
      ];
      return ways[Math.floor(random() * ways.length)] ?? left;
    };
    for (let round = 0; round < 3000; round += 1) {
      const source = piece(4);
      const text = Array.from(
        { length: Math.floor(random() * 8) },
        () => 'aabc\n '[Math.floor(random() * 6)],
      ).join('');
      expect([source, text, matches(source, text)]).toEqual([
        source,
        text,
        new RegExp(source, 'm').test(text),
      ]);
    }
  });
});

test.each([
  ['a'.repeat(301), 'longer'],
  ['(a', 'not closed'],
  ['a)', 'closes nothing'],
  ['[a', 'not closed'],
  ['*a', 'nothing to repeat'],
  ['a**', 'nothing to repeat'],
  ['a{3,2}', 'wrong way round'],
  ['[z-a]', 'wrong way round'],
  ['(?=a)', 'not supported'],
  ['(?<!a)b', 'not supported'],
  [String.raw`(a)\1`, 'not supported'],
  [String.raw`\p{L}`, 'not supported'],
  ['a\\', 'middle of an escape'],
  ['(a{50}){50}', 'repeats too much'],
  ['(((((a{9999}){9999}){9999}){9999}){9999})', 'repeats too much'],
  ['(?P<a>b)', 'nothing that is known'],
  [`${'('.repeat(60)}a${')'.repeat(60)}`, 'too deeply'],
])('%s is refused: %s', (source, problem) => {
  expect(readPattern(source)).toMatchObject({ problem: expect.stringContaining(problem) });
});

test('64 kB of text cannot hold it up', () => {
  const text = 'a'.repeat(65_536);
  const started = performance.now();
  for (const source of ['(a+)+$b', '.*.*.*.*x', '(a|a)*c', '(.?){70}x', String.raw`^(\w+\s?)*!$`])
    expect(matches(source, text)).toBe(false);
  // With JavaScript's own expressions the first alone takes longer than the age of the universe.
  expect(performance.now() - started).toBeLessThan(15_000);
});
