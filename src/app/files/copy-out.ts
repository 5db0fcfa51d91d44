import { posix } from 'node:path';
import { EngineError } from '../../engine/errors.ts';
import { humanSize } from '../../engine/human-size.ts';
import { copyOutLine } from '../../model/files/copy-line.ts';
import type { FilesEffect, Source } from '../../model/files/files-effect.ts';
import { shownPath } from '../../model/shown-path.ts';
import { runTask, type TaskEnd } from '../run-task.ts';
import { say } from '../say.ts';
import { askToOverwrite } from './ask-to-overwrite.ts';
import { byteCounter } from '../byte-counter.ts';
import type { OnEngine } from '../on-engine.ts';
import { saveArchive, type Saved } from './save-archive.ts';
import { targetPath } from './target-path.ts';

type CopyOut = FilesEffect & { do: 'copy-out' };

/** Copies a file or a folder to the person's disk; asks before a file is overwritten. */
export async function copyOut({ engine, store, signal }: OnEngine, effect: CopyOut): Promise<void> {
  const { source, target, overwrite } = effect;
  try {
    const to = await targetPath(target, posix.basename(source.path));
    if (to.there === 'file' && !overwrite)
      return askToOverwrite(store, to.path, copyOutLine(source, target, engine.family), {
        ...effect,
        overwrite: true,
      });
    await runTask(store, {
      line: copyOutLine(source, target, engine.family),
      isWatched: isLarge(source),
      signal,
      work: async ({ signal: stopped, onProgress }) => {
        const onBytes = byteCounter(source.size, onProgress);
        const saved = await engine.files.copyOut(source.place, source.path, { signal: stopped }, (archive) =>
          saveArchive(archive, { isWhole: source.path === '/', target: to.path, overwrite, onBytes }),
        );
        return endOf(saved, to.path);
      },
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    say(store, 'bad', error.message, error.advice);
  }
}

/** Above that, or where nobody knows, it may take long enough to be watched. */
const LARGE = 20 * 1024 * 1024;

function isLarge({ size }: Source): boolean {
  return size === null || size > LARGE;
}

function endOf({ files, bytes, leftOut }: Saved, path: string): TaskEnd {
  const parts = [shownPath(path), files === 1 ? humanSize(bytes) : `${files} files, ${humanSize(bytes)}`];
  const [first] = leftOut;
  if (first !== undefined) {
    const more = leftOut.length === 1 ? '' : ` and ${leftOut.length - 1} more`;
    parts.push(`left out: ${shownPath(first.name)}${more} (${shownPath(first.why)})`);
  }
  return { text: parts.join(' · ') };
}
