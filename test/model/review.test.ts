import { describe, expect, test } from 'vitest';
import type { ReviewCard } from '../../src/lesson/review/review-due.ts';
import type { OverlayView } from '../../src/model/overlay-views/overlay-view.ts';
import { nextDay } from '../../src/model/next-day.ts';
import { startReview } from '../../src/model/review-state.ts';
import { selectBottom } from '../../src/model/select-bottom.ts';
import { selectOverlay } from '../../src/model/select-overlay.ts';
import type { State } from '../../src/model/state.ts';
import { after, holding, NOW, pressed, typed } from './build-state.ts';

const DAY = 86_400_000;

function aCard(id: string, more: Partial<ReviewCard> = {}): ReviewCard {
  return {
    id,
    lesson: 'The thin layer',
    ask: `What is left of ${id}?`,
    options: ['nothing', 'the note', 'all'],
    answer: 1,
    because: 'Only removing it drops the layer.',
    wrong: ['A tmpfs would be empty.', '', 'Too much.'],
    waits: { right: 3 * DAY, wrong: DAY },
    ...more,
  };
}

const start = holding();
const opened = (cards: readonly ReviewCard[], nextAt: number | null = null, state = start): State =>
  after(state, {
    type: 'overlay-opened',
    overlay: { kind: 'review', review: startReview(cards, nextAt, NOW) },
  });
const view = (state: State): OverlayView => selectOverlay(state)!;
const linesOf = (state: State): string[] => view(state).lines.map((line) => line.map((p) => p.text).join(''));
const selectedLine = (state: State): string => linesOf(state)[view(state).selected] ?? '';

describe('the review', () => {
  test('is asked for by a key, and from the palette', () => {
    expect(pressed(start, 'Q').effects).toEqual([{ do: 'open-review' }]);
    expect(pressed(start, ':', ...typed('review'), 'enter').effects).toEqual([{ do: 'open-review' }]);
  });
  test('asks with the options in view, and gives nothing away', () => {
    const state = opened([aCard('x'), aCard('y')]);
    expect(view(state).title).toBe('Review ── 1 of 2');
    expect(linesOf(state)).toEqual([
      'The thin layer',
      'What is left of x?',
      '',
      '  a  nothing',
      '  b  the note',
      '  c  all',
    ]);
    expect(selectBottom(state).hints.map(([key]) => key)).toContain('a–d');
  });
  test('moves among the options and no farther', () => {
    const state = opened([aCard('x')]);
    expect(selectedLine(pressed(state, 'down').state)).toContain('the note');
    expect(selectedLine(pressed(state, 'j', 'j', 'j', 'j').state)).toContain('all');
    expect(selectedLine(pressed(state, 'down', 'up', 'up').state)).toContain('nothing');
  });
  test.each([['b'], ['2'], ['down', 'enter'], ['tab', 'space']])('is answered by %s', (...keys) => {
    const { state, effects } = pressed(opened([aCard('x')]), ...keys);
    expect(effects).toEqual([{ do: 'answer-review', card: 'x', right: true }]);
    expect(linesOf(state)).toEqual(expect.arrayContaining(['✓ b  the note (right)', 'Right.']) as string[]);
    expect(linesOf(state).at(-1)).toBe('Only removing it drops the layer.');
  });
  test('says at once why an option is wrong, and which is right', () => {
    const { state, effects } = pressed(opened([aCard('x')]), 'a');
    expect(effects).toEqual([{ do: 'answer-review', card: 'x', right: false }]);
    expect(linesOf(state).slice(3)).toEqual([
      '✗ a  nothing (your answer)',
      '✓ b  the note (right)',
      '  c  all',
      '',
      'Not so. A tmpfs would be empty.',
      'Only removing it drops the layer.',
    ]);
  });
  test('takes one answer for a card, and none that is not there', () => {
    expect(pressed(opened([aCard('x'), aCard('y')]), 'd', '9', 'x').effects).toEqual([]);
    expect(pressed(opened([aCard('x'), aCard('y')]), 'a', 'b', 'c').effects).toHaveLength(1);
  });
  test('goes on to the next card, and says at the end how it went and when it goes on', () => {
    const cards = [aCard('x'), aCard('y'), aCard('z', { waits: { right: 7 * DAY, wrong: DAY } })];
    const second = pressed(opened(cards), 'b', 'enter').state;
    expect([view(second).title, view(second).selected]).toEqual(['Review ── 2 of 3', 3]);
    const end = (...keys: string[]) => linesOf(pressed(second, ...keys).state);
    expect(end('a', 'enter', 'b', 'enter')).toEqual(['2 of 3 right; next ones tomorrow.']);
    expect(end('b', 'enter', 'b', 'enter')).toEqual([
      `3 of 3 right; next ones ${nextDay(NOW + 3 * DAY, NOW)}.`,
    ]);
    expect(pressed(second, 'b', 'enter', 'b', 'enter', 'enter').state.overlays).toEqual([]);
  });
  test('names an earlier day where a card that was not asked comes before', () => {
    const state = opened([aCard('x')], NOW + 2 * DAY);
    const soon = nextDay(NOW + 2 * DAY, NOW);
    expect(linesOf(pressed(state, 'b', 'enter').state)).toEqual([`1 of 1 right; next ones ${soon}.`]);
  });
  test('without a card says when the next ones come, or how to get some', () => {
    expect(linesOf(opened([], NOW + DAY))).toEqual(['Nothing to review now; next ones tomorrow.']);
    expect(linesOf(opened([])).join(' ')).toContain('When you finish a lesson');
    expect(pressed(opened([]), 'enter').state.overlays).toEqual([]);
  });
  test.each(['esc', 'q', 'ctrl-c'])('may be left by %s at any time', (key) => {
    expect(pressed(opened([aCard('x')]), key).state.overlays).toEqual([]);
    expect(pressed(opened([aCard('x')]), 'a', key).state.overlays).toEqual([]);
  });
  test('breaks what is long, and keeps the option under the cursor its own', () => {
    const long = 'word '.repeat(40).trim();
    const state = opened([aCard('x', { ask: long, options: [long, long, 'short'] })]);
    expect(Math.max(...linesOf(state).map((line) => line.length))).toBeLessThanOrEqual(68);
    expect(selectedLine(pressed(state, 'end').state)).toContain('c  short');
  });
});

test.each([
  ['2026-01-02T08:00', '2026-01-02T23:00', 'later today'],
  ['2026-01-02T23:00', '2026-01-03T01:00', 'tomorrow'],
  ['2026-03-27T23:00', '2026-04-02T01:00', 'on Thursday'],
  ['2026-01-02T08:00', '2026-01-09T08:00', 'on 9 January'],
])('from %s, %s is said as “%s”', (now, at, said) => {
  expect(nextDay(new Date(at).getTime(), new Date(now).getTime())).toBe(said);
});
