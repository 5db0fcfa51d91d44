import type { Readable } from 'node:stream';
import { EngineError } from '../../engine/errors.ts';
import { tarReader } from '../../engine/tar/tar-reader.ts';
import type { TarEntry } from '../../engine/tar/tar-entry.ts';
import { beginEntry } from './begin-entry.ts';
import { diskError } from './disk-error.ts';
import type { Tree } from './tree.ts';
import { endContent, finishTree, writeContent } from './write-content.ts';

type Step = { entry: TarEntry } | { bytes: Buffer } | 'end';

/**
 * Writes an archive to the disk as it arrives; the disk sets the pace. Throws `EngineError`; what was written until then
 * is the caller's to remove.
 */
export async function unpackArchive(
  archive: Readable,
  tree: Tree,
  onBytes: (bytes: number) => void,
): Promise<void> {
  let steps: Step[] = [];
  const reader = tarReader((entry) => {
    steps.push({ entry });
    return { write: (bytes) => void steps.push({ bytes }), end: () => void steps.push('end') };
  });
  try {
    for await (const chunk of archive) {
      reader.write(chunk as Buffer);
      // Pieces are lent until the next chunk is written to the reader.
      for (const step of steps) await take(tree, step, onBytes);
      steps = [];
    }
    reader.end();
    if (tree.made.size === 0) throw nothingIn(tree);
    await finishTree(tree);
  } catch (cause) {
    throw diskError(cause, tree.place);
  } finally {
    await tree.open?.handle.close();
  }
}

async function take(tree: Tree, step: Step, onBytes: (bytes: number) => void): Promise<void> {
  if (step === 'end') return endContent(tree);
  if ('entry' in step) return beginEntry(tree, step.entry);
  await writeContent(tree, step.bytes);
  onBytes(step.bytes.length);
}

function nothingIn({ leftOut }: Tree): EngineError {
  const [only] = leftOut;
  return only === undefined
    ? new EngineError('protocol', 'the engine’s archive holds nothing')
    : new EngineError('rejected', `nothing was copied: it is ${only.why}`);
}
