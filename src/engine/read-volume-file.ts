import { posix } from 'node:path';
import { apiPath } from './api-path.ts';
import type { Client } from './client.ts';
import type { FileOptions, FoundFile } from './engine.ts';
import type { Manners } from './manners.ts';
import { withHelper } from './own-helper.ts';
import { readFile } from './read-file.ts';

/** Where the helper has the volume. */
const PLACE = '/volume';

/** Reads a file of a volume that no container has, through one that is made for it and never started. */
export async function readVolumeFile(
  client: Client,
  manners: Manners,
  { volume, path, image, ...options }: FileOptions & { volume: string; path: string; image: string },
): Promise<FoundFile | null> {
  // First of all whether it is there: a container that asks for a volume makes it.
  await client.json({ path: apiPath`/volumes/${volume}`, signal: options.signal });
  const body = {
    Image: image,
    Cmd: ['true'],
    NetworkDisabled: true,
    HostConfig: {
      NetworkMode: 'none',
      // `nocopy`: an empty volume would get what the image has at that place.
      Binds: [`${volume}:${PLACE}:ro${manners.hasLibpod ? '' : ',nocopy'}`],
    },
  };
  const inside = posix.join(PLACE, posix.resolve('/', path));
  const read = (id: string): Promise<FoundFile | null> =>
    readFile(client, manners, { id, path: inside, ...options });
  return withHelper(client, manners, body, read, options);
}
