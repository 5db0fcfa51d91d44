import { cellWidth } from './fit-text.ts';
import { contentHeight, selectLayout, type Rect } from './layout.ts';
import type { OpenLesson, Typeset } from './learn-state.ts';
import { layOutLesson, type LaidOut } from './lesson-view/lesson-lines.ts';
import type { LessonLine } from './lesson-view/lesson-line.ts';
import type { LessonPart } from './lesson-view/lesson-part.ts';
import { selectLessonParts } from './lesson-view/lesson-parts.ts';
import { hereOf, isNotebook, isPassed, shownStep } from './lesson-view/shown-step.ts';
import { visibleChecks } from './lesson-view/visible-parts.ts';
import type { Glossary } from '../lesson/glossary/glossary.ts';
import type { Here } from '../lesson/visible-blocks.ts';
import { lessonTexts, type LessonText } from './lesson-view/set-text.ts';
import { memoizeLast } from './memoize.ts';
import type { State } from './state.ts';

/** What the lesson pane shows; the same state gives the same object. */
export type LessonView = {
  rect: Rect;
  focused: boolean;
  /** Of the lesson alone. */
  name: string;
  title: string;
  /** In the title line: which step this is. */
  note: string;
  /** Those in view. */
  lines: readonly LessonLine[];
  /** In the border below: how the checks stand, and which lines are in view. */
  status: string;
  /** All of it, for who reads it in one piece. */
  parts: readonly LessonPart[];
  typeset: Typeset | null;
};

/** Cells inside the borders that stay blank, one at each side. */
const MARGIN = 2;

/** Null when the pane is not on screen. */
export function selectLesson(state: State): LessonView | null {
  const rect = selectLayout(state).panes.lesson;
  const { lesson } = state.learn;
  if (rect === undefined || lesson === null) return null;
  const parts = selectLessonParts(state);
  const { lines } = layOut(parts, lesson.typeset, rect.width - 2 - MARGIN);
  const { x, y, width, height } = rect;
  const { family } = hereOf(state);
  return makeView(lesson, parts, lines, family, x, y, width, height, state.focus === 'lesson');
}

const layOut = memoizeLast(layOutLesson);

const makeView = memoizeLast(
  (
    lesson: OpenLesson,
    parts: readonly LessonPart[],
    lines: readonly LessonLine[],
    family: Here['family'],
    x: number,
    y: number,
    width: number,
    height: number,
    focused: boolean,
  ): LessonView => {
    const room = Math.max(0, height - 2);
    const from = firstLine(lesson.scroll, lines.length, room);
    const here = { family, features: lesson.features ?? new Set<never>() };
    return {
      rect: { x, y, width, height },
      focused,
      name: lesson.lesson.title,
      title: `8 ${titleText(lesson, width)}`,
      note: positionText(lesson),
      lines: lines.slice(from, from + room),
      status: [checksText(lesson, here), linesText(from, room, lines.length)].filter(Boolean).join(' · '),
      parts,
      typeset: lesson.typeset,
    };
  },
);

/** With the step in view, so that it can be seen how ever far the text is scrolled; it is worth more than the lesson's. */
function titleText(lesson: OpenLesson, width: number): string {
  const { title } = lesson.lesson;
  const isThere = lesson.phase === 'running' || lesson.phase === 'finished';
  const step = isThere ? lesson.lesson.steps[lesson.shown] : undefined;
  if (step === undefined) return title;
  const both = `${title} · ${step.title}`;
  return cellWidth(both) + cellWidth(positionText(lesson)) + BESIDE_TITLE <= width ? both : step.title;
}

/** Cells of the title line that are neither the title nor the note. */
const BESIDE_TITLE = 12;

/** `step 2 of 6`. */
export function positionText(lesson: OpenLesson): string {
  if (lesson.phase === 'preparing') return 'getting ready';
  if (lesson.phase === 'failed') return 'could not begin';
  if (isNotebook(lesson)) return 'notebook';
  const count = lesson.lesson.steps.length;
  return lesson.shown < 0 ? `introduction · ${count} steps` : `step ${lesson.shown + 1} of ${count}`;
}

/** So that how far it is shows even where the checks are out of view. */
function checksText(lesson: OpenLesson, here: Here): string {
  const shown = shownStep(lesson);
  if (shown === null || lesson.phase === 'preparing' || lesson.phase === 'failed') return '';
  const checks = visibleChecks(shown.step, here);
  if (checks.length === 0) return '';
  const { state } = shown.standing;
  if (state !== 'open') return state === 'done' ? '✓ step done' : '» skipped';
  const passed = checks.filter((check) => isPassed(lesson, check)).length;
  return `${passed} of ${checks.length} ${checks.length === 1 ? 'check' : 'checks'}${lesson.checking ? ' …' : ''}`;
}

function linesText(from: number, room: number, total: number): string {
  return total <= room ? '' : `lines ${from + 1}–${Math.min(total, from + room)} of ${total}`;
}

function firstLine(scroll: number, total: number, room: number): number {
  return Math.max(0, Math.min(scroll, total - room));
}

/** Where the view of the lesson stands, for keys that move it. Null where it is not on screen. */
export type LessonPlace = { from: number; room: number; total: number; anchors: LaidOut['anchors'] };

export function selectLessonPlace(state: State): LessonPlace | null {
  const layout = selectLayout(state);
  const rect = layout.panes.lesson;
  const { lesson } = state.learn;
  if (rect === undefined || lesson === null) return null;
  const { lines, anchors } = layOut(selectLessonParts(state), lesson.typeset, rect.width - 2 - MARGIN);
  const room = contentHeight(layout, 'lesson');
  return { from: firstLine(lesson.scroll, lines.length, room), room, total: lines.length, anchors };
}

/** What of the lesson in view is Markdown, and how many cells its lines may have; null where none is on screen. */
export type TextsToSet = { width: number; texts: readonly LessonText[]; glossary: Glossary };

export function selectTextsToSet(state: State): TextsToSet | null {
  const rect = selectLayout(state).panes.lesson;
  if (rect === undefined || state.learn.lesson === null) return null;
  return textsToSet(selectLessonParts(state), rect.width - 2 - MARGIN, state.learn.glossary);
}

const textsToSet = memoizeLast(
  (parts: readonly LessonPart[], width: number, glossary: Glossary): TextsToSet => ({
    width,
    glossary,
    texts: lessonTexts(parts),
  }),
);
