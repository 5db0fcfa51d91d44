import { cutEnd, padEnd } from '../fit-text.ts';
import { foundLessons, missingBefore } from '../found-lessons.ts';
import { inSet, type LessonSet } from '../../lesson/lesson-set.ts';
import { chosenSet, type Catalogue, type CatalogueEntry } from '../learn-state.ts';
import { memoizeLast } from '../memoize.ts';
import type { Overlay } from '../overlays.ts';
import { wrapWords } from '../wrap-words.ts';
import { TEXT_WIDTH, type OverlayView } from './overlay-view.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';

/** All lessons, how far the person has come in each, and what is to be said of the selected one. */
export const lessonsView = memoizeLast(
  (
    overlay: Extract<Overlay, { kind: 'lessons' }>,
    catalogue: Catalogue | null,
    sets: readonly LessonSet[],
    chosen: string | null,
  ): OverlayView => {
    const set = chosenSet({ sets, set: chosen });
    const found = foundLessons(catalogue, overlay.input.text, set);
    const top = [...setLines(sets, set, catalogue), ...dueLines(catalogue), ...searchLines(overlay)];
    const before = found.slice(0, overlay.selected).map(entryLine);
    const entry = found[overlay.selected];
    const own =
      entry === undefined || catalogue === null ? [] : [entryLine(entry), ...aboutLines(entry, catalogue)];
    const after = found.slice(overlay.selected + 1).map(entryLine);
    const message = messageLines(catalogue, found.length);
    return {
      title: 'Lessons',
      width: 76,
      lines: [...top, ...message, ...before, ...own, ...after],
      selected: overlay.searching ? top.length - 2 : entry === undefined ? -1 : top.length + overlay.selected,
      scroll: 0,
      cursor: overlay.searching ? { line: top.length - 2, character: 2 + overlay.input.cursor } : null,
    };
  },
);

/** What is listed, and how far it is; the key that lists something else stands in the bottom line. */
function setLines(sets: readonly LessonSet[], set: LessonSet | null, catalogue: Catalogue | null): Line[] {
  if (catalogue === null || sets.length === 0) return [];
  const lessons = inSet(catalogue.lessons, set);
  const done = lessons.filter(({ standing }) => standing === 'done').length;
  const name = set === null ? 'All lessons' : `Set: ${set.title}`;
  const more = set === null ? `s: ${sets.map(({ title }) => title.toLowerCase()).join(', ')}` : set.says;
  return [
    [piece(name, 'title'), piece(` · ${done} of ${lessons.length} done`)],
    [piece(more, 'quiet')],
    EMPTY_LINE,
  ];
}

function dueLines(catalogue: Catalogue | null): Line[] {
  const due = catalogue?.due ?? 0;
  if (due === 0) return [];
  const cards = due === 1 ? '1 card is' : `${due} cards are`;
  return [[piece('↻ ', 'accent'), piece(`${cards} due for review.`, 'accent')], EMPTY_LINE];
}

function searchLines({ input, searching }: Extract<Overlay, { kind: 'lessons' }>): Line[] {
  if (!searching && input.text === '') return [];
  return [[piece('/ ', 'key'), piece(input.text)], EMPTY_LINE];
}

function messageLines(catalogue: Catalogue | null, found: number): Line[] {
  if (catalogue === null) return [[piece('Reading the lessons …', 'quiet')]];
  if (catalogue.lessons.length === 0) return [[piece('There are no lessons here.', 'quiet')]];
  return found === 0 ? [[piece('No lesson has these words.', 'quiet')]] : [];
}

const TITLE_WIDTH = 42;

function entryLine(entry: CatalogueEntry): Line {
  const { number, title, minutes, problem } = entry;
  const standing = standingText(entry);
  const name = padEnd(cutEnd(title, TITLE_WIDTH), TITLE_WIDTH);
  return [
    piece(`${(number === null ? '' : String(number)).padStart(3)}  `, 'quiet'),
    piece(name, problem === '' ? 'plain' : 'quiet'),
    piece(`${String(minutes).padStart(3)} min  `, 'quiet'),
    piece(standing.text, standing.tone),
  ];
}

function standingText({ standing, stepsDone, steps, problem }: CatalogueEntry): {
  text: string;
  tone: 'good' | 'accent' | 'quiet' | 'bad' | 'plain';
} {
  if (problem !== '') return { text: '✗ cannot open', tone: 'bad' };
  switch (standing) {
    case 'new':
      return { text: 'new', tone: 'plain' };
    case 'begun':
      return { text: `${stepsDone}/${steps} begun`, tone: 'accent' };
    case 'done':
      return { text: '✓ done', tone: 'good' };
    case 'skipped':
      return { text: '» skipped', tone: 'quiet' };
  }
}

const INDENT = '     ';

/** Below the selected lesson: what it teaches, what comes before it, why it cannot be opened. */
function aboutLines(entry: CatalogueEntry, catalogue: Catalogue): Line[] {
  const say = (text: string, tone: 'quiet' | 'warning' | 'bad'): Line[] =>
    wrapWords(text, TEXT_WIDTH - INDENT.length).map((line) => [piece(INDENT + line, tone)]);
  const missing = missingBefore(catalogue, entry);
  return [
    ...(entry.problem === '' ? [] : say(entry.problem, 'bad')),
    ...(entry.teaches.length === 0 ? [] : say(entry.teaches.join(', ').replaceAll('-', ' '), 'quiet')),
    ...(missing.length === 0 ? [] : say(`Comes after: ${missing.join(', ')}`, 'warning')),
  ];
}
