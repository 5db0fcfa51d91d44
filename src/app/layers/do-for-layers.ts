import type { Progress } from '../../engine/commands.ts';
import type { FoundFile } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { LayeredImage } from '../../engine/layers/layer.ts';
import { compareImages } from '../../engine/layers/compare-images.ts';
import { comparisonPage } from '../../model/layers/comparison-page.ts';
import { filePage, PAGE_BYTES } from '../../model/file-page.ts';
import type { LayersEffect } from '../../model/layers/layers-effects.ts';
import { shownPath } from '../../model/shown-path.ts';
import type { Page } from '../../model/overlays.ts';
import type { ProgramStore } from '../program-store.ts';
import { runTask } from '../run-task.ts';
import type { LayersParts } from './follow-layers.ts';
import { layerCache, layersFolder } from './layer-cache.ts';

/** Opens what is asked for as a page to read; it may be stopped until it is there. */
export function doForLayers(parts: LayersParts, effect: LayersEffect): Promise<void> {
  const { engine } = parts;
  switch (effect.do) {
    case 'open-layer-file': {
      const { imageId, layer, path, size } = effect;
      const title = `/${shownPath(path)} in layer ${layer + 1}`;
      return openPage(parts, `read ${title}`, async (signal) => {
        const file = await engine.readLayerFile({ imageId, layer, path, limit: PAGE_BYTES, signal });
        return filePage(title, found(file, title), size);
      });
    }
    case 'open-live-file': {
      const { container, path } = effect;
      const title = shownPath(path);
      return openPage(parts, `read ${title}`, async (signal) => {
        const stat = await engine.statPath(container, path, { signal });
        const file = await engine.readFile(container, path, { limit: PAGE_BYTES, signal });
        return filePage(title, found(file, title), stat?.size ?? null);
      });
    }
    case 'compare-images': {
      const { before, after } = effect;
      return openPage(parts, `compare ${before.name} ${after.name}`, async (signal, onProgress) => {
        const first = await readFor(parts, before.id, before.name, signal, onProgress);
        const second = await readFor(parts, after.id, after.name, signal, onProgress);
        const comparison = compareImages(first.layers, second.layers);
        return comparisonPage(
          comparison,
          { name: before.name, image: first },
          { name: after.name, image: second },
        );
      });
    }
  }
}

type Make = (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<Page>;

async function openPage({ store, signal }: LayersParts, line: string, make: Make): Promise<void> {
  await runTask(store, {
    line,
    isWatched: 'if-slow',
    signal,
    work: async (task) => {
      show(store, await make(task.signal, task.onProgress));
      return { text: '' };
    },
  });
}

/** In the place of its progress, where that lies over the panes. */
function show(store: ProgramStore, page: Page): void {
  const top = store.getState().overlays.at(-1);
  const overlay = { kind: 'page', page, scroll: 0 } as const;
  store.dispatch({ type: top?.kind === 'progress' ? 'overlay-changed' : 'overlay-opened', overlay });
}

type File = Extract<FoundFile, { kind: 'file' }>;

function found(file: FoundFile | null, title: string): File {
  if (file === null) throw new EngineError('not-found', `${title} is not there`);
  if (file.kind !== 'file') throw new EngineError('rejected', `${title} is no file that could be read`);
  return file;
}

function readFor(
  { engine, surroundings }: LayersParts,
  id: string,
  name: string,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<LayeredImage> {
  return engine.readLayers(id, {
    signal,
    cache: layerCache(layersFolder(surroundings.env, surroundings.home)),
    onProgress: ({ read, total }) => onProgress({ id: name, text: 'Reading', current: read, total }),
  });
}
