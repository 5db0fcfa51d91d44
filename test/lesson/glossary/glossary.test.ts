import { describe, expect, test } from 'vitest';
import { foundWords, wordNamed } from '../../../src/lesson/glossary/glossary.ts';
import { wordFinder } from '../../../src/lesson/glossary/find-words.ts';
import { lintGlossary } from '../../../src/lesson/glossary/lint-glossary.ts';
import { parseGlossary } from '../../../src/lesson/glossary/parse-glossary.ts';
import type { LessonProblem } from '../../../src/lesson/lesson.ts';
import { complainAbout } from '../../../src/lesson/read/parse-problems.ts';

const TEXT = `# Words

## image
A template. It is only
read.

- Also: images
- Look: images/layers
- Lessons: first-box
- Related: bind mount

## bind mount
A folder of the computer, shown in a box.

- Look: containers/mounts
- Not: image: an image is not shown, it is copied from

## .dockerignore
Leaves files out.
`;

function read(text: string, lessonIds: readonly string[] = ['first-box']) {
  const problems: LessonProblem[] = [];
  const complain = complainAbout('glossary.md', problems);
  const glossary = parseGlossary(text, complain);
  lintGlossary(glossary, lessonIds, complain);
  return { glossary, said: problems.map((problem) => `${problem.line}: ${problem.text}`) };
}

test('a glossary is read from its headings, paragraphs and lists', () => {
  const { glossary, said } = read(TEXT);
  expect(said).toEqual([]);
  expect(glossary.map(({ word }) => word)).toEqual(['image', 'bind mount', '.dockerignore']);
  expect(glossary[0]).toEqual({
    word: 'image',
    also: ['images'],
    meaning: 'A template. It is only read.',
    look: 'images/layers',
    lessons: ['first-box'],
    related: ['bind mount'],
    not: [],
    line: 3,
  });
  expect(glossary[1]?.not).toEqual([{ word: 'image', why: 'an image is not shown, it is copied from' }]);
});

test('nothing that steers a terminal comes out of it', () => {
  expect(read('## a\u001b[31mb\nRed \u001b]0;x\u0007text.').glossary[0]).toMatchObject({
    word: 'ab',
    meaning: 'Red text.',
  });
});

describe('what leads nowhere, or is not plain, is said with its line:', () => {
  test.each([
    ['- Related: imag', '1: “x” leads to “imag”, and there is no such word; did you mean image?'],
    ['- Not: pod: it is big', '1: “x” leads to “pod”, and there is no such word'],
    ['- Not: image', '3: “Not” needs a word, a colon, and how they differ'],
    [
      '- Lessons: fist-box',
      '1: “x” leads to the lesson “fist-box”, and there is no such lesson; did you mean first-box?',
    ],
    ['- Look: containers/layer', '1: “x” is said to be seen at “containers/layer”, which is no place here'],
    ['- Look: networks/files', '1: “x” is said to be seen at “networks/files”, which is no place here'],
    ['- Also: image', '4: “image” is explained twice'],
    [
      '- Lesson: a',
      '3: “Lesson” is not known here: known are Also, Look, Lessons, Related, Not; did you mean Lessons?',
    ],
    ['And more. And more. And more.', '1: “x” has 4 sentences: 3 have to do'],
  ])('%s', (line, complaint) => {
    expect(read(`## x\nWhat it is.\n${line}\n## image\nA template.`).said).toEqual([complaint]);
  });
  test('a word without any sentence', () => {
    expect(read('## x\n\n- Look: images').said).toEqual(['1: “x” is not explained']);
  });
});

test('a word is found by its name, another form of it, or a part of it', () => {
  const { glossary } = read(TEXT);
  expect(wordNamed(glossary, ' Images ')?.word).toBe('image');
  expect(wordNamed(glossary, 'imag')).toBeNull();
  expect(foundWords(glossary, 'mount').map(({ word }) => word)).toEqual(['bind mount']);
  expect(foundWords(glossary, 'a').map(({ word }) => word)).toEqual(['image', 'bind mount', '.dockerignore']);
  expect(foundWords(glossary, 'template').map(({ word }) => word)).toEqual(['image']);
});

describe('in a text', () => {
  const find = wordFinder(read(TEXT).glossary);
  test.each([
    ['An image is read.', ['image:image']],
    ['Images and bind\n  mounts.', ['Images:image', 'bind\n  mounts:bind mount']],
    ['An imaginary image-like thing, web/image, image.txt', []],
    ['The .dockerignore. It', ['.dockerignore:.dockerignore']],
    ['nothing of it', []],
  ])('%j: whole words, in every form', (text, found) => {
    expect(find(text).map(({ from, to, word }) => `${text.slice(from, to)}:${word}`)).toEqual(found);
  });
});
