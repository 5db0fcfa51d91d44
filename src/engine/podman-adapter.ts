import type { Agreement } from './agree-version.ts';
import { commonEngine } from './common-engine.ts';
import type { Engine } from './engine.ts';
import { podmanEvents } from './podman-events.ts';
import { readPodmanContainer, readPodmanImage } from './podman-rows.ts';
import { readNetwork } from './read-network.ts';
import { readVolume } from './read-volume.ts';
import { watchEvents } from './watch-events.ts';

export function podmanEngine(agreement: Agreement): Engine {
  return {
    ...commonEngine(agreement, {
      features: ['build'],
      diffNoise: ['/etc'],
      archiveSeesTmpfs: true,
      archiveKeepsOwners: false,
      readers: {
        container: readPodmanContainer,
        image: readPodmanImage,
        volume: readVolume,
        network: readNetwork,
      },
      stats: 'poll',
      volumePruning: 'one-by-one',
      hasLibpod: true,
      sizesFiltered: false,
      stopTimeout: 10,
      stopsEarly: false,
    }),
    family: 'podman',
    // 4.3 says nothing when a network is made or removed. Newer ones may; polling them as well costs 10 ms.
    silentKinds: ['network'],
    watch: (options) => watchEvents(agreement.client, podmanEvents, options),
  };
}
