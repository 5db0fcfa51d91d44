import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { TAR_END, tarHeader, tarPadding, type TarEntry } from '../../engine/build/tar-entry.ts';
import { diskProblem } from './disk-problem.ts';
import type { BuildContext, ContextEntry } from './context.ts';

const CHUNK = 256 * 1024;

/** The archive of a build's context, made while it is sent. @param onSent with the bytes of each part */
export function packContext(
  context: BuildContext,
  entries: readonly ContextEntry[],
  onSent: (bytes: number) => void,
): Readable {
  return Readable.from(parts(context, entries, onSent), { objectMode: false });
}

async function* parts(
  { folder, outside, dockerfilePath }: BuildContext,
  entries: readonly ContextEntry[],
  onSent: (bytes: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  if (outside !== null) {
    yield Buffer.concat([
      tarHeader(outsideEntry(dockerfilePath, outside)),
      outside,
      tarPadding(outside.length),
    ]);
  }
  const root = Buffer.from(`${folder}/`);
  for (const { path, entry } of entries) {
    yield tarHeader(entry);
    if (entry.type !== 'file') continue;
    for await (const chunk of contentOf(Buffer.concat([root, entry.path]), path, entry.size)) {
      onSent(chunk.length);
      yield chunk;
    }
    yield tarPadding(entry.size);
  }
  yield TAR_END;
}

function outsideEntry(path: string, { length }: Buffer): TarEntry {
  return {
    type: 'file',
    path: Buffer.from(path),
    size: length,
    mode: 0o644,
    modifiedAt: 0,
    target: Buffer.alloc(0),
  };
}

/** Exactly `size` bytes, which its header has promised: what has grown since is cut, what has shrunk is filled up with zeros. */
async function* contentOf(full: Buffer, path: string, size: number): AsyncGenerator<Buffer, void, undefined> {
  const file = await open(full).catch((error: unknown) => {
    throw diskProblem(error, path, 'It has gone since the folder was read.');
  });
  try {
    for (let left = size; left > 0;) {
      const buffer = Buffer.alloc(Math.min(CHUNK, left));
      const { bytesRead } = await file.read(buffer);
      const part = bytesRead === 0 ? buffer : buffer.subarray(0, bytesRead);
      left -= part.length;
      yield part;
    }
  } finally {
    await file.close();
  }
}
