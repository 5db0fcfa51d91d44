import type { Myth } from '../../lesson/myths.ts';
import { cellWidth, cutEnd } from '../fit-text.ts';
import { plainText } from '../lesson-view/inline-text.ts';
import { piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { wrapWords } from '../wrap-words.ts';
import { TEXT_WIDTH, textLines, type OverlayView } from './overlay-view.ts';

const INDENT = '  ';

/** What many believe; below the selected one what is true, and the lesson that shows it. */
export const mythsView = memoizeLast((myths: readonly Myth[], selected: number): OverlayView => {
  const before = myths.slice(0, selected).map(claimLine);
  const myth = myths[selected];
  const own =
    myth === undefined
      ? textLines('There are no lessons here.', 'quiet')
      : [claimLine(myth), ...aboutLines(myth)];
  const after = myths.slice(selected + 1).map(claimLine);
  return {
    title: 'Myths, and what is true',
    width: 76,
    lines: [...before, ...own, ...after],
    selected: myth === undefined ? -1 : selected,
    scroll: 0,
    cursor: null,
  };
});

function claimLine({ claim }: Myth): Line {
  return [piece('✗ ', 'warning'), piece(cutEnd(plainText(claim), TEXT_WIDTH - 2))];
}

function aboutLines({ claim, fact, lesson }: Myth): Line[] {
  const whole = plainText(claim);
  const number = lesson.number === null ? '' : `${lesson.number} · `;
  const say = (text: string, tone: 'plain' | 'quiet'): Line[] =>
    wrapWords(text, TEXT_WIDTH - INDENT.length).map((line) => [piece(INDENT + line, tone)]);
  return [
    ...(cellWidth(whole) > TEXT_WIDTH - 2 ? say(whole, 'quiet') : []),
    ...say(`In fact: ${plainText(fact)}`, 'plain'),
    ...say(`Enter opens the lesson that shows it: ${number}${lesson.title}`, 'quiet'),
  ];
}
