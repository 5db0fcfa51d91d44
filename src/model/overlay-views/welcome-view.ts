import { memoizeLast } from '../memoize.ts';
import { WELCOME_CHOICES } from '../welcome-keys.ts';
import type { OverlayView } from './overlay-view.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';

/** The first thing a new person sees: what there is to do. */
export const welcomeView = memoizeLast((selected: number): OverlayView => {
  const choices = WELCOME_CHOICES.flatMap(({ key, title, text, intents }): Line[] => [
    [
      piece(`${key}  `, intents === null ? 'quiet' : 'key'),
      piece(title, intents === null ? 'quiet' : 'title'),
    ],
    [piece(`   ${text}`, 'quiet')],
    EMPTY_LINE,
  ]);
  const before: Line[] = [
    [piece('Slipway is a window on containers: it shows what the engine does.')],
    [piece('What would you like to do?')],
    EMPTY_LINE,
  ];
  const after: Line[] = [[piece('Later: L opens the lessons, ? shows all keys.', 'quiet')]];
  return {
    title: 'Welcome',
    width: 76,
    lines: [...before, ...choices, ...after],
    selected: before.length + 3 * selected,
    scroll: 0,
    cursor: null,
  };
});
