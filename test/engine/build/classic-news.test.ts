import { describe, expect, test } from 'vitest';
import type { BuildNews } from '../../../src/engine/build/build.ts';
import { classicNews } from '../../../src/engine/build/classic-news.ts';
import { recorded } from './recorded.ts';

describe.each(['classic-20.10-cached.jsonl', 'podman-4.3-cached.jsonl'])('the recorded build %s', (name) => {
  const reader = classicNews();
  const news = recorded(name).flatMap((line) => reader.take(line));
  test('has its eight steps, six of them from the cache, and prints nothing', () => {
    expect(news.filter((one) => one.news === 'step')).toHaveLength(8);
    expect(news.filter((one) => one.news === 'cached')).toHaveLength(6);
    expect(news.filter((one) => one.news === 'said')).toEqual([]);
  });
  test('has made an image', () => {
    expect(reader.made()).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

const said = (...streams: string[]): BuildNews[] => {
  const reader = classicNews();
  return streams.flatMap((stream) => reader.take({ stream }));
};
const linesOf = (news: readonly BuildNews[]): string[] =>
  news.flatMap((one) => (one.news === 'said' ? [one.line] : []));

describe('what a step prints', () => {
  test('is joined to lines, however it arrives', () => {
    expect(linesOf(said('Step 1/1 : RUN x', '\n', 'one tw', 'o\nth', 'ree\n'))).toEqual(['one two', 'three']);
  });
  test('cannot take over the screen', () => {
    expect(
      linesOf(said('Step 1/1 : RUN x\n', '\u001b[91mred\u001b[0m \u001b]0;title\u0007x\u202e\n')),
    ).toEqual(['red x']);
  });
  test('is what a progress bar has drawn last', () => {
    expect(linesOf(said('Step 1/1 : RUN x\n', '10%\r50%\r100%\r\n'))).toEqual(['100%']);
  });
  test('without end does not fill the memory', () => {
    const [line = ''] = linesOf(
      said('Step 1/1 : RUN x\n', ...Array.from({ length: 100 }, () => 'x'.repeat(1000)), '\n'),
    );
    expect(line.length).toBeLessThan(10_000);
  });
});

test('what the engine calls an error is thrown in its own words', () => {
  expect(() => classicNews().take({ error: 'no\u001b[0m such thing' })).toThrow('no such thing');
});
