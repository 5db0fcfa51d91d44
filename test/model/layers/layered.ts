import type { Layer, LayerEntry, LayeredImage } from '../../../src/engine/layers/layer.ts';
import type { Effect } from '../../../src/model/intents.ts';
import type { LayersEvent } from '../../../src/model/layers/layers-events.ts';
import type { State } from '../../../src/model/state.ts';
import { aContainer, after, anImage, holding, pressed, type Held } from '../build-state.ts';

export function aFile(path: string, size: number, more: Partial<LayerEntry> = {}): LayerEntry {
  const plain = { mode: 0o644, uid: 0, gid: 0, modifiedAt: 0, target: '', content: '' };
  return { path, type: 'file', size, ...plain, ...more };
}

export function aFolder(path: string): LayerEntry {
  return aFile(path, 0, { type: 'folder', mode: 0o755 });
}

function aLayer(name: string, entries: readonly LayerEntry[], deleted: readonly string[] = []): Layer {
  return { diffId: `sha256:${name}`, entries, deleted, opaque: [] };
}

/** Three layers with a line between that sets metadata: a base, an application, and one that removes and rewrites. */
export const IMAGE: LayeredImage = {
  id: 'sha256:app',
  steps: [
    { instruction: 'COPY base /', createdAt: 0, layer: 0 },
    { instruction: 'ENV A=1', createdAt: 0, layer: null },
    { instruction: 'RUN install', createdAt: 0, layer: 1 },
    { instruction: 'RUN rm /app/big', createdAt: 0, layer: 2 },
  ],
  layers: [
    aLayer('base', [aFolder('bin'), aFile('bin/sh', 900), aFile('bin/ls', 100)]),
    aLayer('app', [
      aFolder('app'),
      aFile('app/big', 3000),
      aFile('app/conf', 10),
      aFolder('app/lib'),
      aFile('app/lib/one', 5),
    ]),
    aLayer('last', [aFolder('app'), aFile('app/conf', 12)], ['app/big']),
  ],
};

function outlineOf(of: string): LayersEvent {
  const steps = IMAGE.steps.map((step, i) => ({ ...step, size: [1000, 0, 3015, 12][i]! }));
  const diffIds = IMAGE.layers.map(({ diffId }) => diffId);
  return { type: 'layers-outlined', of, outline: { id: IMAGE.id, diffIds, steps } };
}

const READ: LayersEvent = { type: 'layers-read', imageId: IMAGE.id, image: IMAGE };

function inTab(state: State, of: string): State {
  return after(state, { type: 'layers-opened', of, imageId: IMAGE.id }, outlineOf(of));
}

/** The Layers tab of an image, with the focus on it; its layers are outlined and not read. */
export function outlined(held: Held = {}): State {
  const state = holding({ image: [anImage('app:1', { id: IMAGE.id })], ...held });
  return inTab(keys(state, '2', 'v'), `image ${IMAGE.id}`);
}

/** The same, read. */
export function opened(held: Held = {}): State {
  return after(outlined(held), READ);
}

/** The Layers tab of a container of that image. */
export function ofContainer(held: Held = {}): State {
  const container = aContainer('web', { imageId: IMAGE.id, image: 'app:1' });
  const state = holding({ container: [container], image: [anImage('app:1', { id: IMAGE.id })], ...held });
  return after(inTab(keys(state, 'v'), 'container c-web'), READ);
}

export function keys(state: State, ...all: readonly string[]): State {
  return pressed(state, ...all).state;
}

export function effects(state: State, ...all: readonly string[]): readonly Effect[] {
  return pressed(state, ...all).effects;
}
