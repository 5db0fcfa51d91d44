import type { FileEntry, FileType } from '../../engine/files/file-entry.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { Mount } from '../../engine/objects.ts';
import { upFor } from '../durations.ts';
import { padEnd, padStart } from '../fit-text.ts';
import { piece, type Line } from '../line.ts';
import { pathOf } from './path-parts.ts';
import { shownPath } from '../shown-path.ts';

/** Letters as in `ls -l`. */
const LETTERS: Readonly<Record<FileType, string>> = {
  file: '-',
  folder: 'd',
  link: 'l',
  'character-device': 'c',
  'block-device': 'b',
  pipe: 'p',
  socket: 's',
};
const WORDS: Readonly<Partial<Record<FileType, string>>> = {
  'character-device': 'device',
  'block-device': 'device',
  pipe: 'pipe',
  socket: 'socket',
};

/** Least inner width of the pane with each column. */
const WITH_AGE = 40;
const WITH_MODE = 52;
const WITH_OWNER = 68;
const DAY = 86_400_000;
const SIZE = 8;
const AGE = 8;
const MODE = 11;
const OWNER = 12;

export type LineFacts = { columns: number; now: number; mounts: readonly Mount[]; folder: string };

/** A line of the list: name with what it is, size, age, permissions, owner, as there is room. */
export function fileLine(entry: FileEntry, { columns, now, mounts, folder }: LineFacts): Line {
  const after = [
    piece(padStart(sizeText(entry), SIZE), 'quiet'),
    ...when(columns >= WITH_AGE, padStart(ageText(entry, now), AGE)),
    ...when(columns >= WITH_MODE, padStart(modeText(entry), MODE)),
    ...when(columns >= WITH_OWNER, padStart(ownerText(entry), OWNER)),
  ];
  const room = columns - after.reduce((sum, { text }) => sum + text.length, 0);
  const mount = mountAt(mounts, pathOf(folder, entry.name));
  const name = padEnd(
    nameText(entry) + (mount === undefined ? '' : `  ${mountText(mount)}`),
    Math.max(8, room),
  );
  return [piece(name, entry.type === 'folder' ? 'accent' : 'plain'), ...after];
}

const when = (isThere: boolean, text: string): Line => (isThere ? [piece(text, 'quiet')] : []);

/** A folder ends with a slash, a link says where it leads: nothing is told by a colour alone. */
function nameText({ name, type, target }: FileEntry): string {
  const shown = shownPath(name);
  if (type === 'folder') return `${shown}/`;
  if (type === 'link') return target === '' ? `${shown} →` : `${shown} → ${shownPath(target)}`;
  return shown;
}

function sizeText({ type, size }: FileEntry): string {
  if (type === 'folder') return '';
  if (type === 'link') return 'link';
  return WORDS[type] ?? humanSize(size);
}

/** Images built to be the same each time have files of 1970: that is no age. */
function ageText({ modifiedAt }: FileEntry, now: number): string {
  return modifiedAt < DAY ? '–' : upFor(modifiedAt, now);
}

/** `-rwsr-xr-x`. */
export function modeText({ type, mode }: FileEntry): string {
  const bits = [6, 3, 0].map((shift) => {
    const three = (mode >> shift) & 7;
    return (three & 4 ? 'r' : '-') + (three & 2 ? 'w' : '-') + (three & 1 ? 'x' : '-');
  });
  const special = (bit: number, part: string, letter: string): string => {
    if ((mode & bit) === 0) return part;
    return part.slice(0, 2) + (part.endsWith('x') ? letter : letter.toUpperCase());
  };
  const [user = '', group = '', others = ''] = bits;
  return (
    LETTERS[type] + special(0o4000, user, 's') + special(0o2000, group, 's') + special(0o1000, others, 't')
  );
}

function ownerText({ uid, gid }: FileEntry): string {
  return uid === null ? '' : `${uid}:${gid}`;
}

function mountAt(mounts: readonly Mount[], path: string): Mount | undefined {
  return mounts.find(({ target }) => target.replace(/\/+$/, '') === path);
}

/** `(volume notes)`, `(bind /srv)`, `(tmpfs)`. */
export function mountText({ type, name, source, writable }: Mount): string {
  const of =
    type === 'volume'
      ? ` ${name.length === 64 ? name.slice(0, 12) : name}`
      : type === 'bind'
        ? ` ${source}`
        : '';
  return `(${type === 'other' ? 'mount' : type}${of}${writable ? '' : ', read-only'})`;
}
