import { humanSize } from '../../engine/human-size.ts';
import type { CatalogueTag } from '../../engine/registry-catalogue.ts';
import { SEEDED } from '../../sandbox/registry/seeded.ts';
import { cutEnd, padEnd } from '../fit-text.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { textLines, TEXT_WIDTH, type OverlayView } from '../overlay-views/overlay-view.ts';
import type { RegistryState } from './registry-state.ts';

/** Cells of the columns, which fit at 80. */
const REPOSITORY = 22;
const TAG = 11;
const DIGEST = 13;
const SIZE = 9;

/** What a registry holds, and which local images are the same. */
export const registryView = memoizeLast(
  (registry: RegistryState, isSandbox: boolean, selected: number): OverlayView => {
    const { address, tags } = registry;
    const at = Math.min(selected, tags.length - 1);
    const top = [...standingLines(registry, isSandbox), ...(tags.length === 0 ? [] : [HEAD])];
    const chosen = tags[at];
    const rows = tags.flatMap((tag, i) => [
      tagLine(tag, registry),
      ...(i === at ? aboutLines(tag, registry) : []),
    ]);
    return {
      title: address === '' ? 'Registry' : `Registry at ${address}`,
      width: TEXT_WIDTH + 2,
      lines: [...top, ...rows, ...emptyLines(registry)],
      selected: chosen === undefined ? -1 : top.length + at,
      scroll: 0,
      cursor: null,
    };
  },
);

const HEAD: Line = [
  piece(
    padEnd('Repository', REPOSITORY) +
      padEnd('Tag', TAG) +
      padEnd('Digest', DIGEST) +
      `${'Size'.padStart(SIZE)}  Here`,
    'quiet',
  ),
];

const LEAVE_AND_OPEN = 'A lesson’s registry runs as long as the lesson does: leave it and open it again.';

function standingLines({ address, whose, phase, why, tags }: RegistryState, isSandbox: boolean): Line[] {
  if (address !== '' && phase === 'lost')
    return [
      ...textLines(`The registry is lost: ${why}.`, 'bad'),
      ...(whose === 'lesson' ? textLines(LEAVE_AND_OPEN, 'quiet') : []),
      ...(tags.length === 0 ? [] : textLines('What is below is as it was last seen.', 'quiet')),
      EMPTY_LINE,
    ];
  if (address === '' && why !== '') return textLines(`There is no registry: ${why}.`, 'bad');
  if (address === '')
    return isSandbox
      ? textLines('Starting the sandbox’s registry …', 'warning')
      : textLines(
          'There is no registry here. A sandbox has one, and so has a lesson about registries while it is open.',
          'quiet',
        );
  return phase === 'none' ? textLines('Reading …', 'warning') : [];
}

function tagLine(row: CatalogueTag, { here }: RegistryState): Line {
  const names = here.get(row.digest) ?? [];
  const size = row.size === null ? '' : humanSize(row.size);
  return [
    piece(padEnd(cutEnd(row.repository, REPOSITORY - 1), REPOSITORY)),
    piece(padEnd(cutEnd(row.tag, TAG - 1), TAG)),
    piece(padEnd(shortDigest(row.digest), DIGEST), 'quiet'),
    piece(`${size.padStart(SIZE)}  `),
    piece(names.length === 0 ? 'no' : names.length === 1 ? 'yes' : `${names.length} names`),
  ];
}

/** The selected one, with all that its row has no room for. */
function aboutLines({ digest, repository }: CatalogueTag, { here }: RegistryState): Line[] {
  const names = here.get(digest) ?? [];
  const same =
    names.length === 0
      ? 'no image of this engine has this digest'
      : `the same digest here: ${names.join(', ')}`;
  const seeded =
    repository === SEEDED
      ? ['Slipway has put it there: `docker pull busybox` finds it without a network']
      : [];
  // A digest has 64 digits, and an indented line as many cells.
  const [how = '', digits = ''] = digest.split(':');
  return [`${how}:`, digits, same, ...seeded].flatMap((text) =>
    textLines(text, 'quiet', TEXT_WIDTH - 4).map((line) => [piece('    '), ...line]),
  );
}

function emptyLines({ address, phase, tags }: RegistryState): Line[] {
  if (phase !== 'read' || tags.some(({ repository }) => repository !== SEEDED)) return [];
  const how = `\`docker tag tiny:1 ${address}/mine:1\`, then \`docker push ${address}/mine:1\``;
  return [
    ...(tags.length === 0 ? [] : [EMPTY_LINE]),
    ...textLines(`Nothing has been pushed to it yet. How it is done: ${how}.`, 'quiet'),
  ];
}

function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, DIGEST - 1);
}
