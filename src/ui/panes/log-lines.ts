import { cellWidth } from '../../model/fit-text.ts';
import type { VisibleLine } from '../../model/select-log-view.ts';
import type { Paint } from '../theme.ts';
import { paintSpans } from '../widgets/paint-spans.ts';

/** Lines of a log of exactly `width` cells; stderr has `!` before it, not only another colour. */
export function logLines(lines: readonly VisibleLine[], width: number, paint: Paint): string[] {
  return lines.map((line) => {
    if (line.kind === 'notice') return paint('warning', line.text) + blanks(width - cellWidth(line.text));
    const used = cellWidth(line.gutter) + cellWidth(line.time) + cellWidth(line.text);
    const gutter = line.stream === 'stderr' ? paint('warning', line.gutter) : line.gutter;
    return (
      gutter + paint('quiet', line.time) + paintSpans(line.text, line.spans, paint) + blanks(width - used)
    );
  });
}

function blanks(count: number): string {
  return ' '.repeat(Math.max(0, count));
}
