import type { Verdict } from '../lesson/verdict.ts';
import type { LearnEvent } from './learn-state.ts';
import { hereOf, openCheck } from './lesson-view/shown-step.ts';
import { selectLessonPlace } from './select-lesson.ts';
import type { State } from './state.ts';

/** Moves the view of the lesson so that what has just changed in it can be seen, and no more than that needs. */
export function followLesson(before: State, after: State, event: LearnEvent): State {
  const anchor = changedPlace(before, after, event);
  return anchor === null ? after : bringIntoView(after, anchor);
}

function changedPlace(before: State, after: State, event: LearnEvent): string | null {
  const lesson = after.learn.lesson;
  if (lesson === null) return null;
  switch (event.type) {
    case 'checks-judged': {
      const open = openCheck(lesson, hereOf(after));
      if (open === null) return null;
      const isSame = sameVerdict(before.learn.lesson?.verdicts.get(open.id), lesson.verdicts.get(open.id));
      return isSame ? null : `check ${open.id}`;
    }
    case 'step-ended':
      return event.step === lesson.shown ? 'end' : null;
    case 'question-answered':
      return `question ${event.block}`;
    case 'hint-opened':
      return `hint ${(lesson.hints.get(event.step) ?? 1) - 1}`;
    case 'error-explained':
      return event.explained === null ? null : 'explained';
    default:
      return null;
  }
}

function sameVerdict(a: Verdict | undefined, b: Verdict | undefined): boolean {
  if (a === undefined || b === undefined || a.kind === 'pass' || b.kind === 'pass')
    return a?.kind === b?.kind;
  return a.kind === b.kind && a.say === b.say;
}

function bringIntoView(state: State, anchor: string): State {
  const { lesson } = state.learn;
  const place = selectLessonPlace(state);
  const wanted = place?.anchors.get(anchor);
  if (lesson === null || place === null || wanted === undefined) return state;
  const { from, room } = place;
  const low = Math.max(from, wanted.to - room);
  // What is higher than the pane is shown from its beginning.
  const scroll = Math.min(low, wanted.from);
  return scroll === lesson.scroll
    ? state
    : { ...state, learn: { ...state.learn, lesson: { ...lesson, scroll } } };
}
