import type { Config } from '../config.ts';
import { lessonKey, type LessonKey } from '../lesson-keys.ts';

/** `leader` stands before a key's name: it is empty, unless keys go to a shell. */
export type Keys = { config: Config; leader: string };

/** The key of an action as it is to be pressed from where the focus is. */
export function keyOf({ config, leader }: Keys, action: LessonKey): string {
  // Enter opens another shell there.
  const from = leader !== '' && action === 'lesson-next' ? 'lesson-go-on' : action;
  return `${leader}${lessonKey(config, from)}`;
}
