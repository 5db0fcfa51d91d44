import type { Engine } from '../engine/engine.ts';
import type { RegistryEvent } from '../sandbox/registry/registry-event.ts';
import type { Feature, ProvidedName } from './lesson.ts';

/** What there is for a lesson beside its engine. */
export type Provided = {
  /** Those of the engine, too. */
  features: ReadonlySet<Feature>;
  /** Why others are not there, a sentence each. */
  lacking: ReadonlyMap<Feature, string>;
  /** For the variables `{ from: … }`. */
  values: Readonly<Record<ProvidedName, string>>;
  /** The second engine; null where the lesson asks for none, or there is none. */
  elsewhere: Engine | null;
  /** Its own registry; null where the lesson asks for none, or there is none. */
  registry: HeardRegistry | null;
  /** Takes away what playing has left in it, for the next play. */
  clear(): Promise<void>;
};

/** A registry that tells of what happens in it. */
export type HeardRegistry = {
  /** Host and port. */
  address: string;
  /** Gives what ends it. */
  onEvent(listener: (event: RegistryEvent) => void): () => void;
};
