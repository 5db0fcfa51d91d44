import { ask, parse, refused, textsIn } from './ask-registry.ts';
import { cleanText } from './clean-text.ts';
import { EngineError } from './errors.ts';
import { looseRow } from './fields.ts';

/** A tag of a repository, as a registry has it. */
export type CatalogueTag = {
  repository: string;
  tag: string;
  digest: string;
  /** Bytes that a pull of all of it fetches; null where the manifest does not tell, as that of several platforms. */
  size: number | null;
};

/** A registry of lessons has a handful. */
const MOST_TAGS = 300;

/** All tags of a registry, by name; at most 300. Throws `EngineError`: `lost` where none answers. */
export async function readCatalogue(address: string, signal: AbortSignal): Promise<CatalogueTag[]> {
  const names = await listed(address, '/v2/_catalog?n=1000', 'repositories', signal);
  const found: CatalogueTag[] = [];
  for (const repository of names.toSorted()) {
    for (const tag of await listed(address, `/v2/${repository}/tags/list?n=1000`, 'tags', signal)) {
      if (found.length >= MOST_TAGS) return found;
      const read = await readTag(address, repository, tag, signal);
      if (read !== null) found.push(read);
    }
  }
  return found;
}

/** Null for one that has been removed since it was listed. */
async function readTag(
  address: string,
  repository: string,
  tag: string,
  signal: AbortSignal,
): Promise<CatalogueTag | null> {
  const reply = await answered(address, `/v2/${repository}/manifests/${tag}`, signal);
  if (reply.status === 404) return null;
  if (reply.status !== 200) throw refused(reply);
  const digest = cleanText(String(reply.headers['docker-content-digest'] ?? ''));
  return { repository, tag, digest, size: sizeOf(reply.body) };
}

function sizeOf(manifest: string): number | null {
  const { config, layers } = looseRow(parse(manifest));
  if (!Array.isArray(layers)) return null;
  const sizes = [config, ...(layers as unknown[])].map((part) => Number(looseRow(part)['size']));
  return sizes.every(Number.isFinite) ? sizes.reduce((sum, size) => sum + size, 0) : null;
}

async function listed(
  address: string,
  path: string,
  key: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const reply = await answered(address, path, signal);
  // The last tag of a repository has gone meanwhile.
  if (reply.status === 404) return [];
  if (reply.status !== 200) throw refused(reply);
  return textsIn(reply.body, key);
}

async function answered(address: string, path: string, signal: AbortSignal) {
  const reply = await ask(address, 'GET', path, signal);
  if (reply === null) throw new EngineError('lost', `no registry answers at ${address}`);
  return reply;
}
