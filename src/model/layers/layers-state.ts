import type { ImageOutline } from '../../engine/layers/image-outline.ts';
import type { LayeredImage, ReadingProgress } from '../../engine/layers/layer.ts';
import type { Mount } from '../../engine/objects.ts';
import type { LiveChanges } from './live-changes.ts';

/** The Layers tab: of one image, or of one container, which is its image's layers with one of its own on top. */
export type OpenLayers = {
  /** `image <id>` or `container <id>`. */
  of: string;
  imageId: string;
  /** Null until the engine has told it. */
  outline: ImageOutline | null;
  /** Why it cannot be told. */
  failed: Failure | null;
  /** For each layer from the bottom, the names of the other images that stand on it, and of those that have it elsewhere. */
  sharing: readonly SharedWith[];
  reading: Reading;
  /** Of a container. */
  live: LiveChanges | null;
  /** What a commit of the container does not take. */
  mounts: readonly Mount[];
  look: LayersLook;
};

export type Failure = { why: string; advice: string };
export type SharedWith = { shared: readonly string[]; alike: readonly string[] };

/** How far it is with reading what is in the layers. */
export type Reading =
  /** It is large and nobody has said that it shall be, or it was stopped. */
  | { phase: 'unread' }
  /** `quickly`: only where it is at hand, in the cache or on the engine's disk. */
  | { phase: 'asked'; quickly: boolean }
  | { phase: 'under-way'; progress: ReadingProgress | null }
  | { phase: 'read'; image: LayeredImage }
  | ({ phase: 'failed' } & Failure);

/** What of the tab is in front. */
export type LayersPart = 'stack' | 'tree' | 'waste' | 'changes';

/** How it is looked at: plain places of cursors, from which everything that is shown follows. */
export type LayersLook = {
  part: LayersPart;
  /** Row of the stack, counted from the top. */
  row: number;
  /** Whether lines that made no layer are shown. */
  metadata: boolean;
  tree: TreeLook;
  /** Row of the list of waste. */
  wasted: number;
  changes: { row: number; query: string };
};

export type ChangeFilter = 'all' | 'added' | 'changed' | 'removed';

export type TreeLook = {
  /** Everything up to the layer, or only what the layer itself holds. */
  isWhole: boolean;
  /** What holds for a folder that nobody touched: `sized` opens the small ones. */
  untouched: 'sized' | 'open' | 'folded';
  /** Folders that somebody folded (false) or opened (true), by path. */
  touched: ReadonlyMap<string, boolean>;
  filter: ChangeFilter;
  bySize: boolean;
  /** Path under the cursor. */
  cursor: string;
  query: string;
};

const FIRST_LOOK: LayersLook = {
  part: 'stack',
  row: 0,
  metadata: true,
  tree: {
    isWhole: false,
    untouched: 'sized',
    touched: new Map(),
    filter: 'all',
    bySize: false,
    cursor: '',
    query: '',
  },
  wasted: 0,
  changes: { row: 0, query: '' },
};

/** What was chosen of how to look at layers holds for the next image, too; where one stood does not. */
export function openLayers(of: string, imageId: string, before: OpenLayers | null): OpenLayers {
  const { metadata, tree } = before?.look ?? FIRST_LOOK;
  const { isWhole, bySize } = tree;
  const look = { ...FIRST_LOOK, metadata, tree: { ...FIRST_LOOK.tree, isWhole, bySize } };
  return {
    of,
    imageId,
    outline: null,
    failed: null,
    sharing: [],
    reading: { phase: 'unread' },
    live: null,
    mounts: [],
    look,
  };
}

export function isOfContainer({ of }: Pick<OpenLayers, 'of'>): boolean {
  return of.startsWith('container ');
}
