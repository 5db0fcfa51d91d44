import { cleanText } from '../clean-text.ts';
import { isRow, looseRow } from '../fields.ts';
import type { ImageStep } from './layer.ts';

const NOT_TOLD = '(not told)';

/**
 * The history of an image's config (OCI image configuration, “history”) beside its layers. A history that does not speak
 * of exactly these layers is left out: a wrong instruction is worse than none.
 */
export function imageSteps(history: unknown, layers: number): ImageStep[] {
  const lines = Array.isArray(history) ? history.filter(isRow) : [];
  const filled = lines.filter((line) => line['empty_layer'] !== true);
  if (filled.length !== layers) return untoldSteps(layers);
  let next = 0;
  return lines.map((line) => ({
    instruction: instructionOf(line['created_by'], line['comment']),
    createdAt: timeOf(line['created']),
    layer: line['empty_layer'] === true ? null : next++,
  }));
}

function untoldSteps(layers: number): ImageStep[] {
  return Array.from({ length: layers }, (_, layer) => ({ instruction: NOT_TOLD, createdAt: null, layer }));
}

/** Diff ids of an image's config, the bottom one first; null where it is no config. */
export function diffIdsOf(config: unknown): string[] | null {
  const ids = looseRow(looseRow(config)['rootfs'])['diff_ids'];
  if (ids === null || (ids === undefined && isRow(looseRow(config)['rootfs']))) return [];
  return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : null;
}

function instructionOf(createdBy: unknown, comment: unknown): string {
  const said = typeof createdBy === 'string' ? plainInstruction(cleanText(createdBy)) : '';
  if (said !== '') return said;
  const remark = typeof comment === 'string' ? cleanText(comment).trim() : '';
  return remark === '' ? NOT_TOLD : `(${remark})`;
}

/** `#(nop)` is the classic builder's mark of what runs nothing, `|2 A=1 B=2` its way to tell build arguments, `# buildkit` the other builder's. */
export function plainInstruction(createdBy: string): string {
  const bare = createdBy.trim().replace(/\s*# buildkit$/, '');
  const nop = /^(?:\|\d+ .*?)?\/bin\/sh -c #\(nop\)\s*(.*)$/s.exec(bare)?.[1];
  if (nop !== undefined) return nop.trim();
  const run = /^(?:RUN )?(?:\|\d+ .*?)?\/bin\/sh -c (.*)$/s.exec(bare)?.[1];
  return run === undefined ? bare : `RUN ${run.trim()}`;
}

function timeOf(created: unknown): number | null {
  const at = typeof created === 'string' ? Date.parse(created) : Number.NaN;
  return Number.isNaN(at) || at < 0 ? null : at;
}
