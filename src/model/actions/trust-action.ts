import { cancelOption } from '../overlays.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { askChoice } from './open-overlay.ts';

/** Lessons from elsewhere may bring programs of their own for their checks. */
export const TRUST_ACTION: Action = {
  id: 'trust-lesson',
  title: 'Let this lesson run its scripts',
  keys: ['t'],
  scope: 'lesson',
  unavailable: ({ learn: { lesson } }: State) => {
    if (lesson === null) return 'No lesson is open.';
    return lesson.trusted ? 'Nothing of this lesson is kept from running.' : '';
  },
  perform: ({ learn: { lesson } }) =>
    askChoice({
      title: `Let “${lesson?.lesson.title ?? ''}” run its scripts?`,
      body: [
        'It is not one of Slipway’s own lessons. Its scripts are in',
        `  ${lesson?.lesson.folder ?? ''}/files`,
        'Each runs in a container without a network that can change nothing.',
        'A lesson whose files have changed is asked about again.',
      ],
      options: [
        cancelOption(),
        { label: 'Let them run', line: '', outcome: { effect: { do: 'trust-lesson' } } },
      ],
    }),
};
