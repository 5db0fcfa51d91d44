import { apiPath } from '../api-path.ts';
import type { Client } from '../client.ts';
import { looseRow } from '../fields.ts';
import { imageDetails } from '../image-details.ts';
import { historySteps } from './history-steps.ts';
import { imageSteps } from './image-steps.ts';
import type { ImageStep } from './layer.ts';

export type OutlinedStep = ImageStep & {
  /** Bytes as the engine's history tells them; 0 for a line that only sets metadata, and where they are not told. */
  size: number;
};

/** What an engine tells of an image's layers without being asked for their content: 5–30 ms, whatever the image weighs. */
export type ImageOutline = {
  /** As the engine names it, `sha256:…`. */
  id: string;
  /** The bottom one first. */
  diffIds: readonly string[];
  /** The oldest first. */
  steps: readonly OutlinedStep[];
};

export async function imageOutline(client: Client, id: string, signal?: AbortSignal): Promise<ImageOutline> {
  const [{ id: imageId, layers }, history] = await Promise.all([
    imageDetails(client, id, signal),
    client.json({ path: apiPath`/images/${id}/history`, signal }),
  ]);
  return { id: imageId, diffIds: layers, steps: outlinedSteps(history, layers.length) };
}

/** A history that does not speak of exactly these layers gives one step for each, without its instruction. */
function outlinedSteps(history: unknown, layers: number): OutlinedStep[] {
  const steps = historySteps(history, layers);
  if (steps === null) return imageSteps(null, layers).map((step) => ({ ...step, size: 0 }));
  const sizes = Array.isArray(history) ? history.map(sizeOf).toReversed() : [];
  return steps.map((step, i) => ({ ...step, size: step.layer === null ? 0 : (sizes[i] ?? 0) }));
}

function sizeOf(line: unknown): number {
  const size = looseRow(line)['Size'];
  return typeof size === 'number' && size > 0 ? size : 0;
}
