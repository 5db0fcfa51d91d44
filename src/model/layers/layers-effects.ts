import type { Ref } from '../../engine/commands.ts';

/** What `app/layers` does for the Layers tab. */
export type LayersEffect =
  /** Opens the text of a file as a layer holds it; `path` is exact. */
  | { do: 'open-layer-file'; imageId: string; layer: number; path: string; size: number }
  /** Opens the text of a file as it is in a container now. */
  | { do: 'open-live-file'; container: string; path: string }
  /** Reads both and opens what differs. */
  | { do: 'compare-images'; before: Ref; after: Ref };
