import { apiPath, filters, withQuery } from './api-path.ts';
import { cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import type { Command, Outcome } from './commands.ts';
import { EngineError } from './errors.ts';
import type { Call } from './exchange.ts';
import { looseRow } from './fields.ts';
import type { Manners } from './manners.ts';
import { readVolume } from './read-volume.ts';

type Prune = Extract<Command, { do: 'prune' }>;
type Limits = Pick<Call, 'signal' | 'answerWithin'>;

/** Removes what nothing uses. `all`: for images not only dangling ones, for volumes also those with a name. */
export async function prune(
  client: Client,
  command: Prune,
  manners: Manners,
  limits: Limits,
): Promise<Outcome> {
  const { volumePruning } = manners;
  const isOneByOne = volumePruning === 'one-by-one' || (volumePruning === 'everything' && !command.all);
  if (command.what === 'volume' && isOneByOne) return pruneVolumes(client, command.all, limits);
  const isForLibpod = manners.hasLibpod && command.all;
  if (command.what === 'image' && isForLibpod) return pruneImagesOfPodman(client, limits);
  const reply = await client
    .json({ method: 'POST', path: pathOf(command, manners), ...limits })
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

function pathOf({ what, all }: Prune, { volumePruning }: Manners): string {
  switch (what) {
    case 'container':
      return '/containers/prune';
    case 'image':
      return withQuery('/images/prune', { filters: filters({ dangling: [String(!all)] }) });
    case 'volume':
      return withQuery(
        '/volumes/prune',
        volumePruning === 'filtered' && all ? { filters: filters({ all: ['true'] }) } : {},
      );
    case 'network':
      return '/networks/prune';
    case 'build-cache':
      return withQuery('/build/prune', { all });
  }
}

/** `[{Id, Size, Err}]` */
async function pruneImagesOfPodman(client: Client, limits: Limits): Promise<Outcome> {
  const reply = await client.json({ method: 'POST', path: '/libpod/images/prune?all=true', ...limits });
  const rows = (Array.isArray(reply) ? reply : []).map(looseRow);
  const removed = rows.filter(({ Id }) => typeof Id === 'string');
  const sizes = removed.map(({ Size }) => (typeof Size === 'number' ? Size : 0));
  return {
    affected: removed.map(({ Id }) => cleanText(String(Id))),
    reclaimed: sizes.reduce((total, size) => total + size, 0),
    warnings: rows.flatMap(({ Err }) => (typeof Err === 'string' && Err !== '' ? cleanText(Err) : [])),
  };
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
