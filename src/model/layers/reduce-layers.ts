import type { State } from '../state.ts';
import type { LayersEvent } from './layers-events.ts';
import { openLayers, type LayersLook, type OpenLayers } from './layers-state.ts';
import { selectStackRows } from './stack-rows.ts';
import { failChanges, mergeChanges } from './live-changes.ts';

/** What happened, folded into the Layers tab; what is about something else than is open changes nothing. */
export function reduceLayers(layers: State['layers'], event: LayersEvent): State['layers'] {
  if (event.type === 'layers-opened') return onOpened(layers, event);
  if (layers === null || isElsewhere(layers, event)) return layers;
  switch (event.type) {
    case 'layers-outlined':
      return onTopLayer({ ...layers, outline: event.outline, failed: null });
    case 'layers-outline-failed':
      return { ...layers, failed: { why: event.why, advice: event.advice } };
    case 'layers-sharing-told':
      return { ...layers, sharing: event.sharing };
    case 'layers-wanted':
      return layers.reading.phase === 'read'
        ? layers
        : { ...layers, reading: { phase: 'asked', quickly: event.quickly } };
    case 'layers-reading':
      return { ...layers, reading: { phase: 'under-way', progress: event.progress } };
    case 'layers-read':
      return { ...layers, reading: { phase: 'read', image: event.image } };
    case 'layers-read-failed':
      return { ...layers, reading: { phase: 'failed', why: event.why, advice: event.advice } };
    case 'layers-reading-stopped':
      return layers.reading.phase === 'read' ? layers : { ...layers, reading: { phase: 'unread' } };
    case 'layers-look-changed':
      return withLook(layers, event.look);
    case 'mounts-told':
      return { ...layers, mounts: event.mounts };
    case 'changes-told':
      return { ...layers, live: mergeChanges(layers.live, event) };
    case 'changes-failed':
      return { ...layers, live: failChanges(layers.live, event.why) };
  }
}

/** The container was started or stopped: what is known of it stays. */
function onOpened(
  layers: State['layers'],
  { of, imageId }: Extract<LayersEvent, { type: 'layers-opened' }>,
): OpenLayers {
  if (layers?.of === of && layers.imageId === imageId) return layers;
  const fresh = openLayers(of, imageId, layers);
  // Of the same image, what is in its layers is known already.
  const isSameImage = layers?.imageId === imageId;
  return isSameImage ? { ...fresh, outline: layers.outline, reading: layers.reading } : fresh;
}

/** The cursor begins on something that can be opened. */
function onTopLayer(layers: OpenLayers): OpenLayers {
  if (layers.look.row > 0) return layers;
  const row = selectStackRows(layers).findIndex((one) => one.kind === 'own' || one.layer !== null);
  return withLook(layers, { row: Math.max(0, row) });
}

function isElsewhere(layers: OpenLayers, event: LayersEvent): boolean {
  if ('of' in event) return event.of !== layers.of;
  return 'imageId' in event && event.imageId !== layers.imageId;
}

function withLook(layers: OpenLayers, look: Partial<LayersLook>): OpenLayers {
  return { ...layers, look: { ...layers.look, ...look } };
}
