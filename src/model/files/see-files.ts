import type { FileEntry } from '../../engine/files/file-entry.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { Item } from '../../engine/objects.ts';
import { piece, type Line, type Piece } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import type { DetailContent } from '../select-details.ts';
import type { Size, State } from '../state.ts';
import { wrapWords } from '../wrap-words.ts';
import { fileLine } from './file-line.ts';
import { selectedFile, selectFileRows } from './file-rows.ts';
import { filesOf } from './files-subject.ts';
import { NO_FILES, type Files } from './files-state.ts';
import { shownPath } from '../shown-path.ts';

type Seen = { content: DetailContent; status: string };

/** The Files tab: the path on top, then what is in the folder. */
export function seeFiles(state: State, item: Item, size: Size): Seen {
  const files = state.files.of === filesOf(item) ? state.files : NO_FILES;
  return see(files, size.columns, size.rows, state.now, item.kind);
}

const see = memoizeLast(
  (files: Files, columns: number, height: number, now: number, kind: Item['kind']): Seen => {
    const rows = selectFileRows(files);
    const at = selectedFile(rows, files);
    const { first, count } = filesWindow(at, rows.length, height);
    const { path, filter } = files.view;
    const facts = { columns: columns - 1, now, mounts: files.mounts, folder: path };
    const shown = rows.slice(first, first + count).map((entry) => fileLine(entry, facts));
    const heading: Line = [piece(shownPath(path), 'title'), ...noteOf(filter)];
    const lines = [heading, ...(rows.length > 0 ? shown : emptyLines(files, columns - 1))];
    return {
      content: { kind: 'lines', lines, selected: rows.length > 0 ? at - first + 1 : -1 },
      status: statusOf(files, rows, at, kind),
    };
  },
);

function noteOf(filter: string): Line {
  return filter === '' ? [] : [piece(`  only “${filter}”`, 'quiet')];
}

/** The rows that fit below the path, with the selected one among them. */
export function filesWindow(at: number, rows: number, height: number): { first: number; count: number } {
  const count = Math.max(1, height - 1);
  const first = Math.max(0, Math.min(at - Math.floor(count / 2), rows - count));
  return { first, count };
}

function emptyLines({ failed, folders, view }: Files, columns: number): readonly Line[] {
  if (failed?.path === view.path) {
    const wrapped = (text: string, tone: Piece['tone']): Line[] =>
      wrapWords(text, columns).map((line) => [piece(line, tone)]);
    return [...wrapped(failed.why, 'bad'), ...(failed.advice === '' ? [] : wrapped(failed.advice, 'quiet'))];
  }
  if (!folders.has(view.path)) return [[piece('Reading …', 'quiet')]];
  return [
    [piece(view.filter === '' ? 'Nothing is in this folder.' : 'Nothing here fits the filter.', 'quiet')],
  ];
}

function statusOf(files: Files, rows: readonly FileEntry[], at: number, kind: Item['kind']): string {
  const { reading, view, cut, failed } = files;
  if (failed?.path === view.path) return 'r tries again · h goes up';
  if (!files.folders.has(view.path)) {
    if (reading?.path !== view.path) return 'reading …';
    return `reading … ${reading.entries.toLocaleString('en-US')} entries, ${humanSize(reading.bytes)} · x stops it`;
  }
  const parts = [rows.length === 0 ? '' : `${at + 1} of ${rows.length.toLocaleString('en-US')}`];
  if (cut.has(view.path)) parts.push('not all was read: a folder opened from here is read whole');
  else if (kind === 'image') parts.push('as in a container made from it');
  return parts.filter(Boolean).join(' · ');
}
