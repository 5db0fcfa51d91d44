import type { VolumeAt } from '../../engine/data/volume-archive.ts';
import type { Engine } from '../../engine/engine.ts';
import { tarReader } from '../../engine/tar/tar-reader.ts';

/** Reads no further than to the first thing in it. */
export async function isVolumeEmpty(
  engine: Engine,
  { volume, image }: VolumeAt,
  signal: AbortSignal,
): Promise<boolean> {
  const found = new AbortController();
  let entries = 0;
  const reader = tarReader(() => {
    entries++;
    return undefined;
  });
  try {
    const at = { volume, image, signal: AbortSignal.any([signal, found.signal]) };
    await engine.data.readVolume(at, async (archive) => {
      for await (const chunk of archive) {
        reader.write(chunk as Buffer);
        // The first entry is the volume's own folder.
        if (entries > 1) found.abort();
      }
    });
  } catch (error) {
    if (!found.signal.aborted || signal.aborted) throw error;
  }
  return entries <= 1;
}
