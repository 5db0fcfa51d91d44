import type { PathChange } from '../../engine/engine.ts';
import type { ImageOutline } from '../../engine/layers/image-outline.ts';
import type { LayeredImage, ReadingProgress } from '../../engine/layers/layer.ts';
import type { Mount } from '../../engine/objects.ts';
import type { LayersLook, SharedWith } from './layers-state.ts';
import type { PathSize } from './live-changes.ts';

/** What happens to the Layers tab. `of` says what it is about: an answer may come when something else is in view. */
export type LayersEvent =
  | { type: 'layers-opened'; of: string; imageId: string }
  | { type: 'layers-outlined'; of: string; outline: ImageOutline }
  | { type: 'layers-outline-failed'; of: string; why: string; advice: string }
  | { type: 'layers-sharing-told'; of: string; sharing: readonly SharedWith[] }
  | { type: 'layers-wanted'; quickly: boolean }
  | { type: 'layers-reading'; imageId: string; progress: ReadingProgress | null }
  | { type: 'layers-read'; imageId: string; image: LayeredImage }
  | { type: 'layers-read-failed'; imageId: string; why: string; advice: string }
  | { type: 'layers-reading-stopped' }
  | { type: 'layers-look-changed'; look: Partial<LayersLook> }
  | { type: 'mounts-told'; of: string; mounts: readonly Mount[] }
  /** Everything the writable layer holds now, `sizes` of those that were measured. */
  | {
      type: 'changes-told';
      of: string;
      at: number;
      changes: readonly PathChange[];
      sizes: ReadonlyMap<string, PathSize>;
    }
  | { type: 'changes-failed'; of: string; why: string };
