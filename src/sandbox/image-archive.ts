import { createHash } from 'node:crypto';
import { type TarEntry, tarArchive } from './tar.ts';

/** An image to be put together: uncompressed layers, each with the line that its history shows. */
export type ImageParts = {
  /** `name:tag`. */
  name: string;
  layers: readonly { tar: Buffer; createdBy: string }[];
  command: readonly string[];
  /** Ports that it says it listens on, as `80/tcp`. */
  ports?: readonly string[];
  labels: Readonly<Record<string, string>>;
};

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
const CREATED = '2026-01-01T00:00:00Z';

/**
 * An image as one tar that is a `docker save` archive and an OCI layout at once. Podman needs the OCI index, without
 * which it names the image `localhost/…`; Docker before 25 needs manifest.json. The id depends on the content only.
 */
export function imageArchive(parts: ImageParts): Buffer {
  const layers = parts.layers.map(({ tar }) => tar);
  const config = imageConfig(parts);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: descriptor('config.v1+json', config),
      layers: layers.map((layer) => descriptor('layer.v1.tar', layer)),
    }),
  );
  const annotations = {
    'io.containerd.image.name': `docker.io/library/${parts.name}`,
    'org.opencontainers.image.ref.name': parts.name.split(':')[1],
  };
  return tarArchive([
    json('oci-layout', { imageLayoutVersion: '1.0.0' }),
    json('index.json', {
      schemaVersion: 2,
      manifests: [{ ...descriptor('manifest.v1+json', manifest), annotations }],
    }),
    json('manifest.json', [
      { Config: blobPath(config), RepoTags: [parts.name], Layers: layers.map(blobPath) },
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

/** What an image says of itself beside its files; its sha256 is the image's id. */
export function imageConfig({ layers, command, ports = [], labels }: ImageParts): Buffer {
  return Buffer.from(
    JSON.stringify({
      created: CREATED,
      architecture: ARCHITECTURES[process.arch] ?? process.arch,
      os: 'linux',
      config: {
        Cmd: command,
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        ...(ports.length === 0 ? {} : { ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])) }),
        WorkingDir: '/',
        Labels: labels,
      },
      rootfs: { type: 'layers', diff_ids: layers.map(({ tar }) => sha256(tar)) },
      history: [
        ...layers.map(({ createdBy }) => ({ created: CREATED, created_by: createdBy })),
        ...ports.map((port) => ({ created: CREATED, created_by: `EXPOSE ${port}`, empty_layer: true })),
        { created: CREATED, created_by: `CMD ${JSON.stringify(command)}`, empty_layer: true },
      ],
    }),
  );
}

/** `sha256:…`, as digests are written. */
export function sha256(blob: Buffer): string {
  return `sha256:${createHash('sha256').update(blob).digest('hex')}`;
}

function descriptor(mediaType: string, blob: Buffer): { mediaType: string; digest: string; size: number } {
  return {
    mediaType: `application/vnd.oci.image.${mediaType}`,
    digest: sha256(blob),
    size: blob.length,
  };
}

function json(path: string, value: unknown): TarEntry {
  return { type: 'file', path, content: JSON.stringify(value) };
}

const blobPath = (blob: Buffer) => `blobs/${sha256(blob).replace(':', '/')}`;
