import { isOlder, parseVersion } from './agree-version.ts';
import type { Agreement } from './agree-version.ts';
import { commonEngine } from './common-engine.ts';
import { dockerEvents } from './docker-events.ts';
import type { Engine } from './engine.ts';
import { readContainer } from './read-container.ts';
import { readImage } from './read-image.ts';
import { readNetwork } from './read-network.ts';
import { readVolume } from './read-volume.ts';
import { watchEvents } from './watch-events.ts';

/** Since this version one-shot stats are quick, prunes spare named volumes, and `df` can be asked for volumes only. */
const MODERN = [1, 42] as const;

export function dockerEngine(agreement: Agreement): Engine {
  const version = parseVersion(agreement.apiVersion);
  const isModern = version !== null && !isOlder(version, MODERN);
  return {
    ...commonEngine(agreement, {
      features: ['build', 'swarm'],
      diffNoise: [],
      archiveSeesTmpfs: false,
      archiveKeepsOwners: true,
      readers: { container: readContainer, image: readImage, volume: readVolume, network: readNetwork },
      stats: isModern ? 'poll' : 'stream',
      volumePruning: isModern ? 'filtered' : 'everything',
      hasLibpod: false,
      sizesFiltered: isModern,
      stopTimeout: null,
      stopsEarly: true,
    }),
    family: 'docker',
    silentKinds: [],
    watch: (options) => watchEvents(agreement.client, dockerEvents, options),
  };
}
