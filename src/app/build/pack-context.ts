import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { TAR_END, headerBytes, tarPadding, type WrittenEntry } from '../../engine/tar/header-bytes.ts';
import { diskProblem } from './disk-problem.ts';
import type { BuildContext, ContextEntry } from './context.ts';

const CHUNK = 256 * 1024;
const SIDE_BY_SIDE = 64;

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
      headerBytes(outsideEntry(dockerfilePath, outside)),
      outside,
      tarPadding(outside.length),
    ]);
  }
  const root = Buffer.from(`${folder}/`);
  for (const group of inGroups(entries)) {
    const [first] = group;
    if (first !== undefined && isLarge(first)) {
      yield headerBytes(first.entry);
      for await (const chunk of contentOf(Buffer.concat([root, first.entry.path]), first)) {
        onSent(chunk.length);
        yield chunk;
      }
      yield tarPadding(first.entry.size);
    } else {
      const wholes = await Promise.all(group.map((one) => wholeEntry(root, one)));
      onSent(group.reduce((sum, { entry }) => sum + entry.size, 0));
      yield Buffer.concat(wholes);
    }
  }
  yield TAR_END;
}

const isLarge = ({ entry }: ContextEntry): boolean => entry.size > CHUNK;

/** A large file by itself, the others so many at a time: one by one, 100,000 small ones take three times as long. */
function* inGroups(entries: readonly ContextEntry[]): Generator<ContextEntry[], void, undefined> {
  let group: ContextEntry[] = [];
  let size = 0;
  for (const one of entries) {
    if (group.length === SIDE_BY_SIDE || size > CHUNK || (isLarge(one) && group.length > 0)) {
      yield group;
      group = [];
      size = 0;
    }
    if (isLarge(one)) yield [one];
    else {
      group.push(one);
      size += one.entry.size;
    }
  }
  if (group.length > 0) yield group;
}

async function wholeEntry(root: Buffer, { path, entry }: ContextEntry): Promise<Buffer> {
  if (entry.type !== 'file' || entry.size === 0) return headerBytes(entry);
  const content = await readFile(Buffer.concat([root, entry.path])).catch(gone(path));
  const exact = Buffer.alloc(entry.size);
  content.copy(exact);
  return Buffer.concat([headerBytes(entry), exact, tarPadding(entry.size)]);
}

function outsideEntry(path: string, { length }: Buffer): WrittenEntry {
  return {
    type: 'file',
    path: Buffer.from(path),
    size: length,
    mode: 0o644,
    modifiedAt: 0,
    target: Buffer.alloc(0),
  };
}

function gone(path: string): (error: unknown) => never {
  return (error) => {
    throw diskProblem(error, path, 'It has gone since the folder was read.');
  };
}

/** Exactly the bytes that the header has promised: what has grown since is cut, what has shrunk is filled up with zeros. */
async function* contentOf(
  full: Buffer,
  { path, entry }: ContextEntry,
): AsyncGenerator<Buffer, void, undefined> {
  const file = await open(full).catch(gone(path));
  try {
    for (let left = entry.size; left > 0;) {
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
