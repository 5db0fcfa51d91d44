import type { PathChange } from '../../engine/engine.ts';
import { humanSize } from '../../engine/human-size.ts';
import { foldCase } from '../fold-case.ts';
import { cutMiddle, padStart } from '../fit-text.ts';
import { drawn, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { CHANGE_MARKS } from './file-lines.ts';
import { isNew, type LiveChange, type LiveChanges } from './live-changes.ts';
import { shownPath } from '../shown-path.ts';

const MARKS: Readonly<Record<PathChange['kind'], (typeof CHANGE_MARKS)['added']>> = {
  added: CHANGE_MARKS.added,
  changed: CHANGE_MARKS.changed,
  deleted: CHANGE_MARKS.removed,
};

/** Those whose path holds the query. */
export const shownChanges = memoizeLast(
  (list: readonly LiveChange[], query: string): readonly LiveChange[] => {
    if (query === '') return list;
    const wanted = foldCase(query);
    return list.filter(({ path }) => foldCase(shownPath(path)).includes(wanted));
  },
);

/** A path that a container changed; one that has just come has a mark. */
export function changeLine(change: LiveChange, live: LiveChanges, columns: number): Line {
  const { mark, tone, said } = MARKS[change.kind];
  const size = change.isFolder ? 'folder' : change.size === null ? '' : humanSize(change.size);
  return [
    isNew(change, live) ? drawn('• ', 'accent', 'new:') : piece('  '),
    drawn(mark, tone, said),
    piece(`${padStart(size, 7)} `, change.isFolder ? 'quiet' : 'plain'),
    piece(cutMiddle(shownPath(change.path), Math.max(8, columns - 14)), change.isFolder ? 'quiet' : 'plain'),
  ];
}
