import { humanSize } from '../../engine/human-size.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import type { BuildStep } from './build-state.ts';
import { isFrom } from './take-news.ts';

const BAR = 24;

/** The layers of the image so far, the newest on top as they lie on each other, each with its share. */
export function stackLines(steps: readonly BuildStep[]): Line[] {
  const blocks = stackOf(steps);
  const total = blocks.reduce((sum, { added }) => sum + (added ?? 0), 0);
  if (total === 0) return [];
  const title: Line = [piece('Layers', 'title'), piece(`  ${humanSize(total)}, the newest on top`, 'quiet')];
  return [EMPTY_LINE, title, ...blocks.toReversed().map((step) => blockLine(step, total))];
}

/** From the last FROM whose size is known: what stages before it made is not in this image. */
function stackOf(steps: readonly BuildStep[]): BuildStep[] {
  const base = steps.findLastIndex((step) => isFrom(step) && step.added !== null);
  return steps.slice(Math.max(0, base)).filter(({ added }) => added !== null && added > 0);
}

function blockLine(step: BuildStep, total: number): Line {
  const added = step.added ?? 0;
  const filled = Math.max(1, Math.round((BAR * added) / total));
  const what = step.line === null ? step.instruction : `line ${step.line}  ${step.instruction}`;
  return [
    piece('█'.repeat(filled), isFrom(step) ? 'quiet' : 'accent'),
    piece('░'.repeat(BAR - filled), 'quiet'),
    piece(humanSize(added).padStart(9)),
    piece(`  ${what}`, 'quiet'),
  ];
}
