import type { EngineFeature } from './engine.ts';
import type { Readers } from './list-objects.ts';

/** In what the engine families, and their ages, differ behind the same paths. */
export type Manners = {
  features: readonly EngineFeature[];
  /**
   * Folders that the engine itself changes in every container. Podman puts `hosts`, `resolv.conf` and `hostname` into
   * `/etc`: a fresh box with no change of its own shows `C /etc` (4.3.1), and `A /etc` where the image has no such folder.
   */
  diffNoise: readonly string[];
  /** Whether the archive API of a running container shows what its tmpfs mounts hold: podman does, dockerd does not. */
  archiveSeesTmpfs: boolean;
  /**
   * Whether the archive API gives files as they are. Podman's (4.3) puts the container's user in the place of every owner,
   * and leaves out `dev`, `proc` and `sys` at the top of any folder.
   */
  archiveKeepsOwners: boolean;
  readers: Readers;
  /**
   * Docker before API 1.42 takes a second for each one-shot answer; later ones, and podman, take 3–15 ms, and
   * their streams cost the engine more than polling does (podman's ticks every 5 s).
   */
  stats: 'stream' | 'poll';
  /**
   * What `POST /volumes/prune` means: since API 1.42 only volumes without a name unless `all` is given (`filtered`);
   * before, every unused one (`everything`). Podman knows neither the filter nor the difference: `one-by-one`.
   */
  volumePruning: 'filtered' | 'everything' | 'one-by-one';
  /**
   * Whether podman's own paths are there for what its Docker paths cannot do (4.3): a prune of all unused images
   * fails with “dangling filter more than once”, a forced removal waits for the container's stop timeout.
   */
  hasLibpod: boolean;
  /** Whether `/system/df` can be asked for volumes only (API 1.42). */
  sizesFiltered: boolean;
  /**
   * Seconds that a new container gets to end by itself. Podman 4.3 takes a missing value for none and kills at once;
   * null where the engine's own 10 s count.
   */
  stopTimeout: number | null;
  /**
   * Whether a stop is answered before the list shows it: on dockerd 26.1 up to 16 ms before, every second time. Its
   * lock on the container, which `inspect` waits for and a list does not, is held until both agree.
   */
  stopsEarly: boolean;
};
