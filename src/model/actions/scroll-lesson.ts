import type { Intent } from '../intents.ts';
import { selectLessonPlace } from '../select-lesson.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';

export function scrollLesson(state: State, by: number): readonly Intent[] {
  const place = selectLessonPlace(state);
  if (place === null) return [];
  const scroll = Math.max(0, Math.min(place.total - place.room, place.from + by));
  return [{ event: { type: 'lesson-changed', change: { scroll } } }];
}

function page(state: State): number {
  return Math.max(1, (selectLessonPlace(state)?.room ?? 2) - 1);
}

function scrolling(id: string, title: string, keys: readonly string[], by: (state: State) => number): Action {
  return {
    id,
    title,
    keys,
    scope: 'lesson',
    moves: true,
    perform: (state) => scrollLesson(state, by(state)),
  };
}

export const LESSON_SCROLLING: readonly Action[] = [
  scrolling('lesson-up', 'Up', ['up', 'k'], () => -1),
  scrolling('lesson-down', 'Down', ['down', 'j'], () => 1),
  scrolling('lesson-page-up', 'A page up', ['pgup', 'ctrl-b'], (state) => -page(state)),
  scrolling('lesson-page-down', 'A page down', ['pgdn', 'ctrl-f'], page),
  scrolling('lesson-top', 'To the top', ['home', 'g'], () => -Infinity),
  scrolling('lesson-bottom', 'To the bottom', ['end', 'G'], () => Infinity),
];
