/** What an engine keeps of an image on a disk that we can read. All three throw what the disk says, or what is odd. */
export type StoredImage = {
  /** The image's config, as it is. */
  config: unknown;
  /** Of each layer, the bottom one first. */
  layers: readonly StoredLayer[];
};

export type StoredLayer = {
  diffId: string;
  /** The headers of its archive (`readTarSplit`). */
  tarSplit: string;
  /** The folder with its files as they lie on the disk. */
  files: string;
};

/** Where an engine's store is, and which image is meant. */
export type StorePlace = { dataRoot: string; driver: string; imageId: string; diffIds: readonly string[] };
