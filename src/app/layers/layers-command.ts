import { humanSize } from '../../engine/human-size.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ReadingProgress } from '../../engine/layers/layer.ts';
import { UsageError } from '../../engine/routes/usage-error.ts';
import type { Arguments } from '../read-arguments.ts';
import { layerCache, layersFolder } from './layer-cache.ts';
import { judgeLimits, readLimits, type Limits } from './layers-limits.ts';
import { layersOfImages, layersReport } from './layers-report.ts';
import { layersText } from './layers-text.ts';

const LIMIT_NOT_MET = 4;
const COLUMNS = 80;

export type Asked = { image: string; limits: Limits; json: boolean };

/** Before any engine is looked for. Throws `UsageError`. */
export function readAsked({ rest, json, minEfficiency, maxWaste }: Arguments): Asked {
  const [image] = rest;
  const limits = readLimits({ minEfficiency, maxWaste });
  if (image !== undefined && image !== '') return { image, limits, json };
  throw new UsageError('layers', 'slipway layers needs the name of an image.', [
    'slipway ls images lists them.',
  ]);
}

export type LayersIo = {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  stdout: { columns?: number; write(text: string): unknown };
  stderr: { isTTY?: boolean; write(text: string): unknown };
};

/** `slipway layers`: gives the exit code. */
export async function layersCommand(
  engine: Engine,
  { image, limits, json }: Asked,
  io: LayersIo,
): Promise<number> {
  const cache = layerCache(layersFolder(io.env, io.home));
  const progress = io.stderr.isTTY === true ? progressLine(io.stderr) : null;
  const read = await engine
    .readLayers(image, { cache, ...(progress && { onProgress: progress.show }) })
    .finally(() => progress?.clear());
  const report = layersReport(image, read, await layersOfImages(engine));
  const verdicts = judgeLimits(limits, report);
  const text = json
    ? JSON.stringify({ ...report, limits: verdicts }, null, 2)
    : layersText(report, verdicts, io.stdout.columns ?? COLUMNS);
  io.stdout.write(`${text}\n`);
  return verdicts.every(({ isMet }) => isMet) ? 0 : LIMIT_NOT_MET;
}

/** Bytes between two drawings of the line. */
const STEP = 4_000_000;

function progressLine(stderr: LayersIo['stderr']) {
  let shown = -STEP;
  return {
    show: ({ read, total }: ReadingProgress): void => {
      if (read - shown < STEP) return;
      shown = read;
      stderr.write(
        `\r\x1b[KReading layers: ${humanSize(read)}${total === null ? '' : ` of about ${humanSize(total)}`}`,
      );
    },
    clear: (): void => {
      if (shown >= 0) stderr.write('\r\x1b[K');
    },
  };
}
