/** Diff ids of an image's layers, the bottom one first (`Engine.imageDetails`). */
export type ImageLayers = { id: string; layers: readonly string[] };

export type LayerSharing = {
  /** Ids of the other images that stand on this layer and all below it: an engine keeps it once for all of them. */
  shared: readonly string[];
  /** Ids of those that have the same layer on top of others: kept once more for each such stack. */
  alike: readonly string[];
};

/** For each layer of an image, the other images that have it too. */
export function sharedLayers(image: ImageLayers, others: readonly ImageLayers[]): LayerSharing[] {
  const rest = others.filter(({ id }) => id !== image.id);
  return image.layers.map((diffId, i) => {
    const shared = rest.filter(({ layers }) => startsAlike(layers, image.layers, i + 1));
    const alike = rest.filter((other) => !shared.includes(other) && other.layers.includes(diffId));
    return { shared: shared.map(({ id }) => id), alike: alike.map(({ id }) => id) };
  });
}

function startsAlike(a: readonly string[], b: readonly string[], count: number): boolean {
  return a.length >= count && a.slice(0, count).every((diffId, i) => diffId === b[i]);
}
