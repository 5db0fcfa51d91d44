import type { Intent } from './intents.ts';
import { foundLessons } from './found-lessons.ts';
import { chosenSet, type CatalogueEntry } from './learn-state.ts';
import { editLine, lineInput } from './line-input.ts';
import { cancelOption, type Overlay } from './overlays.ts';
import { askChoice } from './actions/open-overlay.ts';
import { notice } from './actions/moving-actions.ts';
import type { State } from './state.ts';

type Lessons = Extract<Overlay, { kind: 'lessons' }>;

const close: Intent = { event: { type: 'overlay-closed' } };
const change = (overlay: Lessons): readonly Intent[] => [{ event: { type: 'overlay-changed', overlay } }];

const MOVES: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  pgup: -5,
  pgdn: 5,
  home: -Infinity,
  end: Infinity,
};
const LETTER_MOVES: Readonly<Record<string, number>> = { k: -1, j: 1, g: -Infinity, G: Infinity };

/** Keys of the list of lessons. */
export function pressLessons(state: State, overlay: Lessons, key: string): readonly Intent[] {
  const found = foundLessons(state.learn.catalogue, overlay.input.text, chosenSet(state.learn));
  const entry = found[overlay.selected];
  const by = MOVES[key] ?? (overlay.searching ? undefined : LETTER_MOVES[key]);
  if (by !== undefined) {
    const selected = Math.max(0, Math.min(found.length - 1, overlay.selected + by));
    return change({ ...overlay, selected });
  }
  if (overlay.searching) return pressSearching(state, overlay, key, entry);
  switch (key) {
    case 'esc':
      return overlay.input.text === '' ? [close] : change({ ...overlay, input: lineInput(), selected: 0 });
    case 'q':
    case 'L':
      return [close];
    case '/':
      return change({ ...overlay, searching: true });
    case 'enter':
      return entry === undefined ? [] : open(state, entry, false);
    case 's':
      return [...change({ ...overlay, selected: 0 }), nextSet(state)];
    case 'a':
      return entry === undefined ? [] : openAnew(state, entry);
    default:
      return [];
  }
}

/** All lessons come after the last set. */
function nextSet({ learn: { sets, set } }: State): Intent {
  const next = sets[sets.findIndex(({ id }) => id === set) + 1];
  return { effect: { do: 'choose-set', set: next?.id ?? null } };
}

function pressSearching(
  state: State,
  overlay: Lessons,
  key: string,
  entry: CatalogueEntry | undefined,
): readonly Intent[] {
  if (key === 'esc') return change({ ...overlay, input: lineInput(), searching: false, selected: 0 });
  if (key === 'tab') return change({ ...overlay, searching: false });
  if (key === 'enter')
    return entry === undefined ? change({ ...overlay, searching: false }) : open(state, entry, false);
  const input = editLine(overlay.input, key);
  return input === null ? [] : change({ ...overlay, input, selected: 0 });
}

function open(state: State, entry: CatalogueEntry, anew: boolean): readonly Intent[] {
  if (entry.problem !== '') return [notice(state, entry.problem)];
  return [close, { effect: { do: 'open-lesson', lesson: entry.id, anew } }];
}

/** There is nothing to lose in one that was never begun. */
function openAnew(state: State, entry: CatalogueEntry): readonly Intent[] {
  if (entry.standing === 'new' || entry.problem !== '') return open(state, entry, true);
  return askChoice({
    title: `Begin “${entry.title}” anew?`,
    body: ['How far you have come in it is forgotten.'],
    options: [
      cancelOption(),
      {
        label: 'Begin anew',
        line: '',
        outcome: { effect: { do: 'open-lesson', lesson: entry.id, anew: true } },
      },
    ],
  });
}
