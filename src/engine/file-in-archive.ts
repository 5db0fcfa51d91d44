import { unpackTar } from 'modern-tar';
import { cleanText } from './clean-text.ts';
import type { FoundFile } from './engine.ts';
import { EngineError } from './errors.ts';
import { foundText } from './found-text.ts';

export type Archived = FoundFile | { kind: 'link'; target: string };

/** Room for the headers before the file's own bytes: a long name, or one that is not ASCII, has headers of its own. */
export const HEADERS_ROOM = 16 * 1024;

/** The first entry of a tar archive, of which only the beginning is there. It is never written to a disk. */
export async function fileInArchive(start: Buffer, limit: number): Promise<Archived> {
  const [entry] = await unpacked(start);
  if (entry === undefined) throw new EngineError('protocol', 'the engine’s archive holds nothing');
  const { type, linkname } = entry.header;
  if (type === 'directory') return { kind: 'folder' };
  if (type === 'symlink') return { kind: 'link', target: cleanText(linkname ?? '') };
  if (type !== undefined && type !== 'file') return { kind: 'other' };
  return foundText((entry.data ?? new Uint8Array()).subarray(0, limit));
}

async function unpacked(start: Buffer): ReturnType<typeof unpackTar> {
  try {
    return await unpackTar(start);
  } catch (cause) {
    throw new EngineError('protocol', 'the engine’s archive cannot be read', { cause });
  }
}
