import type { Change, TreeNode } from '../../engine/layers/file-tree.ts';
import type { EntryType } from '../../engine/layers/layer.ts';
import { humanSize } from '../../engine/human-size.ts';
import { cutMiddle, padEnd, padStart } from '../fit-text.ts';
import { drawn, piece, type Line, type Piece } from '../line.ts';
import type { FileRow } from './file-rows.ts';
import { shownPath } from '../shown-path.ts';

/** From here on a line has room for modes and owner. */
export const WIDE = 58;

export const CHANGE_MARKS: Readonly<Record<Change, { mark: string; tone: Piece['tone']; said: string }>> = {
  added: { mark: '+ ', tone: 'good', said: 'added:' },
  changed: { mark: '~ ', tone: 'warning', said: 'changed:' },
  removed: { mark: '- ', tone: 'bad', said: 'removed:' },
  unchanged: { mark: '  ', tone: 'plain', said: '' },
};

const FOLDS = { open: '▾ ', folded: '▸ ' } as const;

/** Rows of the tree of files: what the layer did, size, and where there is room mode and owner; names indented as they lie. */
export function fileLines(rows: readonly FileRow[], columns: number): readonly Line[] {
  return rows.map((row) => fileLine(row, columns));
}

function fileLine({ node, depth, fold }: FileRow, columns: number): Line {
  const { mark, tone, said } = CHANGE_MARKS[node.change];
  const isWide = columns >= WIDE;
  const about = isWide ? ` ${modeText(node)} ${padEnd(ownerText(node), 9)}` : '';
  const indent = ' '.repeat(Math.min(depth * 2, Math.floor(columns / 3)));
  const lead = `${indent}${fold === null ? '  ' : FOLDS[fold]}`;
  const name = `${shownPath(node.name)}${fold === null ? '' : '/'}`;
  const target = targetText(node);
  const room = Math.max(8, columns - 12 - about.length - lead.length - Math.min(target.length, 12));
  return [
    drawn(mark, tone, said),
    piece(padStart(sizeText(node), 7), node.change === 'removed' ? 'bad' : 'plain'),
    piece(about, 'quiet'),
    drawn(` ${lead}`, 'quiet', fold ?? ''),
    piece(cutMiddle(name, room), tone),
    piece(target, 'quiet'),
  ];
}

function sizeText({ size, entry, children }: TreeNode): string {
  return size > 0 || children.length > 0 || entry?.type === 'file' ? humanSize(size) : '';
}

function targetText({ entry }: TreeNode): string {
  if (entry === null || entry.target === '') return '';
  return entry.type === 'hard-link' ? ` = /${shownPath(entry.target)}` : ` → ${shownPath(entry.target)}`;
}

export function ownerText({ entry }: TreeNode): string {
  return entry === null ? '' : `${entry.uid}:${entry.gid}`;
}

const TYPE_LETTERS: Readonly<Record<EntryType, string>> = {
  file: '-',
  folder: 'd',
  link: 'l',
  'hard-link': '-',
  'character-device': 'c',
  'block-device': 'b',
  pipe: 'p',
};

/** As `ls -l` writes it: `drwxr-xr-t`. */
export function modeText({ entry }: Pick<TreeNode, 'entry'>): string {
  if (entry === null) return '          ';
  const { mode, type } = entry;
  const triple = (shift: number, special: boolean, letter: string): string => {
    const bits = mode >> shift;
    const last = special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
  };
  const owner = triple(6, (mode & 0o4000) !== 0, 's');
  const group = triple(3, (mode & 0o2000) !== 0, 's');
  return TYPE_LETTERS[type] + owner + group + triple(0, (mode & 0o1000) !== 0, 't');
}
