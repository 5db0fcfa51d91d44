import type { Readable } from 'node:stream';
import { apiPath, withQuery } from '../api-path.ts';
import type { Client } from '../client.ts';
import { EngineError } from '../errors.ts';
import { createExec, exitCode } from '../exec-session.ts';
import type { Manners } from '../manners.ts';
import { LIVES_LONG, withHelper } from '../own-helper.ts';
import { oneFolder } from './one-folder.ts';
import { programOutput } from './program-output.ts';

/** Where the helper has the volume. */
const PLACE = '/volume';
/** Longer than any copy takes; it is removed with the copy. */
const STAYS = ['sleep', '1000000'];

/** `image` is what the helper is made from; podman's has to have `sleep`, `tar`, `chown` and `chmod`. */
export type VolumeAt = { volume: string; image: string; signal?: AbortSignal | undefined };

/** What an archive says of the volume's own folder. */
export type Root = { mode: number; uid: number; gid: number; modifiedAt: number };

/**
 * Lends what is in a volume as a tar archive with paths from `./` on. Docker's archive API gives it whole from a container
 * that never starts; podman's (4.3) gives everything to the owner root and leaves out `dev`, `proc` and `sys` at the top:
 * there `tar` runs in the helper.
 */
export async function readVolume<T>(
  client: Client,
  manners: Manners,
  at: VolumeAt,
  take: (archive: Readable) => Promise<T>,
): Promise<T> {
  await mustExist(client, at);
  const read = async (id: string): Promise<T> =>
    manners.archiveKeepsOwners
      ? takeFromOutside(client, id, at.signal, take)
      : takeFromInside(client, id, at.signal, take);
  return withHelper(client, manners, helperBody(at, true, manners), read, {
    signal: at.signal,
    lives: LIVES_LONG,
  });
}

/**
 * Puts what an archive holds into a volume, with owners, modes and links as it has them; what is there stays, but for
 * files of the same name. @param root asked for once the archive has been read; null leaves the volume's folder as it is
 */
export async function fillVolume(
  client: Client,
  manners: Manners,
  at: VolumeAt,
  { archive, root }: { archive: Readable; root: () => Root | null },
): Promise<void> {
  await mustExist(client, at);
  const fill = async (id: string): Promise<void> => {
    await put(client, id, PLACE, archive, at.signal);
    const own = root();
    if (own === null) return;
    if (manners.archiveKeepsOwners) await put(client, id, '/', oneFolder(PLACE.slice(1), own), at.signal);
    else await ownInside(client, id, own, at.signal);
  };
  await withHelper(client, manners, helperBody(at, false, manners), fill, {
    signal: at.signal,
    lives: LIVES_LONG,
  });
}

/** A container that asks for a volume makes it. */
async function mustExist(client: Client, { volume, signal }: VolumeAt): Promise<void> {
  await client.json({ path: apiPath`/volumes/${volume}`, signal });
}

function helperBody({ volume, image }: VolumeAt, readOnly: boolean, { hasLibpod }: Manners): object {
  // `nocopy`: an empty volume would get what the image has at that place.
  const options = [...(readOnly ? ['ro'] : []), ...(hasLibpod ? [] : ['nocopy'])];
  return {
    Image: image,
    Entrypoint: [],
    Cmd: STAYS,
    User: '0:0',
    NetworkDisabled: true,
    HostConfig: {
      NetworkMode: 'none',
      Binds: [[`${volume}:${PLACE}`, options.join(',')].filter((part) => part !== '').join(':')],
    },
  };
}

const archivePath = (id: string, path: string): string =>
  withQuery(apiPath`/containers/${id}/archive`, { path });

async function put(
  client: Client,
  id: string,
  path: string,
  archive: Readable,
  signal: AbortSignal | undefined,
): Promise<void> {
  const call = {
    method: 'PUT',
    path: archivePath(id, path),
    body: archive,
    signal,
    answerWithin: null,
  } as const;
  try {
    await client.send(call);
  } catch (error) {
    // What broke the archive off says more than that it broke off.
    throw archive.errored instanceof EngineError ? archive.errored : error;
  }
}

/** The engine cannot remove a container while somebody reads its archive: whoever stops early has to let go of it. */
async function takeFromOutside<T>(
  client: Client,
  id: string,
  signal: AbortSignal | undefined,
  take: (archive: Readable) => Promise<T>,
): Promise<T> {
  const archive = await client.stream({ path: archivePath(id, `${PLACE}/.`), signal, answerWithin: null });
  try {
    return await take(archive);
  } finally {
    archive.destroy();
  }
}

async function takeFromInside<T>(
  client: Client,
  id: string,
  signal: AbortSignal | undefined,
  take: (archive: Readable) => Promise<T>,
): Promise<T> {
  await client.send({ method: 'POST', path: apiPath`/containers/${id}/start`, signal });
  const exec = await createExec(client, id, {
    command: ['tar', '-cf', '-', '-C', PLACE, '.'],
    tty: false,
    columns: 80,
    rows: 24,
  });
  const body = { Detach: false, Tty: false };
  const socket = await client.hijack({ method: 'POST', path: apiPath`/exec/${exec}/start`, body, signal });
  const output = programOutput(socket, signal);
  let result: T;
  try {
    result = await take(output.stdout);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  output.stdout.resume();
  const code = await exitCode(client, exec, socket);
  if (code === 0) return result;
  throw new EngineError('failed', output.stderr() || `tar in the helper ended with ${code}`);
}

/** Podman's archive API sets the mode of the volume's folder, but not its owner. */
async function ownInside(
  client: Client,
  id: string,
  root: Root,
  signal: AbortSignal | undefined,
): Promise<void> {
  await client.send({ method: 'POST', path: apiPath`/containers/${id}/start`, signal });
  const commands = [
    ['chown', `${root.uid}:${root.gid}`, PLACE],
    ['chmod', root.mode.toString(8), PLACE],
  ];
  for (const command of commands) {
    const exec = await createExec(client, id, { command, tty: false, columns: 80, rows: 24 });
    const body = { Detach: false, Tty: false };
    const socket = await client.hijack({ method: 'POST', path: apiPath`/exec/${exec}/start`, body, signal });
    const output = programOutput(socket, signal);
    output.stdout.resume();
    const code = await exitCode(client, exec, socket);
    if (code !== 0)
      throw new EngineError('failed', output.stderr() || `${command[0]} in the helper ended with ${code}`);
  }
}
