import { humanSize } from '../../engine/human-size.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { overlayHeight, type OverlayView } from '../overlay-views/overlay-view.ts';
import type { Size } from '../state.ts';
import { seconds } from './build-summary.ts';
import type { Build } from './build-state.ts';
import { resultLines } from './result-lines.ts';
import { stackLines } from './stack-lines.ts';
import { stepLines } from './step-lines.ts';

const WIDEST = 110;
/** What the borders, the margins and the room for a mark take of the screen's width. */
const AROUND = 10;

/** A build as it goes: its steps, the layers that they make, and what came of it. */
export const buildView = memoizeLast(
  (build: Build | null, scroll: number | null, size: Size): OverlayView => {
    const width = Math.min(WIDEST, size.columns - AROUND);
    const lines = build === null ? [] : buildLines(build, width);
    const end = Math.max(0, lines.length - overlayHeight(size));
    const title = build?.line ?? '';
    return { title, width: width + 2, lines, selected: -1, scroll: scroll ?? end, cursor: null };
  },
);

function buildLines(build: Build, width: number): Line[] {
  return [
    [piece(headText(build), 'quiet')],
    EMPTY_LINE,
    ...stepLines(build, width),
    ...(build.result === null && build.aside !== '' ? [[piece(`… ${build.aside}`, 'quiet')]] : []),
    ...stackLines(build.steps),
    ...resultLines(build, width),
  ];
}

function headText({ folder, builder, sending, startedAt, endedAt, now }: Build): string {
  if (folder === '') return '… reading the folder';
  const { sent, total, files } = sending;
  const isSending = sent < total && endedAt === null;
  const amount = isSending ? `${humanSize(sent)} of ${humanSize(total)} sent` : `${humanSize(total)} sent`;
  const how = builder === 'buildkit' ? 'BuildKit' : builder === 'classic' ? 'classic builder' : '';
  const took = seconds(Math.max(0, (endedAt ?? now) - startedAt));
  return [folder, `${files} ${files === 1 ? 'file' : 'files'}, ${amount}`, how, took]
    .filter(Boolean)
    .join(' · ');
}
