import type { Leftover } from '../../lesson/fence/leftovers.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import type { Missing } from '../../lesson/judge/missing.ts';
import type { Event } from '../../model/events.ts';
import type { OpenLesson } from '../../model/learn-state.ts';
import { cancelOption } from '../../model/overlays.ts';
import type { Place } from './reach-place.ts';

/** A lesson that is being made ready. */
export function emptyLesson(lesson: Lesson, place: Place): OpenLesson {
  return {
    lesson,
    place,
    features: new Set(),
    trusted: true,
    phase: 'preparing',
    task: '',
    why: '',
    advice: '',
    steps: lesson.steps.map(() => ({ state: 'open', at: null })),
    current: 0,
    shown: -1,
    verdicts: new Map(),
    passed: new Map(),
    checking: false,
    answers: new Map(),
    hints: new Map(),
    scroll: 0,
    typeset: null,
    notebook: null,
  };
}

/** Where a sandbox can be had and another engine is on screen, the person chooses; `word` finds the lesson again. */
export function askPlace({ title }: Lesson, word: string, anew: boolean): Event {
  const open = { do: 'open-lesson', lesson: word, anew } as const;
  const choice = {
    title: `Where shall “${title}” run?`,
    body: [
      'In a sandbox nothing of yours can be touched: it is an engine of its own.',
      'On the engine on screen the lesson keeps to what it has made itself; all else is left alone.',
    ],
    options: [
      cancelOption(),
      { label: 'In a sandbox', line: '', outcome: { effect: { ...open, place: 'sandbox' as const } } },
      {
        label: 'On this engine, inside a fence',
        line: '',
        outcome: { effect: { ...open, place: 'fence' as const } },
      },
    ],
  };
  return { type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 1 } };
}

/** Something that steps behind had made is gone: it can be made again by their own commands. */
export function askMissing({ text, replay }: Missing, inTheWay: readonly Leftover[]): Event {
  const choice = {
    title: 'Something is missing',
    body: [
      ...text.split('\n'),
      '',
      ...inTheWay.map(({ line }) => `  $ ${line}`),
      ...replay.map((line) => `  $ ${line}`),
    ],
    options: [
      { label: 'Go on without it', line: '', outcome: null },
      { label: 'Run them', line: '', outcome: { effect: { do: 'replay-missing' as const } } },
    ],
  };
  return { type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 1 } };
}
