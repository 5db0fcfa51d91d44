import type { OnEngine } from '../on-engine.ts';
import type { Surroundings } from '../../engine/routes/surroundings.ts';
import {
  selectChangesSubject,
  selectLayersSubject,
  selectLayersToRead,
} from '../../model/layers/select-layers-subject.ts';
import { keepInStep, SETTLE } from '../keep-in-step.ts';

export type LayersParts = OnEngine & {
  /** Says where is kept what was read before. */
  surroundings: Pick<Surroundings, 'env' | 'home'>;
};

/** Asks for, reads and follows what the Layers tab needs, while it is in view. Its code is loaded when it is first. */
export function followLayers(parts: LayersParts, onError: (error: unknown) => void): void {
  const { store, signal } = parts;
  const options = { signal, onError, settle: SETTLE };
  keepInStep(
    store,
    selectLayersSubject,
    async (key, s) => {
      const { outlineLayers } = await import('./outline-layers.ts');
      await outlineLayers(parts, key, s);
    },
    options,
  );
  keepInStep(
    store,
    selectLayersToRead,
    async (key, s) => {
      const { readInTab } = await import('./read-in-tab.ts');
      await readInTab(parts, key, s);
    },
    options,
  );
  keepInStep(
    store,
    selectChangesSubject,
    async (key, s) => {
      const { followChanges } = await import('./follow-changes.ts');
      await followChanges(parts, key, s);
    },
    options,
  );
}
