import type { Verdict } from '../lesson/verdict.ts';
import type { Step } from '../lesson/lesson.ts';
import type { LearnEvent, OpenLesson } from './learn-state.ts';
import { hereOf, openCheck, shownStep } from './lesson-view/shown-step.ts';
import { isSameLine, typedLines } from './lesson-view/typed-lines.ts';
import { visibleBlocks } from '../lesson/visible-blocks.ts';
import { selectLessonPlace } from './select-lesson.ts';
import type { State } from './state.ts';

/** Moves the view of the lesson so that what has just changed in it can be seen, and no more than that needs. */
export function followLesson(before: State, after: State, event: LearnEvent): State {
  if (event.type === 'error-explained' && event.explained !== null)
    return after.learn.lesson === null ? after : followTyped(after);
  const place = changedPlace(before, after, event);
  return place === null ? after : (bringIntoView(after, place, true) ?? after);
}

/** Names of places that are to be seen together. */
type Place = readonly string[];

function changedPlace(before: State, after: State, event: LearnEvent): Place | null {
  const lesson = after.learn.lesson;
  if (lesson === null) return null;
  switch (event.type) {
    case 'checks-judged': {
      const open = openCheck(lesson, hereOf(after));
      if (open === null) return null;
      const known = before.learn.lesson?.verdicts.get(open.id);
      const verdict = lesson.verdicts.get(open.id);
      // That nothing is done yet, at the beginning of a step, is no news: the person still reads.
      const isFirst =
        known === undefined && after.learn.lesson?.passed.size === before.learn.lesson?.passed.size;
      const isNews = !sameVerdict(known, verdict) && !(isFirst && verdict?.kind === 'not-yet');
      return isNews ? checkPlace(after, open.id) : null;
    }
    case 'step-ended':
      return event.step === lesson.shown ? ['end'] : null;
    case 'question-answered':
      return [`question ${event.block}`];
    case 'hint-opened':
      return [`hint ${(lesson.hints.get(event.step) ?? 1) - 1}`];
    default:
      return null;
  }
}

/** An open check, with what was just refused above it. */
function checkPlace({ learn }: State, check: string): Place {
  return learn.explained === null ? [`check ${check}`] : ['explained', `check ${check}`];
}

/**
 * After a command was typed: where it is one of the step's and another is left, what stands between them is to be read;
 * else how far the step is.
 */
export function followTyped(state: State): State {
  const { lesson } = state.learn;
  const shown = lesson === null ? null : shownStep(lesson);
  if (lesson === null) return state;
  if (shown?.standing.state !== 'open') return bringIntoView(state, ['explained'], true) ?? state;
  const open = openCheck(lesson, hereOf(state));
  const check = open === null ? ['explained'] : checkPlace(state, open.id);
  const runs = betweenRuns(state, lesson, shown.step);
  const whole = bringIntoView(state, [...runs, ...check]);
  return whole ?? bringIntoView(state, runs.length > 0 ? runs : check, true) ?? state;
}

/** Where the view stands when the open check is in it; null where there is none. */
export function scrollToCheck(state: State): number | null {
  const { lesson } = state.learn;
  const open = lesson === null ? null : openCheck(lesson, hereOf(state));
  const shown = open === null ? null : bringIntoView(state, checkPlace(state, open.id), true);
  return shown?.learn.lesson?.scroll ?? null;
}

/** The block with the line that was typed last, and that with the next; empty where one of them is not there. */
function betweenRuns(state: State, lesson: OpenLesson, step: Step): Place {
  const blocks = visibleBlocks(step.blocks, hereOf(state)).flatMap((block) =>
    block.kind === 'run' ? block.commands.map((line) => ({ line, id: block.id })) : [],
  );
  const lines = blocks.map(({ line }) => line);
  const { typed } = state.shells;
  const next = typedLines(lines, lesson, typed, state.learn.typedBefore).indexOf(false);
  const last = typed.at(-1);
  const at = last === undefined ? -1 : lines.findIndex((line) => isSameLine(line, last.line));
  if (next < 0 || at < 0) return [];
  return [`run ${blocks[at]!.id}`, `run ${blocks[next]!.id}`];
}

function sameVerdict(a: Verdict | undefined, b: Verdict | undefined): boolean {
  if (a === undefined || b === undefined || a.kind === 'pass' || b.kind === 'pass')
    return a?.kind === b?.kind;
  return a.kind === b.kind && a.say === b.say;
}

/** From the first of these places to the last. Null where there is not room for all, but for what `isMust`. */
function bringIntoView(state: State, anchors: Place, isMust = false): State | null {
  const { lesson } = state.learn;
  const place = selectLessonPlace(state);
  if (lesson === null || place === null) return state;
  const wanted = anchors.flatMap((anchor) => place.anchors.get(anchor) ?? []);
  if (wanted.length === 0) return state;
  const { from, room } = place;
  const top = Math.min(...wanted.map((one) => one.from));
  const end = Math.max(...wanted.map((one) => one.to));
  if (end - top > room && !isMust) return null;
  // What is higher than the pane is shown from its beginning.
  const scroll = Math.min(Math.max(from, end - room), top);
  return scroll === lesson.scroll
    ? state
    : { ...state, learn: { ...state.learn, lesson: { ...lesson, scroll } } };
}
