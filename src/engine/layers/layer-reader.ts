import { posix } from 'node:path';
import { crc32 } from 'node:zlib';
import type { TarEntry } from '../tar/tar-entry.ts';
import { tarError } from '../tar/tar-error.ts';
import type { TarBody } from '../tar/tar-reader.ts';
import type { Layer, LayerEntry } from './layer.ts';

/** Takes the entries of a layer's archive, and gives what the layer does. */
export type LayerReader = {
  /** @returns what takes the content, where somebody has to look at it */
  take(entry: TarEntry): TarBody | undefined;
  /** Says what the content of the entry that was taken last amounts to, where nobody looked at it. */
  sum(content: string): void;
  layer(): Omit<Layer, 'diffId'>;
};

/** PATH_MAX of Linux: no engine unpacks longer ones, and folders in folders are walked by recursion here. */
const LONGEST_PATH = 4096;
/** OCI image layer specification, “Whiteouts”; what else begins with the second is aufs's own and no file. */
const WHITEOUT = '.wh.';
const META_WHITEOUT = '.wh..wh.';
const OPAQUE = '.wh..wh..opq';

export function layerReader(): LayerReader {
  const entries: LayerEntry[] = [];
  const deleted: string[] = [];
  const opaque: string[] = [];
  let last: LayerEntry | null = null;

  function takePath(entry: TarEntry): LayerEntry | null {
    const path = cleanPath(entry.name);
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    const folder = path.slice(0, Math.max(0, slash));
    if (name.startsWith(META_WHITEOUT)) {
      if (name === OPAQUE) opaque.push(folder);
      return null;
    }
    if (name.startsWith(WHITEOUT)) {
      deleted.push(folder === '' ? name.slice(4) : `${folder}/${name.slice(4)}`);
      return null;
    }
    const { type, size, mode, uid, gid, modifiedAt } = entry;
    const target = type === 'hard-link' ? cleanPath(entry.target) : entry.target;
    return { path, type, size, mode, uid, gid, modifiedAt, target, content: '' };
  }

  return {
    take(entry) {
      const taken = takePath(entry);
      if (taken !== null) entries.push(taken);
      // The checksum of a file with holes would be one of how it is stored.
      const isSummed = taken?.type === 'file' && taken.size > 0 && entry.stored === entry.size;
      last = isSummed ? taken : null;
      return isSummed ? summed((content) => void (taken.content = content)) : undefined;
    },
    sum(content) {
      if (last !== null) last.content = content;
    },
    layer: () => ({ entries, deleted, opaque }),
  };
}

function summed(done: (content: string) => void): TarBody {
  let sum = 0;
  return {
    write(bytes) {
      sum = crc32(bytes, sum);
    },
    end: () => done(`crc32:${sum.toString(16).padStart(8, '0')}`),
  };
}

/** As engines do before they unpack: `./a//b/` is `a/b`, and nothing leads out of the root. */
export function cleanPath(name: string): string {
  if (name.length > LONGEST_PATH) throw tarError('a path in it is longer than a file system takes');
  return posix.normalize(`/${name}`).replace(/\/$/, '').slice(1);
}
