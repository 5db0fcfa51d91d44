import { join } from 'node:path';
import type { Places } from './places.ts';
import { type Registry, openRegistry } from './registry/open-registry.ts';
import type { RegistryEvent } from './registry/registry-event.ts';

/** The sandbox's registry: opened when it is first asked for, and there until the sandbox ends or is reset. */
export type KeptRegistry = {
  /** Gives its address. Throws `Error` where it cannot be opened. */
  open(holder: number): Promise<string>;
  /** Tells of what happens in it, and that it was closed; gives what ends that. */
  follow(listener: RegistryListener): () => void;
  close(): Promise<void>;
};

export type RegistryListener = { onEvent: (event: RegistryEvent) => void; onClose: () => void };

export function keepRegistry({ state }: Places): KeptRegistry {
  let held: { holder: number; registry: Promise<Registry> } | null = null;
  const listeners = new Set<RegistryListener>();
  const onEvent = (event: RegistryEvent): void => {
    for (const listener of listeners) listener.onEvent(event);
  };
  const close = async (): Promise<void> => {
    const closing = held;
    held = null;
    // One that could not be opened has said so to whoever asked.
    if (closing !== null) for (const listener of listeners) listener.onClose();
    await closing?.registry.then((registry) => registry.close()).catch(() => undefined);
  };
  return {
    open: async (holder) => {
      // Its sockets are gone with the network of an engine that had to be started again.
      if (held !== null && held.holder !== holder) await close();
      held ??= { holder, registry: openRegistry({ folder: join(state, 'registry'), holder, onEvent }) };
      const opening = held;
      try {
        return (await opening.registry).address;
      } catch (error) {
        if (held === opening) held = null;
        throw error;
      }
    },
    follow: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close,
  };
}
