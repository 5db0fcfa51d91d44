import { posix } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '../../engine/errors.ts';
import { humanSize } from '../../engine/human-size.ts';
import { copyInLine } from '../../model/files/copy-line.ts';
import type { FilesEffect } from '../../model/files/files-effect.ts';
import { shownPath } from '../../model/shown-path.ts';
import { runTask, type TaskEnd } from '../run-task.ts';
import { say } from '../say.ts';
import { askToOverwrite } from './ask-to-overwrite.ts';
import { byteCounter } from '../byte-counter.ts';
import type { OnEngine } from '../on-engine.ts';
import { diskError } from './disk-error.ts';
import { packFiles, type Packed } from './pack-files.ts';
import { typedPath } from './target-path.ts';

type CopyIn = FilesEffect & { do: 'copy-in' };

/** Copies a file or a folder of the person's disk into a folder; asks before it takes the place of what is there. */
export async function copyIn(task: OnEngine, effect: CopyIn): Promise<void> {
  const { engine, store, signal } = task;
  const { from, into, overwrite } = effect;
  const line = copyInLine(from, into, engine.family);
  const { of } = store.getState().files;
  try {
    const source = typedPath(from);
    const path = posix.join(into.path, posix.basename(source));
    if (!overwrite && isThere(task, effect, posix.basename(source)))
      return askToOverwrite(store, `${into.label}:${path}`, line, { ...effect, overwrite: true });
    await runTask(store, {
      line,
      isWatched: true,
      signal,
      work: async ({ signal: stopped, onProgress }) => {
        const packed = await packFiles(source, stopped);
        const archive = counted(packed, byteCounter(packed.size, onProgress));
        try {
          await engine.files.copyIn(into.place, into.path, archive, { signal: stopped });
        } finally {
          archive.destroy();
        }
        return endOf(packed, path);
      },
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    say(store, 'bad', error.message, error.advice);
  }
  store.dispatch({ type: 'folder-changed', of, path: into.path });
}

/** As far as the tab knows, which has just shown the folder. */
function isThere({ store }: OnEngine, { into }: CopyIn, name: string): boolean {
  const entries = store.getState().files.folders.get(into.path) ?? [];
  return entries.some((entry) => entry.name === name);
}

/** Headers count along: the total is that of the content, and is reached a little early. */
function counted({ archive, size }: Packed, onBytes: (bytes: number) => void): Readable {
  let left = size;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = Math.min(left, chunk.length);
      left -= bytes;
      if (bytes > 0) onBytes(bytes);
      done(null, chunk);
    },
  });
  // What goes wrong ends both; whoever reads the counter hears of it.
  pipeline(archive, counter).catch((cause: unknown) =>
    counter.destroy(diskError(cause, 'a file to be copied') as Error),
  );
  return counter;
}

function endOf({ files, size, leftOut }: Packed, path: string): TaskEnd {
  const parts = [shownPath(path), files === 1 ? humanSize(size) : `${files} files, ${humanSize(size)}`];
  const [first] = leftOut;
  if (first !== undefined) {
    const more = leftOut.length === 1 ? '' : ` and ${leftOut.length - 1} more`;
    parts.push(`left out: ${shownPath(first)}${more} (a pipe, a socket or a device)`);
  }
  return { text: parts.join(' · ') };
}
