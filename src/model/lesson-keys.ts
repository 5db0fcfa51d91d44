import type { Config } from './config.ts';
import { keyLabel } from './key-label.ts';

/**
 * Keys of the lesson pane, by the name of the action. They stand here and not with the actions, because the text of a
 * lesson names them and the actions look at that text.
 */
export const LESSON_KEYS = {
  'lesson-next': ['enter', 'n'],
  'lesson-go-on': ['space'],
  'lesson-previous': ['p', 'left'],
  'lesson-ahead': ['right'],
  'insert-command': ['i'],
  'check-now': ['c'],
  hint: ['h'],
  'catch-up': ['u'],
  'replay-missing': ['m'],
  'reset-step': ['r'],
  'reset-lesson': ['R'],
  'skip-step': ['S'],
  'lesson-words': ['w'],
  'leave-lesson': ['x'],
  'export-notebook': ['E'],
  'clean-up': ['C'],
  lessons: ['L'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type LessonKey = keyof typeof LESSON_KEYS;

/** The key of an action as the screen names it: the person's, else its own. */
export function lessonKey(config: Config, action: LessonKey): string {
  return keyLabel((config.keys[action] ?? LESSON_KEYS[action])[0] ?? '');
}
