import { cleanText } from '../clean-text.ts';
import { looseRow, type Row } from '../fields.ts';
import { plainInstruction } from './image-steps.ts';
import type { ImageStep } from './layer.ts';

/** Instructions that set something and never touch a file. */
const SETTING =
  /^(ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)\b/;

/**
 * Steps from what `GET /images/…/history` says, the newest first. It leaves out which lines made a layer; null where that
 * cannot be told for certain (a layer without a byte looks like none).
 */
export function historySteps(history: unknown, layers: number): ImageStep[] | null {
  const lines = Array.isArray(history) ? history.map(looseRow).toReversed() : [];
  const steps = lines.map((line) => ({
    ...stepOf(line),
    isFull: line['Size'] !== 0 && line['Size'] !== undefined,
  }));
  const mayHave = steps.filter((step) => step.isFull || !SETTING.test(step.instruction));
  const certain =
    steps.filter(({ isFull }) => isFull).length === layers ? steps.filter((s) => s.isFull) : mayHave;
  if (certain.length !== layers) return null;
  const made = new Map(certain.map((step, layer) => [step, layer]));
  return steps.map((step) => ({
    instruction: step.instruction,
    createdAt: step.createdAt,
    layer: made.get(step) ?? null,
  }));
}

function stepOf({ CreatedBy: by, Created: at }: Row): Pick<ImageStep, 'instruction' | 'createdAt'> {
  const instruction = typeof by === 'string' ? plainInstruction(cleanText(by)) : '';
  const createdAt = typeof at === 'number' && at > 0 ? at * 1000 : null;
  return { instruction: instruction === '' ? '(not told)' : instruction, createdAt };
}
