import { cellWidth, cutEnd } from '../../model/fit-text.ts';
import type { VisibleJsonRow } from '../../model/json-tree.ts';
import type { Paint } from '../theme.ts';
import { paintSpans } from '../widgets/paint-spans.ts';

const FOLD_MARKS = { open: '▾ ', folded: '▸ ', none: '  ' } as const;

/** Rows of the Inspect tab, of exactly `width` cells. */
export function treeLines(
  rows: readonly VisibleJsonRow[],
  raw: boolean,
  width: number,
  paint: Paint,
  focused: boolean,
): string[] {
  return rows.map((row) => {
    const indent = ' '.repeat(Math.min(row.depth * 2, Math.floor(width / 2)));
    const lead = raw ? ` ${indent}` : ` ${indent}${FOLD_MARKS[row.fold ?? 'none']}`;
    const key = cutEnd(row.key, Math.max(0, width - cellWidth(lead) - 2));
    const gap = key === '' ? '' : raw ? '' : '  ';
    const text = cutEnd(row.text, Math.max(0, width - cellWidth(lead) - cellWidth(key) - gap.length));
    const used = cellWidth(lead) + cellWidth(key) + gap.length + cellWidth(text);
    const rest = ' '.repeat(Math.max(0, width - used));
    if (row.selected && focused) return paint('selected', lead + key + gap + text + rest);
    return (
      lead +
      paintSpans(key, row.keySpans, paint, 'accent') +
      gap +
      paintSpans(text, row.textSpans, paint) +
      rest
    );
  });
}
