import { humanSize } from '../../engine/human-size.ts';
import { padEnd, padStart } from '../fit-text.ts';
import { drawn, piece, type Line } from '../line.ts';
import type { LiveChanges } from './live-changes.ts';
import { countsText } from './live-text.ts';
import { percent, shareBar } from './share-bar.ts';
import type { StackRow } from './stack-rows.ts';

/** From here on a line has room for a bar that tells more. */
const WIDE = 70;

/** Rows of the stack as lines: bar, size, share, and what made the layer. */
export function stackLines(
  rows: readonly StackRow[],
  live: LiveChanges | null,
  columns: number,
): readonly Line[] {
  const bar = columns >= WIDE ? 14 : 6;
  return rows.map((row) => (row.kind === 'own' ? ownLine(live, bar) : stepLine(row, bar)));
}

type Step = Extract<StackRow, { kind: 'step' }>;

function stepLine({ layer, size, share, instruction, sharedWith }: Step, bar: number): Line {
  if (layer === null)
    return [piece(`${padEnd('', bar)} ${padStart('metadata', 12)}  `, 'quiet'), piece(instruction, 'quiet')];
  const others = sharedWith.shared.length;
  return [
    drawn(shareBar(share, bar), 'accent', ''),
    piece(` ${padStart(humanSize(size), 7)} ${padStart(percent(share), 4)} `),
    drawn(padEnd(sharedMark(others), 3), 'good', others === 0 ? '' : `shared with ${others},`),
    piece(shortDigests(instruction)),
  ];
}

function ownLine(live: LiveChanges | null, bar: number): Line {
  const size = live === null ? '' : humanSize(live.bytes);
  return [
    drawn('╌'.repeat(bar), 'warning', ''),
    piece(` ${padStart(size, 7)}      `),
    piece('own layer ', 'warning'),
    piece(live === null ? '…' : countsText(live)),
  ];
}

/** The classic builder names what it copies by its checksum, which would leave no room for where it goes. */
function shortDigests(instruction: string): string {
  return instruction.replace(/\b([0-9a-f]{6})[0-9a-f]{58}\b/g, '$1…');
}

function sharedMark(others: number): string {
  if (others === 0) return '';
  return others > 9 ? 's9+' : `s${others}`;
}
