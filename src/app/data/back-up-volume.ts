import { basename } from 'node:path';
import { cleanText } from '../../engine/clean-text.ts';
import { someOf } from '../../engine/data/check-archive.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { DataEffect } from '../../model/data/data-effect.ts';
import { dataLine } from '../../model/data/data-line.ts';
import { selectUsedBy } from '../../model/select-usage.ts';
import { typedPath } from '../files/target-path.ts';
import { runTask } from '../run-task.ts';
import { byteCounter } from '../byte-counter.ts';
import type { OnEngine } from '../on-engine.ts';
import { withHelperImage } from './lend-image.ts';
import { checksumPath, writeArchive, type WrittenArchive } from './write-archive.ts';

type BackUp = Extract<DataEffect, { do: 'back-up-volume' }>;

/** Writes what is in a volume to a tar file on the person's machine, with its checksum beside it. */
export async function backUpVolume({ engine, store, signal }: OnEngine, effect: BackUp): Promise<void> {
  const { volume, file } = effect;
  const path = typedPath(file);
  const item = store.getState().objects.volume.items?.get(volume);
  const size = item?.kind === 'volume' ? item.size : null;
  const users = selectUsedBy(store.getState()).volumes.get(volume) ?? [];
  const running = users.filter((c) => c.state === 'running').map((c) => c.name);
  await runTask(store, {
    line: dataLine(effect, engine.family),
    isWatched: true,
    signal,
    work: async ({ signal: stopped, onProgress }) => {
      const count = byteCounter(size, onProgress);
      const written = await withHelperImage(engine, stopped, (image) =>
        engine.data.readVolume({ volume, image, signal: stopped }, (archive) =>
          writeArchive(path, archive, count),
        ),
      );
      return { text: endText(path, written, running) };
    },
  });
}

function endText(path: string, { bytes, digest, facts }: WrittenArchive, running: readonly string[]): string {
  const parts = [
    `${cleanText(path)}: ${humanSize(bytes)}, ${facts.entries} entries`,
    `sha256 ${digest} (also in ${cleanText(basename(checksumPath(path)))})`,
  ];
  if (running.length > 0)
    parts.push(
      `warning: ${running.join(', ')} was running, what it wrote meanwhile may be half of something`,
    );
  if (facts.refused.length > 0)
    parts.push(`warning: a restore will refuse this archive: ${someOf(facts.refused)}`);
  return parts.join(' · ');
}
