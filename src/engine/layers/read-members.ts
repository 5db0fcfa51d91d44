import { posix } from 'node:path';
import type { TarEntry } from '../tar/tar-entry.ts';
import { tarReader, type TarBody } from '../tar/tar-reader.ts';
import type { Member, Members } from './archive-member.ts';
import { cleanPath } from './layer-reader.ts';
import { memberBody, type Tap } from './member-body.ts';
import { pressure } from './pressure.ts';

export type MembersOptions = {
  /** Bytes that were taken in so far. */
  onRead?: ((bytes: number) => void) | undefined;
  /** Gives what takes entries of the layer at a path of the archive, as they pass. */
  tapFor?: ((path: string) => Tap) | undefined;
  /** Asked after each file: whether the rest may stay unread. */
  isEnough?: (() => boolean) | undefined;
};

/**
 * Everything in a saved image, in one pass and in the order it comes in, since manifests come last. What cannot be read
 * of the outer archive is thrown, what cannot be read of a file in it is that file's.
 */
export async function readMembers(
  archive: AsyncIterable<Buffer>,
  { onRead, tapFor, isEnough }: MembersOptions = {},
): Promise<Members> {
  const members = new Map<string, Member>();
  const load = pressure();
  const reader = tarReader((entry) => {
    const path = cleanPath(entry.name);
    const take = (member: Member): void => void members.set(path, member);
    return takeEntry(entry, path, take, () =>
      memberBody({ pressure: load, tap: tapFor?.(path), done: take }),
    );
  });
  let read = 0;
  try {
    for await (const bytes of archive) {
      reader.write(bytes);
      if (load.isHigh()) await load.settled();
      onRead?.((read += bytes.length));
      if (isEnough?.() === true) return members;
    }
    reader.end();
    await load.settled();
    return members;
  } finally {
    load.release();
  }
}

function takeEntry(
  { type, target }: TarEntry,
  path: string,
  take: (member: Member) => void,
  body: () => TarBody,
): TarBody | undefined {
  if (type === 'file') return body();
  if (type === 'link') take({ what: 'link', target: cleanPath(posix.join(posix.dirname(path), target)) });
  if (type === 'hard-link') take({ what: 'link', target: cleanPath(target) });
  return undefined;
}
