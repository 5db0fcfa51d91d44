import { apiPath, filters, withQuery } from './api-path.ts';
import { cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import type { Command, Outcome } from './commands.ts';
import { EngineError } from './errors.ts';
import type { Call } from './exchange.ts';
import { looseRow } from './fields.ts';
import { readVolume } from './read-volume.ts';

type Prune = Extract<Command, { do: 'prune' }>;
type Limits = Pick<Call, 'signal' | 'answerWithin'>;

/**
 * What `POST /volumes/prune` means: since API 1.42 only volumes without a name unless `all` is given (`filtered`);
 * before, every unused one (`everything`). Podman knows neither the filter nor the difference: one by one.
 */
export type VolumePruning = 'filtered' | 'everything' | 'one-by-one';

/** Removes what nothing uses. `all`: for images not only dangling ones, for volumes also those with a name. */
export async function prune(
  client: Client,
  command: Prune,
  pruning: VolumePruning,
  limits: Limits,
): Promise<Outcome> {
  const isOneByOne = pruning === 'one-by-one' || (pruning === 'everything' && !command.all);
  if (command.what === 'volume' && isOneByOne) return pruneVolumes(client, command.all, limits);
  const reply = await client
    .json({ method: 'POST', path: pathOf(command, pruning), ...limits })
    .catch((error) => {
      throw command.what === 'build-cache' ? withoutBuildCache(error) : error;
    });
  return { affected: removedIn(reply), reclaimed: reclaimedIn(reply), warnings: [] };
}

/** Podman has no such path. */
function withoutBuildCache(error: unknown): unknown {
  const isUnknownPath = error instanceof EngineError && error.kind === 'not-found';
  return isUnknownPath
    ? new EngineError('unsupported', 'this engine keeps no build cache', { cause: error })
    : error;
}

function pathOf({ what, all }: Prune, pruning: VolumePruning): string {
  switch (what) {
    case 'container':
      return '/containers/prune';
    case 'image':
      return withQuery('/images/prune', { filters: filters({ dangling: [String(!all)] }) });
    case 'volume':
      return withQuery(
        '/volumes/prune',
        pruning === 'filtered' && all ? { filters: filters({ all: ['true'] }) } : {},
      );
    case 'network':
      return '/networks/prune';
    case 'build-cache':
      return withQuery('/build/prune', { all });
  }
}

async function pruneVolumes(client: Client, all: boolean, limits: Limits): Promise<Outcome> {
  const path = withQuery('/volumes', { filters: filters({ dangling: ['true'] }) });
  const { Volumes } = looseRow(await client.json({ path, ...limits }));
  const unused = (Array.isArray(Volumes) ? Volumes : []).map((raw) => readVolume(looseRow(raw)));
  const outcome = { affected: [] as string[], reclaimed: null, warnings: [] as string[] };
  for (const { name, anonymous } of unused) {
    if (!all && !anonymous) continue;
    const warning = await removeUnlessUsed(client, name, limits);
    if (warning === null) outcome.affected.push(name);
    else outcome.warnings.push(warning);
  }
  return outcome;
}

/** Taken into use since the list was made: not an error of the whole. */
async function removeUnlessUsed(client: Client, name: string, limits: Limits): Promise<string | null> {
  try {
    await client.send({ method: 'DELETE', path: apiPath`/volumes/${name}`, ...limits });
    return null;
  } catch (error) {
    if (error instanceof EngineError && ['conflict', 'not-found'].includes(error.kind)) return error.message;
    throw error;
  }
}

const REMOVED_KEYS = [
  'ContainersDeleted',
  'VolumesDeleted',
  'NetworksDeleted',
  'CachesDeleted',
  'ImagesDeleted',
];

function removedIn(reply: unknown): string[] {
  const found = REMOVED_KEYS.flatMap((key) => {
    const value = looseRow(reply)[key];
    return Array.isArray(value) ? (value as unknown[]) : [];
  });
  return found.flatMap((entry) => {
    const { Untagged, Deleted } = looseRow(entry);
    const said = typeof entry === 'string' ? entry : (Untagged ?? Deleted);
    return typeof said === 'string' ? cleanText(said) : [];
  });
}

function reclaimedIn(reply: unknown): number | null {
  const bytes = looseRow(reply)['SpaceReclaimed'];
  return typeof bytes === 'number' ? bytes : null;
}
