import { memoizeLast } from '../memoize.ts';
import { selectRow } from '../select-rows.ts';
import { shownTab } from '../select-subjects.ts';
import type { State } from '../state.ts';
import { isAlive } from '../container-status.ts';

const NONE: readonly string[] = [];
const one = memoizeLast((key: string): readonly string[] => [key]);
const oneRead = memoizeLast((key: string): readonly string[] => [key]);
const oneLive = memoizeLast((key: string): readonly string[] => [key]);

/** `kind id imageId` of what the Layers tab is about. */
export function selectLayersSubject(state: State): readonly string[] {
  const item = selectRow(state, state.subject)?.item;
  if (shownTab(state) !== 'layers') return NONE;
  if (item?.kind === 'image') return one(`image ${item.id} ${item.id}`);
  return item?.kind === 'container' ? one(`container ${item.id} ${item.imageId || item.image}`) : NONE;
}

/** Id of the image whose layers are to be read, while they are; with `quickly` after it where that is to be a quick thing. */
export function selectLayersToRead(state: State): readonly string[] {
  const { layers } = state;
  if (layers === null || shownTab(state) !== 'layers') return NONE;
  const { reading, imageId } = layers;
  if (reading.phase === 'asked') return oneRead(reading.quickly ? `${imageId} quickly` : imageId);
  return reading.phase === 'under-way' ? oneRead(imageId) : NONE;
}

/** `id since…` of the container whose own layer is in view; a key of its own for each run of the container. */
export function selectChangesSubject(state: State): readonly string[] {
  const item = selectRow(state, state.subject)?.item;
  if (item?.kind !== 'container' || shownTab(state) !== 'layers') return NONE;
  const run = isAlive(item.state) ? `running ${item.since ?? ''}` : `still ${item.state}`;
  return oneLive(`${item.id} ${run}`);
}
