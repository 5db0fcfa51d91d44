import { notice } from '../actions/moving-actions.ts';
import type { Intent } from '../intents.ts';
import { editLine, lineInput } from '../line-input.ts';
import type { Overlay } from '../overlays.ts';
import type { State } from '../state.ts';
import { glossaryLinks, type GlossaryLink } from './glossary-links.ts';
import { listedWords } from './glossary-view.ts';
import { goToPlace } from './go-to-place.ts';

type GlossaryOverlay = Extract<Overlay, { kind: 'glossary' }>;

const close: Intent = { event: { type: 'overlay-closed' } };
const change = (overlay: GlossaryOverlay): readonly Intent[] => [
  { event: { type: 'overlay-changed', overlay } },
];

const MOVES: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  'shift-tab': -1,
  tab: 1,
  pgup: -10,
  pgdn: 10,
};

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** What the bottom line says while an entry is read. */
export const GLOSSARY_ENTRY_HINTS: readonly [key: string, what: string][] = [
  ['↑↓', 'choose'],
  ['Enter', 'go there'],
  ['Esc', 'back'],
];

/** Keys of the glossary: letters filter the list; in an entry they go from link to link. */
export function pressGlossary(state: State, overlay: GlossaryOverlay, key: string): readonly Intent[] {
  return overlay.open === null ? pressList(state, overlay, key) : pressEntry(state, overlay, key);
}

function pressList(state: State, overlay: GlossaryOverlay, key: string): readonly Intent[] {
  const found = listedWords(state.learn.glossary, overlay);
  const by = MOVES[key];
  if (by !== undefined) return change({ ...overlay, selected: within(overlay.selected + by, found.length) });
  if (key === 'enter') {
    const word = found[overlay.selected]?.word;
    return word === undefined ? [] : change({ ...overlay, open: word, link: 0 });
  }
  if (key === 'esc')
    return overlay.input.text === '' ? [close] : change({ ...overlay, input: lineInput(), selected: 0 });
  const input = editLine(overlay.input, key);
  return input === null ? [] : change({ ...overlay, input, selected: 0 });
}

function pressEntry(state: State, overlay: GlossaryOverlay, key: string): readonly Intent[] {
  const entry = state.learn.glossary.find(({ word }) => word === overlay.open);
  const links = entry === undefined ? [] : glossaryLinks(entry, state.learn.catalogue);
  const by = MOVES[key] ?? { k: -1, j: 1 }[key];
  if (by !== undefined) return change({ ...overlay, link: within(overlay.link + by, links.length) });
  switch (key) {
    case 'enter': {
      const link = links[overlay.link];
      return link === undefined ? [] : follow(state, overlay, link);
    }
    case 'esc':
    case 'left':
    case 'backspace':
      return overlay.only?.length === 1 ? [close] : change({ ...overlay, open: null });
    case 'q':
      return [close];
    default:
      return [];
  }
}

function follow(state: State, overlay: GlossaryOverlay, link: GlossaryLink): readonly Intent[] {
  switch (link.to) {
    case 'word':
      return change({ ...overlay, open: link.word, link: 0 });
    case 'place':
      return [close, ...goToPlace(state, link.look)];
    case 'lesson':
      if (link.lesson.problem !== '') return [notice(state, link.lesson.problem)];
      return [close, { effect: { do: 'open-lesson', lesson: link.lesson.id, anew: false } }];
  }
}
