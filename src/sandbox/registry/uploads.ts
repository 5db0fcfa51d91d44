import { createHash, type Hash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from './refusal.ts';

/** Blobs that are coming in, in one piece or several. */
export type Uploads = {
  begin(): Promise<string>;
  /** Appends; gives the bytes there are then. `from` is where the piece begins, where the client says so. */
  append(id: string, body: AsyncIterable<Buffer>, from: number | null): Promise<number>;
  size(id: string): number;
  /** Moves it to its place, when it is what its digest says. */
  finish(id: string, digest: string, place: string): Promise<void>;
  drop(id: string): Promise<void>;
  /** Drops what was never finished. */
  close(): Promise<void>;
};

type Upload = { path: string; file: FileHandle; hash: Hash; size: number };

export function openUploads(folder: string): Uploads {
  const running = new Map<string, Upload>();
  const find = (id: string): Upload => {
    const upload = running.get(id);
    if (upload === undefined) throw new Refusal('BLOB_UPLOAD_UNKNOWN', 'there is no such upload');
    return upload;
  };
  const drop = async (id: string): Promise<void> => {
    const { path, file } = find(id);
    running.delete(id);
    await file.close();
    await rm(path, { force: true });
  };
  return {
    begin: async () => {
      await mkdir(folder, { recursive: true });
      const id = randomUUID();
      const path = join(folder, id);
      running.set(id, { path, file: await open(path, 'wx'), hash: createHash('sha256'), size: 0 });
      return id;
    },
    append: async (id, body, from) => {
      const upload = find(id);
      if (from !== null && from !== upload.size)
        throw new Refusal('BLOB_UPLOAD_INVALID', `the next byte is ${upload.size}, not ${from}`);
      for await (const chunk of body) {
        await upload.file.writeFile(chunk);
        upload.hash.update(chunk);
        upload.size += chunk.length;
      }
      return upload.size;
    },
    size: (id) => find(id).size,
    finish: async (id, digest, place) => {
      const { path, file, hash } = find(id);
      const found = `sha256:${hash.digest('hex')}`;
      if (found !== digest) {
        await drop(id);
        throw new Refusal('DIGEST_INVALID', `its digest is ${found}, not ${digest}`);
      }
      running.delete(id);
      await file.close();
      await mkdir(dirname(place), { recursive: true });
      await rename(path, place);
    },
    drop,
    close: async () => {
      for (const id of running.keys()) await drop(id);
    },
  };
}
