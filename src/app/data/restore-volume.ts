import { humanSize } from '../../engine/human-size.ts';
import type { DataEffect } from '../../model/data/data-effect.ts';
import { dataLine } from '../../model/data/data-line.ts';
import { typedPath } from '../files/target-path.ts';
import { runTask } from '../run-task.ts';
import { byteCounter } from '../byte-counter.ts';
import type { OnEngine } from '../on-engine.ts';
import { askToFill, lookAtTarget, mayBeFilled, onTarget } from './fill-target.ts';
import { withHelperImage } from './lend-image.ts';
import { withArchive } from './open-archive.ts';
import { pour } from './pour.ts';

type Restore = Extract<DataEffect, { do: 'restore-volume' }>;

/** Puts a tar file of the person's machine into a volume; all of it is looked through before the first byte is written. */
export async function restoreVolume({ engine, store, signal }: OnEngine, effect: Restore): Promise<void> {
  const { volume, file } = effect;
  const line = dataLine(effect, engine.family);
  const path = typedPath(file);
  const target = await lookAtTarget(engine, volume, signal);
  if (!effect.sure && !mayBeFilled(target))
    return askToFill(store, volume, target, line, { ...effect, sure: true });
  await runTask(store, {
    line,
    isWatched: true,
    signal,
    work: ({ signal: stopped, onProgress }) => {
      let checked = 0;
      const onBytes = (count: number): void => {
        checked += count;
        onProgress({ id: 'checked', text: '', current: checked, total: null });
      };
      return withArchive(path, { signal: stopped, onBytes }, async (archive) => {
        const count = byteCounter(archive.size, onProgress);
        await onTarget(engine, volume, target.isNew, () =>
          withHelperImage(engine, stopped, (image) =>
            pour(
              archive.read(),
              (bytes) => count(bytes.length),
              (passing) =>
                engine.data.fillVolume(
                  { volume, image, signal: stopped },
                  { archive: passing, root: () => archive.facts.root },
                ),
            ),
          ),
        );
        const compared = archive.isCompared
          ? 'as its checksum says'
          : 'no checksum beside it to compare with';
        const text = `${humanSize(archive.size)}, ${archive.facts.entries} entries · sha256 ${archive.digest}, ${compared}`;
        return { text, made: target.isNew ? [volume] : [] };
      });
    },
  });
}
