import type { Agreement } from './agree-version.ts';
import { carryOut } from './carry-out.ts';
import { engineData } from './data/engine-data.ts';
import { containerChanges } from './container-changes.ts';
import { containerDetails } from './container-details.ts';
import type { Engine, EngineAbout } from './engine.ts';
import { execSession } from './exec-session.ts';
import { engineFiles } from './files/open-files.ts';
import { statPath } from './files/stat-path.ts';
import { imageDetails, imageHistory } from './image-details.ts';
import { countLayers } from './image-layers.ts';
import { imageOutline } from './layers/image-outline.ts';
import { inspectObject } from './inspect-object.ts';
import { readLayerFile } from './layers/read-layer-file.ts';
import { readLayers } from './layers/read-layers.ts';
import { countFailedTasks, listServices, readSwarm } from './list-services.ts';
import { listObjects } from './list-objects.ts';
import { loadImages } from './load-images.ts';
import type { Manners } from './manners.ts';
import { readAbout } from './read-about.ts';
import { readFile } from './read-file.ts';
import { readVolumeFile } from './read-volume-file.ts';
import { runScript } from './run-script.ts';
import { streamLogs } from './stream-logs.ts';
import { streamStats } from './stream-stats.ts';
import { volumeSizes } from './volume-sizes.ts';

/** With a question every 2 s, an engine that does not answer is known to be away within 5 s. */
const PING_WITHIN = 2500;

/** What Docker and podman answer alike. Each adapter adds its own to it. */
export function commonEngine(
  { client, apiVersion }: Agreement,
  manners: Manners,
): Omit<Engine, 'family' | 'silentKinds' | 'watch'> {
  const about = once(() => readAbout(client, apiVersion));
  const hostMemory = (): Promise<number> => about().then(({ memory }) => memory);
  const store = {
    family: manners.hasLibpod ? 'podman' : 'docker',
    endpoint: client.endpoint,
    about,
  } as const;
  return {
    host: client.host,
    endpoint: client.endpoint,
    apiVersion,
    about,
    ping: () => client.probe({ path: '/_ping', answerWithin: PING_WITHIN }),
    list: (kind, ids) => listObjects(client, manners.readers, kind, ids),
    carryOut: (command, options) => carryOut(client, manners, command, options),
    logs: (id, options) => streamLogs(client, id, options),
    stats: (id, { signal }) => streamStats({ client, how: manners.stats, hostMemory }, id, signal),
    inspect: (kind, id) => inspectObject(client, kind, id),
    containerDetails: (id, options) => containerDetails(client, id, options?.signal),
    imageDetails: (id, options) => imageDetails(client, id, options?.signal),
    history: (id, options) => imageHistory(client, id, options?.signal),
    imageOutline: (id, options) => imageOutline(client, id, options?.signal),
    changes: (id, options) => containerChanges(client, manners, id, options?.signal),
    readFile: (id, path, options) => readFile(client, manners, { id, path, ...options }),
    statPath: (id, path, options) => statPath(client, id, path, options?.signal),
    readVolumeFile: (volume, path, options) => readVolumeFile(client, manners, { volume, path, ...options }),
    files: engineFiles({ client, manners }),
    services: (options) => listServices(client, manners, options?.signal),
    swarm: (options) => readSwarm(client, manners, options?.signal),
    failedTasks: (id, options) => countFailedTasks(client, id, options?.signal),
    features: manners.features,
    runScript: (spec) => runScript(client, manners, spec),
    readLayers: (id, options) => readLayers(client, store, id, options),
    readLayerFile: (at) => readLayerFile(client, store, at),
    countLayers: (id) => countLayers(client, id),
    volumeSizes: ({ signal }) => volumeSizes(client, signal, manners.sizesFiltered),
    data: engineData(client, manners),
    exec: (id, options) => execSession(client, id, options),
    load: (archive, { signal } = {}) => loadImages(client, archive, signal),
    async *build(request, { signal }) {
      const { buildImage } = await import('./build/build-image.ts');
      yield* buildImage(client, request, signal);
    },
    close: () => client.close(),
  };
}

/** Asked once, and again only if that failed. */
function once(ask: () => Promise<EngineAbout>): () => Promise<EngineAbout> {
  let answer: Promise<EngineAbout> | null = null;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = null;
      throw error;
    });
    return answer;
  };
}
