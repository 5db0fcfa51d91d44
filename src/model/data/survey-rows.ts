import { humanSize } from '../../engine/human-size.ts';
import type { Kind } from '../../engine/objects.ts';
import { memoizeLast } from '../memoize.ts';
import { imageNames } from '../rows.ts';
import { cleanUpsOf, type CleanUp } from './clean-ups.ts';
import type { Known } from './places.ts';

/** Things of each kind that are listed, the largest first. */
const LISTED = 15;

/** A row of the disk usage: a clean-up, or one of the largest things. */
export type UsageRow =
  | { kind: 'clean-up'; cleanUp: CleanUp }
  | { kind: 'thing'; of: Kind; id: string; name: string; size: number; note: string };

export function usageRows({ objects, data, engine }: Known): readonly UsageRow[] {
  return computeRows(objects, data, engine);
}

const computeRows = memoizeLast(
  (objects: Known['objects'], data: Known['data'], engine: Known['engine']): readonly UsageRow[] => {
    const kinds = ['container', 'image', 'volume'] as const;
    const cleanUps = kinds.flatMap((kind) => cleanUpsOf(kind, engine?.family ?? 'docker'));
    return [
      ...cleanUps.map((cleanUp): UsageRow => ({ kind: 'clean-up', cleanUp })),
      ...things({ objects, data, engine }),
    ];
  },
);

type Thing = Extract<UsageRow, { kind: 'thing' }>;

function things({ objects, data }: Known): Thing[] {
  const usage = data.survey?.usage;
  if (usage === null || usage === undefined) return [];
  const images = usage.images.flatMap(({ id, size, shared }): Thing[] => {
    const item = objects.image.items?.get(id);
    const name = item?.kind === 'image' ? imageNames(item).join(', ') : id.slice(0, 19);
    return [{ kind: 'thing', of: 'image', id, name, size, note: sharedNote(shared) }];
  });
  const containers = usage.containers.flatMap(({ id, writable }): Thing[] => {
    const item = objects.container.items?.get(id);
    return item?.kind !== 'container'
      ? []
      : [{ kind: 'thing', of: 'container', id, name: item.name, size: writable, note: 'own layer' }];
  });
  const volumes = usage.volumes.flatMap(({ name, size }): Thing[] =>
    size === null ? [] : [{ kind: 'thing', of: 'volume', id: name, name, size, note: '' }],
  );
  return [images, containers, volumes].flatMap((list) =>
    list.toSorted((a, b) => b.size - a.size).slice(0, LISTED),
  );
}

function sharedNote(shared: number | null): string {
  if (shared === null) return '';
  return shared === 0 ? 'shares nothing' : `${humanSize(shared)} of it is shared`;
}
