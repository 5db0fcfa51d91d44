import type { Intent } from './intents.ts';
import { openLessons } from './actions/open-lessons.ts';
import type { Overlay } from './overlays.ts';

type Welcome = Extract<Overlay, { kind: 'welcome' }>;

const close: Intent = { event: { type: 'overlay-closed' } };

export type WelcomeChoice = {
  key: string;
  title: string;
  text: string;
  /** What cannot be chosen yet says so itself. */
  intents: readonly Intent[] | null;
};

/** What there is to do here, for someone who has just come. */
export const WELCOME_CHOICES: readonly WelcomeChoice[] = [
  {
    key: 'l',
    title: 'Learn containers',
    text: 'Short lessons: real commands, on an engine that is safe to break.',
    intents: [close, ...openLessons()],
  },
  {
    key: 'o',
    title: 'Look around',
    text: 'See and steer the containers, images, volumes and networks here.',
    intents: [close],
  },
  {
    key: 'c',
    title: 'Join a class',
    text: 'Not there yet: it comes with a later version.',
    intents: null,
  },
];

const MOVES: Readonly<Record<string, number>> = { up: -1, k: -1, down: 1, j: 1, 'shift-tab': -1, tab: 1 };

export function pressWelcome({ selected }: Welcome, key: string): readonly Intent[] {
  const last = WELCOME_CHOICES.filter(({ intents }) => intents !== null).length - 1;
  const by = MOVES[key];
  if (by !== undefined) {
    const to = Math.max(0, Math.min(last, selected + by));
    return [{ event: { type: 'overlay-changed', overlay: { kind: 'welcome', selected: to } } }];
  }
  if (key === 'enter' || key === 'space') return WELCOME_CHOICES[selected]?.intents ?? [];
  if (key === 'esc') return [close];
  if (key === 'q' || key === 'ctrl-c') return [{ effect: { do: 'quit' } }];
  return WELCOME_CHOICES.find((choice) => choice.key === key)?.intents ?? [];
}
