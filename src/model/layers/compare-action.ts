import type { Action } from '../actions/action.ts';
import { askChoice } from '../actions/open-overlay.ts';
import { namesOf, targets } from '../actions/targets.ts';
import type { Intent } from '../intents.ts';
import { cancelOption } from '../overlays.ts';
import { memoizeLast } from '../memoize.ts';
import { rowsOf, type Row } from '../rows.ts';
import { selectRow } from '../select-rows.ts';
import type { State } from '../state.ts';
import type { Ref } from '../../engine/commands.ts';

/** Answers that a choice has room for without becoming a list to get lost in. */
const OFFERED = 12;

function why(state: State): string {
  const { size } = state.lists.image.marked;
  if (size > 2) return 'Mark two images to compare them: more are marked.';
  if (targets(state, 'image').length === 0) return 'No image is selected.';
  return others(state).length === 0 && size < 2 ? 'There is no other image to compare it with.' : '';
}

/** Every name of every image, also those that a filter hides. */
const allRows = memoizeLast((items: State['objects']['image']['items']): readonly Row[] =>
  [...(items?.values() ?? [])].flatMap(rowsOf).toSorted((a, b) => a.name.localeCompare(b.name)),
);

/** Images other than the selected one, by each of their names. */
function others(state: State): Ref[] {
  const selected = selectRow(state, 'image');
  return allRows(state.objects.image.items).flatMap(({ item, name, key }) =>
    item.kind === 'image' && key !== selected?.key ? [{ id: item.id, name }] : [],
  );
}

function compare(before: Ref, after: Ref): Intent {
  return { effect: { do: 'compare-images', before, after } };
}

/** With two rows marked those two, else the selected one with one that is chosen. */
function perform(state: State): readonly Intent[] {
  const [first, second] = targets(state, 'image').map(({ row, item }) => ({ id: item.id, name: row.name }));
  if (first === undefined) return [];
  if (second !== undefined) return [compare(first, second)];
  const offered = others(state).slice(0, OFFERED);
  const left = others(state).length - offered.length;
  const more = left > 0 ? [`Another than these: mark two rows with Space, then press = (${left} more).`] : [];
  return askChoice({
    title: `Compare ${namesOf([first.name])} with which image?`,
    body: ['What is only in the one, only in the other, and what differs.', ...more],
    options: [
      cancelOption(),
      ...offered.map((other) => ({
        label: other.name,
        line: '',
        outcome: { effect: { do: 'compare-images' as const, before: first, after: other } },
      })),
    ],
  });
}

export const COMPARE_ACTION: Action = {
  id: 'compare-images',
  title: 'Compare two images',
  short: 'compare',
  keys: ['='],
  scope: 'image',
  unavailable: why,
  perform,
};
