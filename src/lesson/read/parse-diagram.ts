import { check, exactOptional, pipe, transform } from 'valibot';
import { isRow } from '../../engine/fields.ts';
import type { Diagram } from '../lesson.ts';
import type { Complain } from './parse-problems.ts';
import { fit, listOf, oneOf, sentence, shape, text, unknownKey } from './parse-shapes.ts';
import { readYaml } from './parse-yaml.ts';

const layerRow = pipe(
  shape({
    label: text,
    note: exactOptional(text),
    kind: exactOptional(oneOf(['read-only', 'writable']), 'read-only'),
  }),
  transform(({ note = '', ...row }) => ({ ...row, note })),
);

const NAMES = ['layers', 'flow', 'table'] as const;
const DIAGRAMS = {
  layers: shape({ name: oneOf(['layers']), alt: sentence, rows: listOf(layerRow, 1) }),
  flow: pipe(
    shape({
      name: oneOf(['flow']),
      alt: sentence,
      boxes: listOf(text, 2),
      arrows: exactOptional(listOf(text), []),
    }),
    check(
      ({ boxes, arrows }) => arrows.length === 0 || arrows.length === boxes.length - 1,
      'needs one arrow less than boxes, or none: each stands between two boxes',
    ),
  ),
  table: pipe(
    shape({ name: oneOf(['table']), alt: sentence, head: listOf(text, 1), rows: listOf(listOf(text), 1) }),
    check(
      ({ head, rows }) => rows.every(({ length }) => length === head.length),
      'needs as many cells in each row as in head',
    ),
  ),
};

export function parseDiagram(yamlText: string, firstLine: number, complain: Complain): Diagram | undefined {
  const yaml = readYaml(yamlText, firstLine, complain);
  if (yaml === null) return undefined;
  const place = { ...yaml, path: [], complain };
  const named = isRow(yaml.value) ? yaml.value['name'] : undefined;
  const name = NAMES.find((known) => known === named);
  if (name !== undefined) return fit<(typeof DIAGRAMS)[typeof name]>(DIAGRAMS[name], place);
  const why = typeof named === 'string' ? ` “${named}” ${unknownKey(named, NAMES)}` : '';
  return complain(firstLine, `a diagram needs a name: ${NAMES.join(', ')}.${why}`);
}

/** In a translation: only the words for who cannot see it. */
export function parseAlt(yamlText: string, firstLine: number, complain: Complain): string | undefined {
  const yaml = readYaml(yamlText, firstLine, complain);
  return yaml === null ? undefined : fit(shape({ alt: sentence }), { ...yaml, path: [], complain })?.alt;
}
