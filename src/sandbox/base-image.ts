import { Readable } from 'node:stream';
import type { Engine } from '../engine/engine.ts';
import { isSameImage } from '../engine/image-name.ts';
import { type ImageParts, imageArchive } from './image-archive.ts';
import { tarArchive } from './tar.ts';
import { tinyRoot } from './tiny-root.ts';

export const BASE_IMAGE = 'tiny:1';
/** Tells it from an image of the same name that is somebody else's. */
export const BASE_LABEL = 'slipway.base';

const MOTD = 'This is tiny, the small Linux that Slipway brings along. Try: ls, ps, cat /etc/os-release\n';
const OS_RELEASE = 'NAME="tiny"\nID=tiny\nVERSION_ID=1\nPRETTY_NAME="tiny 1"\n';

/** Whether a name means `tiny:1`, as docker or as podman writes it. */
export function isBaseImage(tag: string): boolean {
  return isSameImage(tag, BASE_IMAGE);
}

/** Loads `tiny:1` and gives its name. Works without a network: the image is put together here. */
export async function loadBaseImage(engine: Engine, options: { signal?: AbortSignal } = {}): Promise<string> {
  await engine.load(Readable.from([await baseImageArchive()]), options);
  return BASE_IMAGE;
}

/** The same bytes each time. */
export async function baseImageArchive(): Promise<Buffer> {
  return imageArchive(await baseImage());
}

export async function baseImage(): Promise<ImageParts> {
  const greeting = tarArchive([
    { type: 'file', path: 'etc/motd', content: MOTD },
    { type: 'file', path: 'etc/os-release', content: OS_RELEASE },
  ]);
  const root = await tinyRoot();
  return {
    name: BASE_IMAGE,
    layers: [
      { tar: root.archive, createdBy: `COPY tiny / # ${root.origin}` },
      { tar: greeting, createdBy: 'COPY motd os-release /etc/' },
    ],
    command: ['sh'],
    labels: { [BASE_LABEL]: '1', 'org.opencontainers.image.title': 'tiny' },
  };
}
