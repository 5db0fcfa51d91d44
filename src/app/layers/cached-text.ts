import { isRow, type Row } from '../../engine/fields.ts';
import type { ImageStep, Layer, LayerEntry } from '../../engine/layers/layer.ts';

/** Another number for every change of what is written: files with the old one are not there. */
const VERSION = 1;

const TYPES: readonly LayerEntry['type'][] = [
  'file',
  'folder',
  'link',
  'hard-link',
  'character-device',
  'block-device',
  'pipe',
];

/** A layer as JSON, its entries as lists without their keys. */
export function layerText({ diffId, entries, deleted, opaque }: Layer): string {
  const rows = entries.map((e) => [
    e.path,
    TYPES.indexOf(e.type),
    e.size,
    e.mode,
    e.uid,
    e.gid,
    e.modifiedAt,
    e.target,
    e.content,
  ]);
  return JSON.stringify({ version: VERSION, diffId, deleted, opaque, entries: rows });
}

/** Null for what `layerText` of this version did not write for this layer. */
export function layerFromText(text: string, diffId: string): Layer | null {
  const kept = readJson(text);
  if (kept?.['diffId'] !== diffId) return null;
  const { entries: rows, deleted, opaque } = kept;
  if (!Array.isArray(rows) || !isTexts(deleted) || !isTexts(opaque)) return null;
  const entries = rows.map(entryFrom);
  return entries.includes(null)
    ? null
    : { diffId, entries: entries.filter((e) => e !== null), deleted, opaque };
}

function entryFrom(row: unknown): LayerEntry | null {
  if (!Array.isArray(row)) return null;
  const [path, kind, size, mode, uid, gid, modifiedAt, target, content] = row as unknown[];
  const type = typeof kind === 'number' ? TYPES[kind] : undefined;
  const hasTexts = typeof path === 'string' && typeof target === 'string' && typeof content === 'string';
  const hasNumbers =
    typeof size === 'number' &&
    typeof mode === 'number' &&
    typeof uid === 'number' &&
    typeof gid === 'number' &&
    typeof modifiedAt === 'number';
  if (type === undefined || !hasTexts || !hasNumbers) return null;
  return { path, type, size, mode, uid, gid, modifiedAt, target, content };
}

export function stepsText(steps: readonly ImageStep[]): string {
  return JSON.stringify({ version: VERSION, steps });
}

export function stepsFromText(text: string): ImageStep[] | null {
  const steps = readJson(text)?.['steps'];
  return Array.isArray(steps) && steps.every(isStep) ? steps : null;
}

function isStep(step: unknown): step is ImageStep {
  if (!isRow(step)) return false;
  const { instruction, createdAt, layer } = step;
  return (
    typeof instruction === 'string' &&
    (createdAt === null || typeof createdAt === 'number') &&
    (layer === null || typeof layer === 'number')
  );
}

function readJson(text: string): Row | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRow(value) && value['version'] === VERSION ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
