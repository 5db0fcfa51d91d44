import { selectRow } from '../select-rows.ts';
import type { Intent } from '../intents.ts';
import type { State } from '../state.ts';
import type { LayersLook, OpenLayers } from './layers-state.ts';

/** What the Layers tab shows, where it is in view and is about what is selected. */
export function layersHere(state: State): OpenLayers | null {
  const { layers, subject, tabs } = state;
  if (layers === null || tabs[subject] !== 'layers') return null;
  const item = selectRow(state, subject)?.item;
  return item !== undefined && layers.of === `${item.kind} ${item.id}` ? layers : null;
}

export function changeLook(look: Partial<LayersLook>): Intent {
  return { event: { type: 'layers-look-changed', look } };
}
