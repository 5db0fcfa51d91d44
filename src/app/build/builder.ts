import type { Engine } from '../../engine/engine.ts';
import type { BuildEffect } from '../../model/build/build-effect.ts';
import type { ProgramStore } from '../program-store.ts';

/** Builds of images, as the program knows them. What they are made of is loaded with the first thing that is asked of them. */
export type Builder = { do: (effect: BuildEffect) => void; close: () => void };

export type BuilderOptions = {
  store: ProgramStore;
  engine: () => Engine | null;
  /** Where a relative folder begins. */
  startIn: () => string;
  onError: (error: unknown) => void;
};

export function createBuilder(options: BuilderOptions): Builder {
  const living = new AbortController();
  let loaded: Promise<(effect: BuildEffect) => void> | null = null;
  const load = async (): Promise<(effect: BuildEffect) => void> => {
    const { carryOutBuilds } = await import('./carry-out-builds.ts');
    return carryOutBuilds(options, living.signal);
  };
  return {
    do(effect) {
      loaded ??= load();
      loaded.then((carryOut) => carryOut(effect)).catch(options.onError);
    },
    close: () => living.abort(),
  };
}
