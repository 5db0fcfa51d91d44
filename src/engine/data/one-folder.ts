import { Readable } from 'node:stream';
import { packTar } from 'modern-tar';

/** An archive of one folder without anything in it, which gives the folder that is there its mode and owner. */
export function oneFolder(
  name: string,
  { mode, uid, gid }: { mode: number; uid: number; gid: number },
): Readable {
  const header = { name: `${name}/`, type: 'directory', mode, uid, gid, size: 0 } as const;
  return Readable.from(
    (async function* () {
      yield Buffer.from(await packTar([{ header }]));
    })(),
  );
}
