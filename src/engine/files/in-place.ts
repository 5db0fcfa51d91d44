import { posix } from 'node:path';
import { apiPath, filters, withQuery } from '../api-path.ts';
import type { Client } from '../client.ts';
import { readable } from '../container-details.ts';
import { EngineError } from '../errors.ts';
import * as field from '../fields.ts';
import type { Row } from '../fields.ts';
import type { Manners } from '../manners.ts';
import type { Mount } from '../objects.ts';
import { HELPER_LABEL, LIVES_LONG, withHelper } from '../own-helper.ts';
import { readMount } from '../read-container.ts';
import { readImage } from '../read-image.ts';
import type { Place } from './engine-files.ts';
import { absolute, isBelow } from './memory-places.ts';

/** Where a helper has the volume that it is made for. */
const HELPER_PLACE = '/volume';

export type Talk = { client: Client; manners: Manners };
export type InContainer = {
  container: string;
  /** The root of the place in that container. */
  root: string;
};
export type InPlaceOptions = {
  /** Whether something is to be written there. */
  writes?: boolean;
  signal?: AbortSignal | undefined;
};

/** Lends a container in which the place can be reached; one that was made for it is gone afterwards. */
export async function inPlace<T>(
  talk: Talk,
  place: Place,
  { writes = false, signal }: InPlaceOptions,
  work: (where: InContainer) => Promise<T>,
): Promise<T> {
  const { client, manners } = talk;
  const lend = (body: object, root: string): Promise<T> =>
    withHelper(
      client,
      manners,
      { Cmd: ['true'], NetworkDisabled: true, ...body },
      (container) => work({ container, root }),
      {
        signal,
        lives: LIVES_LONG,
      },
    );
  switch (place.of) {
    case 'container':
      return work({ container: place.id, root: '/' });
    case 'image':
      return lend({ Image: place.id, HostConfig: { NetworkMode: 'none' } }, '/');
    case 'volume': {
      // First of all whether it is there: a container that asks for a volume makes it.
      await client.json({ path: apiPath`/volumes/${place.name}`, signal });
      const user = await findUser(client, place.name, writes, signal);
      if (user !== null) return work(user);
      return lend(
        { Image: await anyImage(client, signal), HostConfig: volumeOnly(manners, place.name, writes) },
        HELPER_PLACE,
      );
    }
  }
}

export function pathIn({ root }: InContainer, path: string): string {
  return absolute(posix.join(root, absolute(path)));
}

function volumeOnly({ hasLibpod }: Manners, volume: string, writes: boolean): object {
  const options = [writes ? 'rw' : 'ro'];
  // An empty volume would get what the image has at that place.
  if (!hasLibpod) options.push('nocopy');
  return { NetworkMode: 'none', Binds: [`${volume}:${HELPER_PLACE}:${options.join(',')}`] };
}

/** A container that has the volume, and nothing else mounted inside it; also one that does not run. */
async function findUser(
  client: Client,
  volume: string,
  writes: boolean,
  signal: AbortSignal | undefined,
): Promise<InContainer | null> {
  const path = withQuery('/containers/json', { all: true, filters: filters({ volume: [volume] }) });
  const rows = await client.json({ path, signal });
  if (!Array.isArray(rows)) return null;
  for (const raw of rows) {
    const user = readable(() => userOf(field.row(raw, 'the row'), volume, writes));
    if (user !== null) return user;
  }
  return null;
}

function userOf(raw: Row, volume: string, writes: boolean): InContainer | null {
  if (field.labels(raw)[HELPER_LABEL] !== undefined) return null;
  const mounts = field.list(raw, 'Mounts').map((mount) => readMount(field.row(mount, 'a mount')));
  const mount = mounts.find(({ name, writable }) => name === volume && (writable || !writes));
  if (mount === undefined || hasMountInside(mounts, mount)) return null;
  return { container: field.name(raw, 'Id'), root: absolute(mount.target) };
}

function hasMountInside(mounts: readonly Mount[], { target }: Mount): boolean {
  return mounts.some((other) => other.target !== target && isBelow(absolute(other.target), absolute(target)));
}

/** The smallest one: of the image nothing is looked at. */
async function anyImage(client: Client, signal: AbortSignal | undefined): Promise<string> {
  const rows = await client.json({ path: '/images/json', signal });
  const images = Array.isArray(rows)
    ? readable(() => rows.map((raw) => readImage(field.row(raw, 'the image'))))
    : [];
  const [smallest] = images.toSorted((a, b) => a.size - b.size);
  if (smallest !== undefined) return smallest.id;
  throw new EngineError(
    'unsupported',
    'no container has this volume, and no image is there to look into it with',
    {
      advice: 'Pull any image, or start a container with the volume.',
    },
  );
}
