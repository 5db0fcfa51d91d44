import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from '../../../src/engine/connect.ts';
import { largeImage } from '../../engine/layers/large-image.ts';
import { bundleOpener } from '../bundle-opener.ts';
import type { Opened } from '../open-layers.ts';
import type { Scenario } from '../scenario.ts';
import { now } from '../stopwatch.ts';

const IMAGE = 'bench-layers:1';
const FILES = 20_000;
const MEGABYTES = 1000;

export const layers: Scenario = {
  name: 'layers',
  what: `an image of ${MEGABYTES} MB with ${FILES.toLocaleString('en')} files is opened`,
  targets: [
    {
      what: 'by its archive; floor: `docker save > /dev/null`',
      unit: 'ms',
      value: 'open',
      floor: 'save',
      timesFloor: 1.5,
    },
    { what: 'memory, at most', unit: 'MB', value: 'peak', most: 200 },
    { what: 'the second time', unit: 'ms', value: 'again', most: 500 },
    { what: 'by the engine’s own headers', unit: 'ms', value: 'fast' },
  ],
  async run({ engine }) {
    const socket = engine.talk.host.replace('unix://', '');
    await provide(socket);
    // The first of all reads the layers from a disk, the others from memory: it is not counted.
    await save(engine.talk.host);
    const floor = await save(engine.talk.host);
    const saved = await opened(socket, 'save');
    const fast = await opened(socket, 'fast');
    return { open: saved.open, save: floor, peak: saved.peak, again: saved.again, fast: fast.open };
  },
};

async function provide(path: string): Promise<void> {
  const engine = await connect({ via: 'unix', path });
  try {
    const images = await engine.list('image');
    const isThere = images.some((item) => item.kind === 'image' && item.tags.includes(IMAGE));
    if (!isThere) await engine.load(largeImage(IMAGE, FILES, MEGABYTES));
  } finally {
    engine.close();
  }
}

/** Milliseconds that the engine and its own client take for the archive alone. */
async function save(host: string): Promise<number> {
  const startedAt = now();
  const child = spawn('sh', ['-c', 'docker -H "$1" save "$2" > /dev/null', 'sh', host, IMAGE], {
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`docker save ended with ${code}`);
  return now() - startedAt;
}

async function opened(socket: string, way: 'save' | 'fast'): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-bench-layers-'));
  try {
    const script = await bundleOpener(folder);
    const { stdout } = await promisify(execFile)(process.execPath, [script, socket, IMAGE, way, folder]);
    return JSON.parse(stdout) as Opened;
  } finally {
    await rm(folder, { recursive: true });
  }
}
