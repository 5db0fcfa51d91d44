/**
 * What an image is made of, in our words. Paths have neither a leading nor a trailing slash; the root is ''. Bytes that are
 * not UTF-8 are kept as U+DC80–U+DCFF (as in PEP 383), so that no two names become one: paths and link targets here are
 * exact, and are made harmless only where they are shown (`shownPath`).
 */

export type EntryType =
  | 'file'
  | 'folder'
  | 'link'
  | 'hard-link'
  | 'character-device'
  | 'block-device'
  | 'pipe';

/** One path that a layer writes. */
export type LayerEntry = {
  path: string;
  type: EntryType;
  /** Bytes of the file's content; 0 for what is no file, and for a hard link, which has no content of its own. */
  size: number;
  /** Permission bits with setuid, setgid and sticky: 0o0000–0o7777. */
  mode: number;
  uid: number;
  gid: number;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  /** Of a link, as it is written; of a hard link, the path in the same layer. Empty for everything else. */
  target: string;
  /** A checksum of the content with its kind before it, as `crc32:9ae0daaf`; empty where none is known. Only the same kinds compare. */
  content: string;
};

/** What one layer does to those below it. */
export type Layer = {
  /** Digest of the uncompressed archive, `sha256:…`. */
  diffId: string;
  /** In the order of the archive. A path that is there twice counts as its last. */
  entries: readonly LayerEntry[];
  /** Paths of the layers below that are gone from here on, with everything in them. */
  deleted: readonly string[];
  /** Folders of which nothing of the layers below is left (`.wh..wh..opq`). */
  opaque: readonly string[];
};

/** One line of an image's history, oldest first: an instruction, and the layer it made, if it made one. */
export type ImageStep = {
  /** The instruction as in a Dockerfile, without the builder's wrapping (`/bin/sh -c #(nop)`, `# buildkit`). */
  instruction: string;
  createdAt: number | null;
  /** Index into `layers`; null for a line that only sets metadata. */
  layer: number | null;
};

/** An image, opened. */
export type LayeredImage = {
  /** As the engine names it, `sha256:…`. */
  id: string;
  steps: readonly ImageStep[];
  /** The bottom one first; as many as the image has diff ids. */
  layers: readonly Layer[];
};

/** How far reading has come. `total` is the engine's size of the image: near what the archive will have, not exact; null where unknown. */
export type ReadingProgress = { read: number; total: number | null };

/** Where layers are kept once read: what a diff id names never changes. */
export interface LayerCache {
  /** Null for one that is not there, or cannot be read. */
  get(diffId: string): Promise<Layer | null>;
  put(layer: Layer): Promise<void>;
  /** Of an image by its id: the API tells the history of an image, but not which of its lines made a layer. */
  getSteps(imageId: string): Promise<readonly ImageStep[] | null>;
  putSteps(imageId: string, steps: readonly ImageStep[]): Promise<void>;
}
