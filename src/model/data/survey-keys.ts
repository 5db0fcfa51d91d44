import type { Kind } from '../../engine/objects.ts';
import { changeList } from '../actions/moving-actions.ts';
import { askChoice } from '../actions/open-overlay.ts';
import { pruneChoice } from '../actions/prune-action.ts';
import type { Intent } from '../intents.ts';
import type { Overlay } from '../overlays.ts';
import { rowsOf } from '../rows.ts';
import { ROW_STEPS } from '../row-steps.ts';
import type { State } from '../state.ts';
import { enginePlaces, type Place } from './places.ts';
import { usageRows } from './survey-rows.ts';

const close: Intent = { event: { type: 'overlay-closed' } };

type Chosen = Extract<Overlay, { kind: 'places' | 'disk-usage' }>;

function move(kind: Chosen['kind'], selected: number, count: number, key: string): readonly Intent[] {
  const by = ROW_STEPS[key];
  if (by === undefined) return [];
  const to = Math.max(0, Math.min(count - 1, Math.min(selected, count - 1) + by));
  return [{ event: { type: 'overlay-changed', overlay: { kind, selected: to } } }];
}

/** Keys of “Where data lives”. */
export function pressPlaces(state: State, selected: number, key: string): readonly Intent[] {
  if (['esc', 'q', 'D'].includes(key)) return [close];
  const places = enginePlaces(state);
  const place = places[Math.min(selected, places.length - 1)];
  if (key === 'enter') return place === undefined ? [] : [close, ...goToPlace(state, place)];
  return move('places', selected, places.length, key);
}

/** Keys of the disk usage. The question before a clean-up lies over it: after it, the usage is in view again. */
export function pressDiskUsage(state: State, selected: number, key: string): readonly Intent[] {
  if (['esc', 'q', 'U'].includes(key)) return [close];
  const rows = usageRows(state);
  const row = rows[Math.min(selected, rows.length - 1)];
  if (key !== 'enter' || row === undefined) return move('disk-usage', selected, rows.length, key);
  if (row.kind === 'clean-up') return askChoice(pruneChoice(state, [row.cleanUp]));
  return [close, ...goToThing(state, row.of, row.id)];
}

function goToPlace(state: State, place: Place): readonly Intent[] {
  if (place.kind === 'volume' || place.kind === 'anonymous') return goToThing(state, 'volume', place.name);
  const [container] = place.users;
  return container === undefined ? [] : goToThing(state, 'container', container.id);
}

/** Selects it in its list, with what is known of its data beside it. */
function goToThing({ objects }: State, kind: Kind, id: string): readonly Intent[] {
  const item = objects[kind].items?.get(id);
  const row = item === undefined ? undefined : rowsOf(item)[0];
  if (row === undefined) return [];
  const tab: Intent[] = kind === 'image' ? [] : [{ event: { type: 'tab-chosen', tab: 'mounts' } }];
  return [
    { event: { type: 'focus-moved', to: kind } },
    changeList(kind, { selected: row.key, filter: '' }),
    ...tab,
  ];
}
