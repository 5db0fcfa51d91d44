import type { Readable } from 'node:stream';
import type { Client } from '../client.ts';
import type { Manners } from '../manners.ts';
import { containerData, type ContainerData } from './container-data.ts';
import { diskUsage, type DiskUsage } from './disk-usage.ts';
import { layerSizes, type SizedLayer } from './layer-sizes.ts';
import { fillVolume, readVolume, type Root, type VolumeAt } from './volume-archive.ts';
import { volumeOptions } from './volume-options.ts';

/** Where data lives on an engine, and ways to carry it. Every method throws `EngineError` and nothing else. */
export interface EngineData {
  /** Seconds on a large engine: never poll. */
  diskUsage(options: { signal: AbortSignal }): Promise<DiskUsage>;
  /** With `measure` also the size of the container's own layer, which takes as long as walking its files. */
  containerData(
    id: string,
    options?: { measure?: boolean; signal?: AbortSignal | undefined },
  ): Promise<ContainerData>;
  /** The bottom layer first; null where the engine's words leave open which size is whose. */
  layerSizes(imageId: string, options?: { signal?: AbortSignal | undefined }): Promise<SizedLayer[] | null>;
  /** What a volume was made with (`--opt`). */
  volumeOptions(
    volume: string,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<Readonly<Record<string, string>>>;
  /**
   * Lends what is in a volume as a tar archive, paths from `./` on, through a container made for it and removed at once
   * (`isOwnHelper`). While it is there the volume is in use.
   */
  readVolume<T>(at: VolumeAt, take: (archive: Readable) => Promise<T>): Promise<T>;
  /** Puts what an archive holds into a volume; files that are there stay, but for those of the same name. */
  fillVolume(at: VolumeAt, content: { archive: Readable; root: () => Root | null }): Promise<void>;
}

export function engineData(client: Client, manners: Manners): EngineData {
  return {
    diskUsage: ({ signal }) => diskUsage(client, !manners.hasLibpod, signal),
    containerData: (id, options) => containerData(client, id, options),
    layerSizes: (id, options) => layerSizes(client, id, options?.signal),
    volumeOptions: (volume, options) => volumeOptions(client, volume, options?.signal),
    readVolume: (at, take) => readVolume(client, manners, at, take),
    fillVolume: (at, content) => fillVolume(client, manners, at, content),
  };
}
