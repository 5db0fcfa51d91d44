import type { Intent } from '../intents.ts';
import { lineInput } from '../line-input.ts';

/** The list of lessons; which there are, and how far the person has come, is read anew each time. */
export function openLessons(): readonly Intent[] {
  const overlay = { kind: 'lessons', selected: 0, input: lineInput(), searching: false } as const;
  return [{ event: { type: 'overlay-opened', overlay } }, { effect: { do: 'read-catalogue' } }];
}
