/** `node open-layers.ts SOCKET IMAGE save|fast FOLDER`: opens an image as the program does, twice, and says what it took. */
import { layerCache } from '../../src/app/layers/layer-cache.ts';
import { connect } from '../../src/engine/connect.ts';
import { fileTree } from '../../src/engine/layers/file-tree.ts';
import { findWaste } from '../../src/engine/layers/waste.ts';

const [socket = '', image = '', way, folder = ''] = process.argv.slice(2);

/** Milliseconds; megabytes (2^20) resident at most, Node itself among them. */
export type Opened = { open: number; again: number; peak: number };

const engine = await connect({ via: 'unix', path: socket });
const open = async (): Promise<number> => {
  const startedAt = performance.now();
  const { layers } = await engine.readLayers(image, { cache: layerCache(folder), fast: way === 'fast' });
  fileTree(layers, layers.length - 1);
  findWaste(layers);
  return performance.now() - startedAt;
};
const first = await open();
const again = await open();
const opened: Opened = { open: first, again, peak: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(JSON.stringify(opened));
process.exit();
