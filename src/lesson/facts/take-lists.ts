import type { Engine } from '../../engine/engine.ts';
import type { Container, Image, Item, Kind, Network, ObjectOf, Volume } from '../../engine/objects.ts';
import { isOwnHelper } from '../../engine/own-helper.ts';

/** What an engine holds, without what Slipway itself made to look into something, and without what cannot be read. */
export type Lists = {
  containers: readonly Container[];
  images: readonly Image[];
  volumes: readonly Volume[];
  networks: readonly Network[];
};

/** One call for each kind, at the same time. Throws `EngineError`. */
export async function takeLists(engine: Engine): Promise<Lists> {
  const [containers, images, volumes, networks] = await Promise.all([
    readable(engine, 'container'),
    readable(engine, 'image'),
    readable(engine, 'volume'),
    readable(engine, 'network'),
  ]);
  return { containers: containers.filter((item) => !isOwnHelper(item)), images, volumes, networks };
}

async function readable<K extends Kind>(engine: Engine, kind: K): Promise<ObjectOf[K][]> {
  const items: Item<K>[] = await engine.list(kind);
  return items.filter((item): item is ObjectOf[K] => item.kind !== 'unreadable');
}
