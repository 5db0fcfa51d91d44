import { connect } from '../../engine/connect.ts';
import { checkArchive } from '../../engine/data/check-archive.ts';
import { parseHost } from '../../engine/endpoint-text.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { DataEffect } from '../../model/data/data-effect.ts';
import { dataLine } from '../../model/data/data-line.ts';
import { runTask } from '../run-task.ts';
import { byteCounter } from '../byte-counter.ts';
import type { OnEngine } from '../on-engine.ts';
import { askToFill, lookAtTarget, mayBeFilled, onTarget } from './fill-target.ts';
import { withHelperImage } from './lend-image.ts';
import { pour } from './pour.ts';

type Copy = Extract<DataEffect, { do: 'copy-volume' }>;

/** Streams what is in a volume into another one, on this engine or on another. */
export async function copyVolume(task: OnEngine, effect: Copy): Promise<void> {
  const { engine, store, signal } = task;
  const { from, to, host } = effect;
  if (host === '' && from === to)
    throw new EngineError('conflict', `${from} cannot be copied onto itself`, {
      advice: 'Give another name.',
    });
  const other = host === '' ? engine : await connect(parseHost(host), { signal });
  try {
    const line = dataLine(effect, engine.family);
    const target = await lookAtTarget(other, to, signal);
    if (!effect.sure && !mayBeFilled(target))
      return askToFill(store, to, target, line, { ...effect, sure: true });
    const item = store.getState().objects.volume.items?.get(from);
    const size = item?.kind === 'volume' ? item.size : null;
    await runTask(store, {
      line,
      isWatched: true,
      signal,
      work: async ({ signal: stopped, onProgress }) => {
        const count = byteCounter(size, onProgress);
        const bytes = await onTarget(other, to, target.isNew, () =>
          stream({ engine, from, other, to, signal: stopped, onBytes: count }),
        );
        const text = `${humanSize(bytes)} of archive copied to ${to}${host === '' ? '' : ` on ${other.host}`}`;
        return { text, made: target.isNew && host === '' ? [to] : [] };
      },
    });
  } finally {
    if (other !== engine) other.close();
  }
}

type Streaming = {
  engine: Engine;
  from: string;
  other: Engine;
  to: string;
  signal: AbortSignal;
  onBytes: (count: number) => void;
};

async function stream({ engine, from, other, to, signal, onBytes }: Streaming): Promise<number> {
  const check = checkArchive();
  let bytes = 0;
  const look = (chunk: Buffer): void => {
    check.write(chunk);
    bytes += chunk.length;
    onBytes(chunk.length);
  };
  await withHelperImage(engine, signal, (image) =>
    withHelperImage(other, signal, (otherImage) =>
      engine.data.readVolume({ volume: from, image, signal }, (archive) =>
        pour(archive, look, (passing) =>
          other.data.fillVolume(
            { volume: to, image: otherImage, signal },
            { archive: passing, root: () => check.end().root },
          ),
        ),
      ),
    ),
  );
  return bytes;
}
