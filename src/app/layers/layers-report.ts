import { cleanText } from '../../engine/clean-text.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { ImageStep, LayeredImage } from '../../engine/layers/layer.ts';
import { sharedLayers, type ImageLayers } from '../../engine/layers/shared-layers.ts';
import { findWaste, type Loss } from '../../engine/layers/waste.ts';

/** What `slipway layers --json` prints. Paths are made harmless; bytes are those of the files' content. */
export type LayersReport = {
  image: string;
  id: string;
  /** The bottom one first. */
  layers: readonly LayerLine[];
  /** All instructions, those that made no layer too. */
  steps: readonly ImageStep[];
  bytes: { total: number; reached: number; wasted: number };
  efficiency: number;
  /** The most first. */
  waste: readonly { path: string; bytes: number; losses: readonly Loss[] }[];
};

export type LayerLine = {
  diffId: string;
  instruction: string;
  bytes: number;
  /** Of the bytes of all layers, 0 to 1. */
  share: number;
  /** Bytes of the layers below that this one made useless. */
  wastes: number;
  /** Paths it holds, and paths it takes away. */
  paths: number;
  removes: number;
  /** Other images that have it, too, on top of the same layers. */
  sharedWith: readonly string[];
};

export function layersReport(
  name: string,
  image: LayeredImage,
  others: readonly (ImageLayers & { name: string })[],
): LayersReport {
  const waste = findWaste(image.layers);
  const names = new Map(others.map((other) => [other.id, other.name]));
  const sharing = sharedLayers({ id: image.id, layers: image.layers.map(({ diffId }) => diffId) }, others);
  return {
    image: name,
    id: image.id,
    layers: image.layers.map(({ diffId, entries, deleted, opaque }, at) => ({
      diffId,
      instruction: instructionAt(image, at),
      bytes: waste.held[at]!,
      share: waste.total === 0 ? 0 : waste.held[at]! / waste.total,
      wastes: waste.blamed[at]!,
      paths: entries.length,
      removes: deleted.length + opaque.length,
      sharedWith: sharing[at]!.shared.map((id) => names.get(id)!),
    })),
    steps: image.steps,
    bytes: { total: waste.total, reached: waste.reached, wasted: waste.bytes },
    efficiency: waste.efficiency,
    waste: waste.paths.map(({ path, ...rest }) => ({ path: cleanText(path), ...rest })),
  };
}

function instructionAt({ steps }: LayeredImage, layer: number): string {
  return steps.find((step) => step.layer === layer)?.instruction ?? '(not told)';
}

/** How many images an engine is asked about at a time. */
const AT_ONCE = 8;

/** Diff ids of all images, for what they share; one that goes meanwhile is left out. */
export async function layersOfImages(engine: Engine): Promise<(ImageLayers & { name: string })[]> {
  const images = (await engine.list('image')).filter((item) => item.kind === 'image');
  const found: (ImageLayers & { name: string })[] = [];
  for (let from = 0; from < images.length; from += AT_ONCE) {
    const batch = images.slice(from, from + AT_ONCE).map(async ({ id, tags }) => {
      const details = await detailsUnlessGone(engine, id);
      const name = tags[0] ?? id.replace(/^sha256:/, '').slice(0, 12);
      return details === null ? [] : [{ id: details.id, layers: details.layers, name }];
    });
    found.push(...(await Promise.all(batch)).flat());
  }
  return found;
}

async function detailsUnlessGone(engine: Engine, id: string) {
  try {
    return await engine.imageDetails(id);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return null;
    throw error;
  }
}
