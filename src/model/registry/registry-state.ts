import type { CatalogueTag } from '../../engine/registry-catalogue.ts';

/** The registry of the open lesson; without one that of the sandbox, while its page is open. */
export type RegistryState = {
  /** Host and port; empty where there is none, or none yet. */
  address: string;
  whose: 'lesson' | 'sandbox';
  /** `none`: not looked into yet. */
  phase: 'none' | 'read' | 'lost';
  /** Why it is lost, or why there is none. */
  why: string;
  /** Goes up with everything that is done in it. */
  happened: number;
  tags: readonly CatalogueTag[];
  /** Names that local images have, by the digest that they were pulled or pushed with. */
  here: ReadonlyMap<string, readonly string[]>;
};

export type RegistryEvents =
  | { type: 'registry-opened'; address: string; whose: RegistryState['whose'] }
  /** A push, a pull or a removal. */
  | { type: 'registry-used' }
  | { type: 'registry-read'; tags: RegistryState['tags']; here: RegistryState['here'] }
  | { type: 'registry-lost'; why: string }
  | { type: 'registry-closed' };

export const NO_REGISTRY: RegistryState = {
  address: '',
  whose: 'sandbox',
  phase: 'none',
  why: '',
  happened: 0,
  tags: [],
  here: new Map(),
};

export function reduceRegistry(registry: RegistryState, event: RegistryEvents): RegistryState {
  switch (event.type) {
    case 'registry-opened':
      return { ...NO_REGISTRY, address: event.address, whose: event.whose };
    case 'registry-used':
      return { ...registry, happened: registry.happened + 1 };
    case 'registry-read':
      return { ...registry, phase: 'read', why: '', tags: event.tags, here: event.here };
    case 'registry-lost':
      // What was in it stays in view, as what it was.
      return { ...registry, phase: 'lost', why: event.why };
    case 'registry-closed':
      return NO_REGISTRY;
  }
}
