import { createHash } from 'node:crypto';
import { oddTar, type OddEntry } from '../../support/odd-tar.ts';
import type { MadeImage } from './made-images.ts';

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

export type Archived = { name: string; archives: readonly Buffer[]; diffIds: readonly string[] };

export const archived = ({ name, layers }: MadeImage): Archived => {
  const archives = layers.map(oddTar);
  return { name, archives, diffIds: archives.map((archive) => `sha256:${sha256(archive)}`) };
};

export function configOf({ diffIds }: Archived, more: object = {}): Buffer {
  const history = diffIds.map((_, i) => ({ created: '2026-01-01T00:00:00Z', created_by: `COPY ${i} /` }));
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: diffIds },
  };
  return Buffer.from(JSON.stringify({ ...config, history, ...more }));
}

/** One archive as `docker save` of version 24 and before writes it, with so many images. */
export function savedImages(images: readonly Archived[]): Buffer {
  const entries = new Map<string, OddEntry>();
  const manifest = images.map((image) => {
    const config = configOf(image);
    entries.set(`${sha256(config)}.json`, { name: `${sha256(config)}.json`, content: config });
    const layers = image.archives.map((archive) => {
      const name = `${sha256(archive)}/layer.tar`;
      entries.set(name, { name, content: archive });
      return name;
    });
    return { Config: `${sha256(config)}.json`, RepoTags: [`${image.name}:made`], Layers: layers };
  });
  return oddTar([...entries.values(), { name: 'manifest.json', content: JSON.stringify(manifest) }]);
}
