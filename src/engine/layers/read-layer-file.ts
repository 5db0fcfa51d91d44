import type { Client } from '../client.ts';
import type { FileOptions, FoundFile } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { foundText } from '../found-text.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import type { TarBody } from '../tar/tar-reader.ts';
import { imageDetails } from '../image-details.ts';
import { joinArchive } from './join-archive.ts';
import { cleanPath } from './layer-reader.ts';
import { readMembers } from './read-members.ts';
import { savedImage } from './read-layers.ts';
import { pieces } from './read-save-archive.ts';
import { storedFile } from './stored-file.ts';
import type { Store } from './stored-image.ts';

const DEFAULT_LIMIT = 64 * 1024;

/** Which file: of the image's layer with this index, by its exact path. */
export type LayerFileAt = FileOptions & {
  imageId: string;
  layer: number;
  path: string;
  /** False: only what the API gives, as for `readLayers`. */
  fast?: boolean;
};

/** A second name of another file in the same layer. */
type Found = FoundFile | { kind: 'hard-link'; target: string };

/**
 * What a layer holds at a path, be it removed or overwritten by a later one; null for nothing. From the engine's disk where
 * that can be read, else from its archive, which is read up to the file where the layers say their names.
 */
export async function readLayerFile(
  client: Client,
  store: Store,
  at: LayerFileAt,
): Promise<FoundFile | null> {
  const image = await imageDetails(client, at.imageId, at.signal);
  const diffId = image.layers[at.layer];
  if (diffId === undefined) throw new EngineError('not-found', `the image has no layer ${at.layer + 1}`);
  const wanted = { limit: at.limit ?? DEFAULT_LIMIT, path: at.path };
  const { fast = true, signal, layer } = at;
  const stored = fast
    ? await storedFile(store, { id: image.id, diffIds: image.layers, signal }, { ...wanted, layer })
    : null;
  if (stored !== null) return stored.file;
  const found = await archivedFile(client, image, { ...wanted, layer, signal });
  if (found?.kind !== 'hard-link') return found;
  const linked = await archivedFile(client, image, { ...wanted, path: found.target, layer, signal });
  return linked?.kind === 'hard-link' ? null : linked;
}

type Wanted = { layer: number; path: string; limit: number; signal: AbortSignal | undefined };

async function archivedFile(
  client: Client,
  image: { id: string; layers: readonly string[] },
  { layer, path, limit, signal }: Wanted,
): Promise<Found | null> {
  const found = new Map<string, Found>();
  let isFound = false;
  const diffId = image.layers[layer]!;
  const digest = diffId.slice(diffId.indexOf(':') + 1);
  const response = await client.stream(savedImage(image.id, signal));
  const members = await readMembers(pieces(response), {
    tapFor: (member) => (entry) => {
      if (cleanPath(entry.name) !== path) return undefined;
      return kept(entry, limit, (file) => {
        found.set(member, file);
        isFound ||= member.includes(digest);
      });
    },
    isEnough: () => isFound,
  });
  if (isFound) return [...found].find(([member]) => member.includes(digest))![1];
  const { paths } = joinArchive(members, { diffIds: image.layers });
  return found.get(paths[layer]!) ?? null;
}

function kept({ type, target }: TarEntry, limit: number, done: (file: Found) => void): TarBody | undefined {
  if (type === 'folder') done({ kind: 'folder' });
  else if (type === 'hard-link') done({ kind: 'hard-link', target: cleanPath(target) });
  else if (type !== 'file') done({ kind: 'other' });
  return type === 'file' ? textBody(limit, (bytes) => done(foundText(bytes))) : undefined;
}

/** Told as soon as there is enough of it. */
function textBody(limit: number, done: (bytes: Buffer) => void): TarBody {
  const parts: Buffer[] = [];
  let left = limit;
  const finish = (): void => done(Buffer.concat(parts));
  return {
    write(bytes) {
      if (left === 0) return;
      const part = bytes.subarray(0, left);
      parts.push(Buffer.from(part));
      left -= part.length;
      if (left === 0) finish();
    },
    end() {
      if (left > 0) finish();
    },
  };
}
