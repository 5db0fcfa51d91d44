import type { Aspect, ImageComparison, PathDifference } from '../../engine/layers/compare-images.ts';
import type { LayerEntry, LayeredImage } from '../../engine/layers/layer.ts';
import { humanSize } from '../../engine/human-size.ts';
import { padStart } from '../fit-text.ts';
import { drawn, EMPTY_LINE, piece, type Line, type Piece } from '../line.ts';
import type { Page } from '../overlays.ts';
import { shownPath } from '../shown-path.ts';

export type ComparedImage = { name: string; image: LayeredImage };

/** Lines of one kind of difference; more are only counted. */
const SHOWN = 2_000;

/** Two images beside each other: layers in common, files only here, only there, and what differs. */
export function comparisonPage(
  { commonBase, alike, paths }: ImageComparison,
  before: ComparedImage,
  after: ComparedImage,
): Page {
  const layers = [before, after].map(({ name, image }) => `${name} has ${image.layers.length} layers`);
  const again =
    alike.length === 0 ? '' : ` ${alike.length} more are the same, but lie on others: kept twice.`;
  const lines: Line[] = [
    [piece(`${layers.join(', ')}; the lowest ${commonBase} are the same, kept once.${again}`)],
    ...section(
      `Only in ${before.name}`,
      '- ',
      'bad',
      paths.filter(({ how }) => how === 'removed'),
    ),
    ...section(
      `Only in ${after.name}`,
      '+ ',
      'good',
      paths.filter(({ how }) => how === 'added'),
    ),
    ...section(
      'In both, but different',
      '~ ',
      'warning',
      paths.filter(({ how }) => how === 'differs'),
    ),
  ];
  if (paths.length === 0) lines.push(EMPTY_LINE, [piece('Their files are the same.')]);
  return { title: `${before.name} and ${after.name}`, lines };
}

function section(
  title: string,
  mark: string,
  tone: Piece['tone'],
  paths: readonly PathDifference[],
): readonly Line[] {
  if (paths.length === 0) return [];
  const more = paths.length - SHOWN;
  return [
    EMPTY_LINE,
    [piece(`${title}: ${paths.length.toLocaleString('en-US')}`, 'title')],
    ...paths.slice(0, SHOWN).map((path) => differenceLine(path, mark, tone)),
    ...(more > 0 ? [[piece(`… and ${more.toLocaleString('en-US')} more`, 'quiet')]] : []),
  ];
}

function differenceLine(difference: PathDifference, mark: string, tone: Piece['tone']): Line {
  return [
    drawn(mark, tone, ''),
    piece(padStart(sizes(difference), 7)),
    piece(` /${shownPath(difference.path)}`),
    piece(
      difference.how === 'differs'
        ? `  ${difference.aspects.map((a) => aspectText(a, difference)).join(', ')}`
        : '',
      'quiet',
    ),
  ];
}

function sizes(difference: PathDifference): string {
  const entry = difference.how === 'removed' ? difference.before : difference.after;
  return entry === null || entry.type === 'folder' ? '' : humanSize(entry.size);
}

type Differs = Extract<PathDifference, { how: 'differs' }>;

function aspectText(aspect: Aspect, { before, after }: Differs): string {
  switch (aspect) {
    case 'content':
      return `content, was ${humanSize(before?.size ?? 0)}`;
    case 'maybe-content':
      return 'perhaps its content';
    case 'mode':
      return `mode ${octal(before)} → ${octal(after)}`;
    case 'owner':
      return `owner ${owner(before)} → ${owner(after)}`;
    case 'target':
      return `leads to ${shownPath(before?.target ?? '')} → ${shownPath(after?.target ?? '')}`;
    case 'type':
      return `${before?.type ?? 'folder'} → ${after?.type ?? 'folder'}`;
  }
}

const octal = (entry: LayerEntry | null): string => (entry?.mode ?? 0).toString(8).padStart(3, '0');
const owner = (entry: LayerEntry | null): string => (entry === null ? '?' : `${entry.uid}:${entry.gid}`);
