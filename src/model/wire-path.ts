import { cellWidth, cutEnd, cutMiddle } from './fit-text.ts';

const ID = /^(?:sha256(?::|%3A))?([0-9a-f]{12})[0-9a-f]{52}$/i;
const SHORT_ID = /^[0-9a-f]{12}$/;

/** `/containers/0123456789ab/json`: ids with 12 digits, as docker shows them. */
export function withShortIds(path: string): string {
  return path
    .split('/')
    .map((part) => ID.exec(part)?.[1] ?? part)
    .join('/');
}

/** Least that is left of the kind of thing (`c…`), and of a name. */
const LEAST_KIND = 2;
const LEAST_NAME = 5;

/**
 * A path of the API in at most that many cells. What is done, at its end, stays longest: the kind at its beginning is
 * cut first, then the name between them.
 */
export function shortPath(path: string, cells: number): string {
  const [, ...steps] = withShortIds(path).split('/');
  const ofKind = steps[0] === 'libpod' ? 2 : 1;
  const kinds = steps.slice(0, ofKind);
  const name = steps.slice(ofKind, -1).join('/');
  const last = steps.length > ofKind ? (steps.at(-1) ?? '') : '';
  const join = (middle: string): string =>
    ['', ...kinds, middle, last].filter((step, i) => i === 0 || step !== '').join('/');
  const over = (middle: string): number => cellWidth(join(middle)) - cells;
  // A kind that is the whole path is all there is to see.
  if (last !== '')
    for (const [i, kind] of kinds.entries()) if (over(name) > 0) kinds[i] = cutKind(kind, over(name));
  const room = Math.max(LEAST_NAME, cellWidth(name) - Math.max(0, over(name)));
  const middle = SHORT_ID.test(name) ? cutEnd(name, room) : cutMiddle(name, room);
  return cutMiddle(join(middle), cells);
}

function cutKind(kind: string, by: number): string {
  return cutEnd(kind, Math.max(LEAST_KIND, cellWidth(kind) - by));
}
