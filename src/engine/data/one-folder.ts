import { Readable } from 'node:stream';
import { packTar } from 'modern-tar';
import type { Root } from './volume-archive.ts';

/** An archive of one folder without anything in it, which gives the folder that is there its mode, owner and time. */
export function oneFolder(name: string, { mode, uid, gid, modifiedAt }: Root): Readable {
  const header = {
    name: `${name}/`,
    type: 'directory',
    mode,
    uid,
    gid,
    mtime: new Date(modifiedAt),
    size: 0,
  } as const;
  return Readable.from(
    (async function* () {
      yield Buffer.from(await packTar([{ header }]));
    })(),
  );
}
