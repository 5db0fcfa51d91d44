import type { ReviewCard } from '../../lesson/review/review-due.ts';
import { plainText } from '../lesson-view/inline-text.ts';
import { memoizeLast } from '../memoize.ts';
import { nextDay } from '../next-day.ts';
import { OPTION_KEYS } from '../review-keys.ts';
import { currentCard, type Review } from '../review-state.ts';
import { wrapWords } from '../wrap-words.ts';
import { TEXT_WIDTH, textLines, type OverlayView } from './overlay-view.ts';
import { EMPTY_LINE, piece, type Line, type Piece } from '../line.ts';

/** A question with its options; once it is answered, why so; at the end, how it went. */
export const reviewView = memoizeLast((review: Review): OverlayView => {
  const card = currentCard(review);
  const shown = card === null ? endLines(review) : cardLines(review, card);
  const title = card === null ? 'Review' : `Review ── ${review.at + 1} of ${review.cards.length}`;
  return {
    title,
    width: 76,
    lines: shown.lines,
    selected: shown.selected,
    scroll: shown.scroll,
    cursor: null,
  };
});

type Shown = Pick<OverlayView, 'lines' | 'selected' | 'scroll'>;

function cardLines(review: Review, card: ReviewCard): Shown {
  const head = [...textLines(card.lesson, 'quiet'), ...textLines(plainText(card.ask), 'title'), EMPTY_LINE];
  const options = card.options.map((_, index) => optionLines(review, card, index));
  const lines = [...head, ...options.flat(), ...reasonLines(review, card)];
  // What is read next is at the bottom once the answer is given.
  if (review.chosen !== null) return { lines, selected: -1, scroll: lines.length };
  return { lines, selected: head.length + options.slice(0, review.selected).flat().length, scroll: 0 };
}

/** Marks and words besides the colour: it has to be plain on any terminal, and when it is read aloud. */
function optionLines({ chosen }: Review, card: ReviewCard, index: number): Line[] {
  const [mark, tone, word]: [string, Piece['tone'], string] =
    chosen === null
      ? [' ', 'plain', '']
      : index === card.answer
        ? ['✓', 'good', ' (right)']
        : index === chosen
          ? ['✗', 'bad', ' (your answer)']
          : [' ', 'quiet', ''];
  const lead = `${mark} ${OPTION_KEYS[index] ?? ' '}  `;
  const rows = wrapWords(`${plainText(card.options[index] ?? '')}${word}`, TEXT_WIDTH - lead.length);
  return rows.map((row, i) => [piece((i === 0 ? lead : ' '.repeat(lead.length)) + row, tone)]);
}

function reasonLines({ chosen }: Review, card: ReviewCard): Line[] {
  if (chosen === null) return [];
  const isRight = chosen === card.answer;
  return [
    EMPTY_LINE,
    ...textLines(
      isRight ? 'Right.' : `Not so. ${plainText(card.wrong[chosen] ?? '')}`,
      isRight ? 'good' : 'bad',
    ),
    ...textLines(plainText(card.because), 'plain'),
  ];
}

function endLines({ cards, right, nextAt, now }: Review): Shown {
  const next = nextAt === null ? '' : `next ones ${nextDay(nextAt, now)}`;
  return { lines: textLines(endText(cards.length, right, next), 'plain'), selected: -1, scroll: 0 };
}

function endText(cards: number, right: number, next: string): string {
  if (cards > 0) return `${right} of ${cards} right${next === '' ? '' : `; ${next}`}.`;
  if (next !== '') return `Nothing to review now; ${next}.`;
  return 'Nothing to review yet. When you finish a lesson, its questions come back here after a day.';
}
