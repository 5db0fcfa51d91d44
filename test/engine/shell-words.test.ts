import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { quoteWord, quoteWords, splitWords } from '../../src/engine/shell-words.ts';
import { dice } from '../support/odd-text.ts';

function wordsOf(line: string): string[] {
  const split = splitWords(line);
  if (!split.ok) throw new Error(`${split.why} at ${split.at}`);
  return split.words.map((word) => word.text);
}

/** What a real shell makes of the line. */
function shellReads(shell: string, line: string): string[] {
  // Only a shell that knows UTF-8 can make U+0085 of its escape.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const out = execFileSync(shell, ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8', env });
  return out.split('\0').slice(0, -1);
}

describe('quoting', () => {
  test('plain words stay bare', () => {
    expect(quoteWords(['docker', 'run', '-p', '127.0.0.1:80:80/udp', 'a=b,c', '@x+%'])).toBe(
      'docker run -p 127.0.0.1:80:80/udp a=b,c @x+%',
    );
  });
  test('the empty word, spaces and quotes are quoted', () => {
    expect([quoteWord(''), quoteWord('a b'), quoteWord("it's")]).toEqual([
      "''",
      "'a b'",
      String.raw`'it'\''s'`,
    ]);
  });
  test('control characters never reach the line as they are', () => {
    const line = quoteWord('a\nb\u001b[31m\u009b1\t\u0000');
    expect(line).toBe(String.raw`$'a\nb\u001b[31m\u009b1\t\u0000'`);
    expect(wordsOf(line)).toEqual(['a\nb\u001b[31m\u009b1\t\u0000']);
  });
  test('what is quoted is read back, whatever it is', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const { text, below } = dice(seed, { controls: true });
      const words = Array.from({ length: 1 + below(4) }, () => text(8));
      expect(wordsOf(quoteWords(words)), `seed ${seed}`).toEqual(words);
    }
  });
  test('sh reads the line as we meant it', () => {
    const words = Array.from({ length: 200 }, (_, seed) => dice(seed).text(8).toWellFormed());
    expect(shellReads('/bin/sh', quoteWords(words))).toEqual(words);
  });
  test('bash also reads words with control characters as we meant them', () => {
    const words = [
      'two\nlines',
      'tab\there',
      'red\u001b[31m',
      "quote'\n",
      'back\\\n',
      'nel\u0085x',
      '\u00071',
    ];
    expect(shellReads('/bin/bash', quoteWords(words))).toEqual(words);
  });
});

describe('splitting', () => {
  test.each([
    ['a  b\tc ', ['a', 'b', 'c']],
    [`a"b c"'d e'f`, ['ab cd ef']],
    [String.raw`a\ b "c\"d\\e\f" '\n'`, ['a b', String.raw`c"d\e\f`, String.raw`\n`]],
    [`''`, ['']],
    ['docker run \\\n  -d tiny', ['docker', 'run', '-d', 'tiny']],
    ['a$ 5$', ['a$', '5$']],
    [String.raw`$'\x41\102\e\q'`, ['AB\u001b\\q']],
    [String.raw`a\😀b`, ['a😀b']],
    ['  ', []],
    ['a \\', ['a', '']],
    ['a\\ ', ['a ']],
  ])('%j is %j', (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });
  test.each([
    [`a 'b`, /' is never closed/, 2],
    ['a "b c', /" is never closed/, 2],
    ['a | b', /pipe/, 2],
    ['a b; c', /second command/, 3],
    ['a $HOME', /variable/, 2],
    ['a "x $HOME"', /variable/, 5],
    ['a `b`', /substitution/, 2],
    ['a > f', /redirection/, 2],
    ['a\nb', /second line/, 1],
  ])('%j is refused with the place', (line, why, at) => {
    expect(splitWords(line)).toEqual({ ok: false, why: expect.stringMatching(why) as unknown, at });
  });
});
