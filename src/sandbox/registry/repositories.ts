import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../has-code.ts';
import { Refusal } from './refusal.ts';

/**
 * What a registry holds, on disk: `blobs/HEX` are the bytes; below `repositories/NAME/` a repository has a file for each
 * of its `_blobs/HEX` (empty), `_manifests/HEX` (the media type), and `_tags/TAG` (the digest). No part of a name
 * begins with `_`, so that a repository `a` and one called `a/b` do not meet.
 */
export type Repositories = {
  names(): Promise<string[]>;
  /** Null for a repository that is not there. */
  tags(name: string): Promise<string[] | null>;
  /** Bytes of a blob that belongs to the repository; null when it does not. */
  blobSize(name: string, digest: string): Promise<number | null>;
  blobPath(digest: string): string;
  link(name: string, digest: string): Promise<void>;
  unlink(name: string, digest: string): Promise<void>;
  putManifest(name: string, reference: string, manifest: Manifest): Promise<void>;
  manifest(name: string, reference: string): Promise<Manifest>;
  /** By its digest, with all its tags; or one tag only. The blobs stay. */
  removeManifest(name: string, reference: string): Promise<void>;
};

export type Manifest = { digest: string; mediaType: string; content: Buffer };

export function openRepositories(folder: string): Repositories {
  const at = (name: string, ...rest: string[]): string => join(folder, 'repositories', name, ...rest);
  const blobPath = (digest: string): string => join(folder, 'blobs', hex(digest));
  const digestOf = async (name: string, reference: string): Promise<string> => {
    const digest = reference.startsWith('sha256:')
      ? reference
      : await unlessMissing(readFile(at(name, '_tags', reference), 'utf8'));
    if (digest === null) throw unknownManifest(name, reference);
    return digest;
  };
  const tags = async (name: string): Promise<string[] | null> => {
    const found = await unlessMissing(readdir(at(name, '_tags')));
    return found?.toSorted() ?? null;
  };
  return {
    names: async () => (await namesBelow(join(folder, 'repositories'), '')).toSorted(),
    tags,
    blobPath,
    blobSize: async (name, digest) => {
      if ((await unlessMissing(stat(at(name, '_blobs', hex(digest))))) === null) return null;
      return (await unlessMissing(stat(blobPath(digest))))?.size ?? null;
    },
    link: (name, digest) => put(at(name, '_blobs'), hex(digest), ''),
    unlink: (name, digest) => rm(at(name, '_blobs', hex(digest)), { force: true }),
    putManifest: async (name, reference, { digest, mediaType, content }) => {
      await put(join(folder, 'blobs'), hex(digest), content);
      await put(at(name, '_manifests'), hex(digest), mediaType);
      await mkdir(at(name, '_tags'), { recursive: true });
      if (!reference.startsWith('sha256:')) await put(at(name, '_tags'), reference, digest);
    },
    manifest: async (name, reference) => {
      const digest = await digestOf(name, reference);
      const mediaType = await unlessMissing(readFile(at(name, '_manifests', hex(digest)), 'utf8'));
      const content = await unlessMissing(readFile(blobPath(digest)));
      if (mediaType === null || content === null) throw unknownManifest(name, reference);
      return { digest, mediaType, content };
    },
    removeManifest: async (name, reference) => {
      const digest = await digestOf(name, reference);
      if (!reference.startsWith('sha256:')) return rm(at(name, '_tags', reference));
      if ((await unlessMissing(stat(at(name, '_manifests', hex(digest))))) === null)
        throw unknownManifest(name, reference);
      for (const tag of (await tags(name)) ?? [])
        if ((await readFile(at(name, '_tags', tag), 'utf8')) === digest) await rm(at(name, '_tags', tag));
      await rm(at(name, '_manifests', hex(digest)));
    },
  };
}

async function namesBelow(folder: string, prefix: string): Promise<string[]> {
  const entries = (await unlessMissing(readdir(folder))) ?? [];
  const below = entries.filter((entry) => !entry.startsWith('_'));
  const deeper = await Promise.all(
    below.map((entry) => namesBelow(join(folder, entry), `${prefix}${entry}/`)),
  );
  return [...(entries.includes('_tags') ? [prefix.slice(0, -1)] : []), ...deeper.flat()];
}

async function put(folder: string, name: string, content: string | Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), content);
}

export async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function unknownManifest(name: string, reference: string): Refusal {
  return new Refusal('MANIFEST_UNKNOWN', `manifest unknown: ${name} has no ${reference}`);
}

function hex(digest: string): string {
  return digest.slice('sha256:'.length);
}
