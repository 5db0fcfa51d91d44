import type { LayeredImage } from '../../engine/layers/layer.ts';
import type { ImageOutline } from '../../engine/layers/image-outline.ts';
import { memoizeLast } from '../memoize.ts';
import { isOfContainer, type OpenLayers, type SharedWith } from './layers-state.ts';

export type StackRow =
  /** A container's own layer. */
  | { kind: 'own' }
  | {
      kind: 'step';
      instruction: string;
      createdAt: number | null;
      /** Index of the layer it made, from the bottom; null for a line that only sets metadata. */
      layer: number | null;
      size: number;
      /** Of all layers together: 0–1. */
      share: number;
      sharedWith: SharedWith;
    };

const NOBODY: SharedWith = { shared: [], alike: [] };

/** The stack from the top down, as it is drawn. */
export function selectStackRows(layers: OpenLayers): readonly StackRow[] {
  const { outline, reading, sharing, look } = layers;
  const image = reading.phase === 'read' ? reading.image : null;
  return stackRows(outline, image, sharing, look.metadata, isOfContainer(layers));
}

const stackRows = memoizeLast(
  (
    outline: ImageOutline | null,
    image: LayeredImage | null,
    sharing: readonly SharedWith[],
    metadata: boolean,
    hasOwn: boolean,
  ): readonly StackRow[] => {
    const steps = sizedSteps(outline, image);
    const total = steps.reduce((sum, { size }) => sum + size, 0);
    const rows = steps
      .filter(({ layer }) => metadata || layer !== null)
      .map((step): StackRow => ({
        kind: 'step',
        ...step,
        share: total === 0 ? 0 : step.size / total,
        sharedWith: sharing[step.layer ?? -1] ?? NOBODY,
      }))
      .toReversed();
    return hasOwn ? [{ kind: 'own' }, ...rows] : rows;
  },
);

/** Which line made which layer is told for sure by the image itself, once it was read. */
function sizedSteps(outline: ImageOutline | null, image: LayeredImage | null): ImageOutline['steps'] {
  if (image === null) return outline?.steps ?? [];
  const sizes = new Map(outline?.steps.map(({ layer, size }) => [layer, size]));
  return image.steps.map((step) => ({
    ...step,
    size: step.layer === null ? 0 : sizes.get(step.layer) || contentSize(image, step.layer),
  }));
}

function contentSize({ layers }: LayeredImage, layer: number): number {
  return (layers[layer]?.entries ?? []).reduce((sum, { size }) => sum + size, 0);
}

/** The row under the cursor of the stack. */
export function selectStackRow(layers: OpenLayers): StackRow | null {
  const rows = selectStackRows(layers);
  return rows[Math.min(layers.look.row, rows.length - 1)] ?? null;
}

/** Index of the layer under the cursor of the stack; null for a row that has none. */
export function selectLayerIndex(layers: OpenLayers): number | null {
  const row = selectStackRow(layers);
  return row?.kind === 'step' ? row.layer : null;
}
