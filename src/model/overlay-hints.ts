import type { Overlay } from './overlays.ts';

/** Keys that an overlay's bottom line names. */
export const OVERLAY_HINTS: Readonly<Record<Overlay['kind'], readonly [key: string, what: string][]>> = {
  help: [
    ['↑↓', 'scroll'],
    ['Esc', 'close'],
  ],
  palette: [
    ['↑↓', 'choose'],
    ['Enter', 'do it'],
    ['Esc', 'close'],
  ],
  choice: [
    ['↑↓', 'choose'],
    ['Enter', 'take it'],
    ['Esc', 'cancel'],
  ],
  form: [
    ['Tab', 'next field'],
    ['Space', 'switch'],
    ['Enter', 'run it'],
    ['Esc', 'cancel'],
  ],
  commands: [
    ['↑↓', 'choose'],
    ['y', 'copy'],
    ['Esc', 'close'],
  ],
  filter: [
    ['Enter', 'keep'],
    ['Esc', 'undo'],
    ['!word', 'without'],
  ],
  search: [
    ['Enter', 'keep'],
    ['n N', 'next, previous'],
    ['Esc', 'undo'],
  ],
  progress: [
    ['x', 'stop it'],
    ['Esc', 'goes on behind'],
  ],
  page: [
    ['↑↓', 'scroll'],
    ['y', 'copy'],
    ['Esc', 'close'],
  ],
  build: [
    ['↑↓', 'scroll'],
    ['x', 'stop it'],
    ['Esc', 'goes on behind'],
  ],
  review: [
    ['↑↓', 'choose'],
    ['a–d', 'answer'],
    ['Enter', 'answer, go on'],
    ['Esc', 'stop'],
  ],
  places: [
    ['↑↓', 'choose'],
    ['Enter', 'go there'],
    ['Esc', 'close'],
  ],
  'disk-usage': [
    ['↑↓', 'choose'],
    ['Enter', 'clean up, or go there'],
    ['Esc', 'close'],
  ],
  registry: [
    ['↑↓', 'choose'],
    ['Enter', 'go to the image'],
    ['y', 'copy name'],
    ['Esc', 'close'],
  ],
  engines: [],
  lessons: [
    ['↑↓', 'choose'],
    ['Enter', 'open'],
    ['s', 'set'],
    ['a', 'anew'],
    ['/', 'search'],
    ['Esc', 'close'],
  ],
  glossary: [
    ['↑↓', 'choose'],
    ['Enter', 'open'],
    ['letters', 'find'],
    ['Esc', 'back'],
  ],
  myths: [
    ['↑↓', 'choose'],
    ['Enter', 'open the lesson'],
    ['Esc', 'close'],
  ],
  welcome: [
    ['↑↓', 'choose'],
    ['Enter', 'take it'],
    ['q', 'quit'],
  ],
};
