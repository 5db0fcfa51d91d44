import { beforeAll, expect, test } from 'vitest';
import type { GlossaryWord } from '../../../src/lesson/glossary/glossary.ts';
import { findEachOnce, wordsToMark } from '../../../src/ui/markdown/mark-words.ts';
import type { SetMarkdown } from '../../../src/ui/markdown/set-markdown.ts';
import type { ColorDepth } from '../../../src/ui/theme.ts';

const GLOSSARY: readonly GlossaryWord[] = ['image', 'volume', 'thin layer'].map((word) => ({
  word,
  also: [],
  meaning: '',
  look: '',
  lessons: [],
  related: [],
  not: [],
  line: 1,
}));

let set: (markdown: string, depth: ColorDepth, flat?: boolean) => string;
beforeAll(async () => {
  process.env['FORCE_COLOR'] = '1';
  const { createSetMarkdown } = await import('../../../src/ui/markdown/set-markdown.ts');
  set = (markdown, depth, flat = false) => {
    const setMarkdown: SetMarkdown = createSetMarkdown({ depth, flat });
    const words = wordsToMark([{ key: 'a', markdown, indent: 0, explained: true }], GLOSSARY)[0]!.words;
    return setMarkdown(markdown, 60, findEachOnce(words, GLOSSARY)).join('\n');
  };
});

test('a word that is explained has a line below it where it comes first, also without colours', () => {
  const marked = 'An \u001b[4mimage\u001b[0m and an image.';
  expect(set('An image and an image.', 'none')).toBe(marked);
  expect(set('An image and an image.', 'many')).toBe(marked);
});

test('it is found within what stands out, and not in code', () => {
  expect(set('`volume` and **a thin layer**', 'none')).toBe(
    '`volume` and a \u001b[4mthin\u001b[0m \u001b[4mlayer\u001b[0m',
  );
});

test('nothing is marked in what is read aloud', () => {
  expect(set('An image.', 'none', true)).toBe('An image.');
});

test('a step marks a word once, and not in its questions', () => {
  const texts = [
    { key: 'a', markdown: 'An image, and `volume`.', indent: 0, explained: true },
    { key: 'q', markdown: 'Which volume?', indent: 2 },
    { key: 'b', markdown: 'Images and volumes.', indent: 0, explained: true },
  ] as const;
  expect(wordsToMark(texts, GLOSSARY).map(({ words }) => words)).toEqual([['image'], [], ['volume']]);
});
