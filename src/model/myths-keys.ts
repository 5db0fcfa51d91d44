import type { Intent } from './intents.ts';
import type { Overlay } from './overlays.ts';

type Myths = Extract<Overlay, { kind: 'myths' }>;

const close: Intent = { event: { type: 'overlay-closed' } };
const MOVES: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  k: -1,
  j: 1,
  pgup: -5,
  pgdn: 5,
  home: -Infinity,
  end: Infinity,
  g: -Infinity,
  G: Infinity,
};

/** Keys of the list of myths. */
export function pressMyths(overlay: Myths, key: string): readonly Intent[] {
  const { myths, selected } = overlay;
  const by = MOVES[key];
  if (by !== undefined) {
    const to = Math.max(0, Math.min(myths.length - 1, selected + by));
    return [{ event: { type: 'overlay-changed', overlay: { ...overlay, selected: to } } }];
  }
  if (['esc', 'q', 'I'].includes(key)) return [close];
  const lesson = myths[selected]?.lesson;
  if (key !== 'enter' || lesson === undefined) return [];
  return [close, { effect: { do: 'open-lesson', lesson: lesson.id, anew: false } }];
}
