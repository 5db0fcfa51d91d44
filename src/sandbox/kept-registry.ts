import { join } from 'node:path';
import type { Places } from './places.ts';
import { type Registry, openRegistry } from './registry/open-registry.ts';

/** The sandbox's registry: opened when it is first asked for, and there until the sandbox ends or is reset. */
export type KeptRegistry = {
  /** Gives its address. Throws `Error` where it cannot be opened. */
  open(holder: number): Promise<string>;
  close(): Promise<void>;
};

export function keepRegistry({ state }: Places): KeptRegistry {
  let held: { holder: number; registry: Promise<Registry> } | null = null;
  const close = async (): Promise<void> => {
    const closing = held;
    held = null;
    // One that could not be opened has said so to whoever asked.
    await closing?.registry.then((registry) => registry.close()).catch(() => undefined);
  };
  return {
    open: async (holder) => {
      // Its sockets are gone with the network of an engine that had to be started again.
      if (held !== null && held.holder !== holder) await close();
      held ??= { holder, registry: openRegistry({ folder: join(state, 'registry'), holder }) };
      const opening = held;
      try {
        return (await opening.registry).address;
      } catch (error) {
        if (held === opening) held = null;
        throw error;
      }
    },
    close,
  };
}
