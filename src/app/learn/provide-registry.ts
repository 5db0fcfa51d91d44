import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followSandboxRegistry } from '../../sandbox/follow-registry.ts';
import { placesOf } from '../../sandbox/places.ts';
import { emptyRegistry } from '../../sandbox/registry/empty-registry.ts';
import { openRegistry } from '../../sandbox/registry/open-registry.ts';
import type { RegistryEvent } from '../../sandbox/registry/registry-event.ts';
import type { Provider } from './provide-features.ts';

/** A registry for the engine, on loopback; a text says why there can be none. */
export const provideRegistry: Provider = async ({ engine, network, onTask }) => {
  if (network.in === 'elsewhere') return 'A registry of its own cannot be put beside an engine elsewhere.';
  if (network.in === 'machine' && engine.family === 'podman')
    return 'Your podman would have to be told, in a file of yours, to speak plain HTTP to the registry; a sandbox’s can.';
  onTask?.('Starting a registry');
  try {
    const listeners = new Set<(event: RegistryEvent) => void>();
    const onEvent = (event: RegistryEvent): void => {
      for (const listener of listeners) listener(event);
    };
    const opened =
      network.in === 'sandbox'
        ? await followSandboxRegistry({ onEvent, places: placesOf(engine.family) })
        : await openOwn(network.in === 'namespace' ? network.holder : null, onEvent);
    const { address } = opened;
    const listen = (listener: (event: RegistryEvent) => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    return {
      values: { registry: address },
      registry: { address, onEvent: listen },
      clear: () => emptyRegistry(address),
      close: async () => opened.close(),
    };
  } catch (error) {
    return `The registry cannot be started: ${error instanceof Error ? error.message : String(error)}`;
  }
};

async function openOwn(
  holder: number | null,
  onEvent: (event: RegistryEvent) => void,
): Promise<{ address: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-registry-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const registry = await openRegistry({ folder: join(folder, 'held'), holder, onEvent });
    return { address: registry.address, close: () => registry.close().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
