import type { Block } from '../lesson.ts';
import type { Linted, Say } from './lint-lesson.ts';
import { withInner } from '../read/parse-references.ts';

/** Words a sentence has on the average, and the share of words with more than `LONG` letters. */
const MOST_WORDS = 18;
const MOST_LONG = 0.1;
const LONG = 11;
/** Less text says nothing about how it reads. */
const LEAST_WORDS = 40;

const COUNTED = /\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten) layers\b(?! (?:more|fewer|less))/i;

/** A simple measure, as rough as all of them: long sentences of long words are hard for who reads in a second language. */
export function lintReading({ lesson: { intro, steps } }: Linted, say: Say): void {
  lintPart('the intro', intro, intro[0]?.line ?? 1, say);
  for (const { id, blocks, line } of steps) lintPart(`“${id}”`, blocks, line, say);
  for (const block of [...intro, ...steps.flatMap(({ blocks }) => blocks)].flatMap(withInner)) {
    const [counted] = COUNTED.exec(wordsOf(block)) ?? [];
    if (counted !== undefined)
      say(
        'lesson.md',
        block.line,
        `“${counted}”: engines count layers differently, so compare with another image instead`,
        'warning',
      );
  }
}

function lintPart(name: string, blocks: readonly Block[], line: number, say: Say): void {
  const { words, perSentence, longShare } = measure(blocks.flatMap(withInner).map(wordsOf).join('\n\n'));
  if (words < LEAST_WORDS) return;
  if (perSentence > MOST_WORDS)
    say(
      'lesson.md',
      line,
      `${name} has ${Math.round(perSentence)} words in a sentence on the average: ${MOST_WORDS} or fewer read easily`,
      'warning',
    );
  if (longShare > MOST_LONG)
    say(
      'lesson.md',
      line,
      `${name} has many long words (${Math.round(longShare * 100)} of 100): look for shorter ones`,
      'warning',
    );
}

/** What a person reads of it, as running text. */
function wordsOf(block: Block): string {
  switch (block.kind) {
    case 'prose':
    case 'note':
      return block.markdown;
    case 'myth':
      return `${block.claim}\n\n${block.fact}`;
    case 'predict':
    case 'quiz':
      return [block.question.ask, block.question.because, ...Object.values(block.question.wrong)].join(
        '\n\n',
      );
    default:
      return '';
  }
}

export function measure(markdown: string): { words: number; perSentence: number; longShare: number } {
  const prose = markdown
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '')
    .replace(/`[^`\n]*`/g, 'x')
    .replace(/\]\([^)\n]*\)/g, ']');
  const sentences = prose
    .split(/[.!?:](?=\s|$)|\n\s*\n|\n\s*[-*] /)
    .map((each) => each.match(/\p{L}[\p{L}’'-]*/gu) ?? []);
  const told = sentences.filter(({ length }) => length > 0);
  const words = told.flat();
  return {
    words: words.length,
    perSentence: words.length / Math.max(1, told.length),
    longShare: words.filter(({ length }) => length > LONG).length / Math.max(1, words.length),
  };
}
