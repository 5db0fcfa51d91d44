import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { humanSize } from '../../engine/human-size.ts';
import { Refusal } from './refusal.ts';
import { unlessMissing } from './repositories.ts';

/** How much a registry may still take in. */
export type Room = {
  /** Passes on what comes in; throws `Refusal` once it is too much. */
  through(body: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
};

/** @param limit bytes in all, with what is in the folder already */
export async function measureRoom(folder: string, limit: number): Promise<Room> {
  let used = await bytesBelow(folder);
  return {
    async *through(body) {
      for await (const piece of body) {
        used += piece.length;
        if (used > limit)
          throw new Refusal('DENIED', `the registry is full: it may hold ${humanSize(limit)}`);
        yield piece;
      }
    },
  };
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = (await unlessMissing(readdir(folder, { withFileTypes: true }))) ?? [];
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? bytesBelow(path) : ((await unlessMissing(lstat(path)))?.size ?? 0);
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
