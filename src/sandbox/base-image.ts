import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Engine } from '../engine/engine.ts';
import { isSameImage } from '../engine/image-name.ts';
import { type TarEntry, tarArchive } from './tar.ts';
import { tinyRoot } from './tiny-root.ts';

export const BASE_IMAGE = 'tiny:1';
/** Tells it from an image of the same name that is somebody else's. */
export const BASE_LABEL = 'slipway.base';

const MOTD = 'This is tiny, the small Linux that Slipway brings along. Try: ls, ps, cat /etc/os-release\n';
const OS_RELEASE = 'NAME="tiny"\nID=tiny\nVERSION_ID=1\nPRETTY_NAME="tiny 1"\n';
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** Whether a name means `tiny:1`, as docker or as podman writes it. */
export function isBaseImage(tag: string): boolean {
  return isSameImage(tag, BASE_IMAGE);
}

/** Loads `tiny:1` and gives its name. Works without a network: the image is put together here. */
export async function loadBaseImage(engine: Engine, options: { signal?: AbortSignal } = {}): Promise<string> {
  await engine.load(Readable.from([await baseImageArchive()]), options);
  return BASE_IMAGE;
}

/**
 * `tiny:1` as one tar that is a `docker save` archive and an OCI layout at once. Podman needs the OCI index, without
 * which it names the image `localhost/tiny`; Docker before 25 needs manifest.json. The id depends on the content only.
 */
export async function baseImageArchive(): Promise<Buffer> {
  const greeting = tarArchive([
    { type: 'file', path: 'etc/motd', content: MOTD },
    { type: 'file', path: 'etc/os-release', content: OS_RELEASE },
  ]);
  const root = await tinyRoot();
  const layers = [root.archive, greeting];
  const config = Buffer.from(JSON.stringify(imageConfig(layers, root.origin)));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: descriptor('config.v1+json', config),
      layers: layers.map((layer) => descriptor('layer.v1.tar', layer)),
    }),
  );
  const [name, tag] = BASE_IMAGE.split(':');
  const annotations = {
    'io.containerd.image.name': `docker.io/library/${BASE_IMAGE}`,
    'org.opencontainers.image.ref.name': tag,
  };
  return tarArchive([
    json('oci-layout', { imageLayoutVersion: '1.0.0' }),
    json('index.json', {
      schemaVersion: 2,
      manifests: [{ ...descriptor('manifest.v1+json', manifest), annotations }],
    }),
    json('manifest.json', [
      { Config: blobPath(config), RepoTags: [`${name}:${tag}`], Layers: layers.map(blobPath) },
    ]),
    { type: 'folder', path: 'blobs/' },
    { type: 'folder', path: 'blobs/sha256/' },
    ...[config, manifest, ...layers].map((blob): TarEntry => ({
      type: 'file',
      path: blobPath(blob),
      content: blob,
    })),
  ]);
}

function descriptor(mediaType: string, blob: Buffer): { mediaType: string; digest: string; size: number } {
  return {
    mediaType: `application/vnd.oci.image.${mediaType}`,
    digest: `sha256:${digest(blob)}`,
    size: blob.length,
  };
}

function json(path: string, value: unknown): TarEntry {
  return { type: 'file', path, content: JSON.stringify(value) };
}

function imageConfig(layers: readonly Buffer[], origin: string): object {
  const created = '2026-01-01T00:00:00Z';
  return {
    created,
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: 'linux',
    config: {
      Cmd: ['sh'],
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      WorkingDir: '/',
      Labels: { [BASE_LABEL]: '1', 'org.opencontainers.image.title': 'tiny' },
    },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${digest(layer)}`) },
    history: [
      { created, created_by: `COPY tiny / # ${origin}` },
      { created, created_by: 'COPY motd os-release /etc/' },
      { created, created_by: 'CMD ["sh"]', empty_layer: true },
    ],
  };
}

const blobPath = (blob: Buffer) => `blobs/sha256/${digest(blob)}`;

function digest(blob: Buffer): string {
  return createHash('sha256').update(blob).digest('hex');
}
