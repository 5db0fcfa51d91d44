import { describe, expect, test } from 'vitest';
import type { FileEntry } from '../../../src/engine/files/file-entry.ts';
import type { FolderTree } from '../../../src/engine/files/engine-files.ts';
import type { Event } from '../../../src/model/events.ts';
import { lineText } from '../../../src/model/line.ts';
import { mouseIntents } from '../../../src/model/mouse.ts';
import { reduce } from '../../../src/model/reduce.ts';
import { selectDetails } from '../../../src/model/select-details.ts';
import { selectFolderSubject } from '../../../src/model/files/files-subject.ts';
import type { State } from '../../../src/model/state.ts';
import { aContainer, after, anImage, follow, holding, NOW, pressed } from '../build-state.ts';

const entry = (name: string, more: Partial<FileEntry> = {}): FileEntry => ({
  name,
  type: 'file',
  size: 10,
  mode: 0o644,
  uid: 0,
  gid: 0,
  modifiedAt: NOW - 120_000,
  target: '',
  ...more,
});
const dir = (name: string): FileEntry => entry(name, { type: 'folder', size: 0, mode: 0o755 });

const ROOT = [entry('b', { size: 5 }), entry('a10', { size: 900 }), entry('a2'), dir('etc'), dir('bin')];
const tree = (folders: Record<string, readonly FileEntry[]>, more: Partial<FolderTree> = {}): FolderTree => ({
  folders: new Map(Object.entries(folders)),
  isCut: false,
  entries: 1,
  bytes: 1,
  mounts: [],
  ...more,
});
const of = 'container c-web';
const pressAll = (state: State, ...keys: readonly string[]): State => pressed(state, ...keys).state;
const effectsOf = (state: State, key: string) => pressed(state, key).effects;
const opened = (folders: Record<string, readonly FileEntry[]>, more: Partial<FolderTree> = {}): State =>
  after(
    pressAll(holding({ container: [aContainer('web')], image: [anImage('tiny:1')] }), 'f'),
    { type: 'files-opened', of },
    { type: 'folder-read', of, path: '/', tree: tree(folders, more) },
  );
const start = opened({ '/': ROOT, '/etc': [entry('motd'), entry('passwd')], '/bin': [] });

function lines(state: State): readonly string[] {
  const content = selectDetails(state)!.content;
  return content.kind === 'lines'
    ? content.lines.map((line) => lineText(line).trim())
    : [`(${content.kind})`];
}
const names = (state: State): string[] =>
  lines(state)
    .slice(1)
    .map((line) => line.split(/\s{2,}/)[0] ?? '');
const selected = (state: State): string => {
  const content = selectDetails(state)!.content;
  return content.kind === 'lines' ? (lines(state)[content.selected] ?? '') : '';
};
const status = (state: State): string => selectDetails(state)!.status;

describe('the files of a container', () => {
  test('have the path on top, folders first, and numbers in names in their order', () => {
    expect(lines(start)[0]).toBe('/');
    expect(names(start)).toEqual(['bin/', 'etc/', 'a2', 'a10', 'b']);
    expect(status(start)).toBe('1 of 5');
  });

  test('are asked for once, and a folder that was read along is not asked for again', () => {
    const fresh = pressAll(holding({ container: [aContainer('web')] }), 'f');
    expect(selectFolderSubject(fresh)).toEqual([`${of}\n0\n/`]);
    expect(selectFolderSubject(start)).toEqual([]);
    expect(selectFolderSubject(pressAll(start, 'down', 'enter'))).toEqual([]);
    expect(selectFolderSubject(pressAll(start, 'r'))).toEqual([`${of}\n2\n/`]);
    expect(selectFolderSubject(pressAll(fresh, 'l'))).toEqual([]);
  });

  test('are gone through by folder, and the one that was left is selected above', () => {
    const inside = pressAll(start, 'down', 'enter', 'down');
    expect(lines(inside)[0]).toBe('/etc');
    expect(selected(inside)).toMatch(/^passwd/);
    const back = pressAll(inside, 'backspace');
    expect(lines(back)[0]).toBe('/');
    expect(selected(back)).toMatch(/^etc\//);
    expect(names(pressAll(back, 'up', 'enter'))).toEqual(['Nothing is in this folder.']);
    expect(lines(pressAll(start, 'h'))[0]).toBe('/');
  });

  test('are sorted and filtered, and the selection stays on its file', () => {
    expect(names(pressAll(start, 'o')).slice(2)).toEqual(['a10', 'a2', 'b']);
    const filtered = pressAll(start, 'end', '/', 'b', 'enter');
    expect(names(filtered)).toEqual(['bin/', 'b']);
    expect(selected(filtered)).toMatch(/^b /);
    expect(names(pressAll(start, '/', 'q', 'q', 'enter'))).toEqual(['Nothing here fits the filter.']);
    expect(names(pressAll(start, '/', 'b', 'esc'))).toHaveLength(5);
  });

  test('say in letters and words what they are, also where a name would do harm', () => {
    const odd = opened(
      {
        '/': [
          entry('l', { type: 'link', target: 'to/it' }),
          entry('null', { type: 'character-device' }),
          entry('x\u001b[31my\nz'),
          entry('bad\udcff'),
          dir('vol'),
        ],
      },
      { mounts: [{ type: 'volume', name: 'notes', source: '', target: '/vol', writable: false }] },
    );
    expect(names(odd)).toEqual(['vol/', 'bad\ufffd', 'l → to/it', 'null', 'xy␤z']);
    expect(lines(odd)[1]).toContain('(volume notes, read-only)');
    expect(lines(odd)[4]).toContain('device');
    expect(lines({ ...odd, size: { columns: 200, rows: 40 } })[4]).toContain('crw-r--r--');
  });

  test('that are being read are shown as they come, and reading can be stopped', () => {
    const reading = after(
      start,
      {
        type: 'folder-changed',
        of,
        path: '/',
      },
      {
        type: 'folder-progressed',
        of,
        reading: { path: '/', entries: 1234, bytes: 5_000_000, listed: [entry('first')] },
      },
    );
    expect(names(reading)).toEqual(['first']);
    expect(status(reading)).toBe('reading … 1,234 entries, 5 MB · x stops it');
    const stopped = pressAll(reading, 'x');
    expect(selectFolderSubject(stopped)).toEqual([]);
    expect(status(stopped)).toBe('1 of 1 · not all was read: a folder opened from here is read whole');
  });

  test('that cannot be read say why, and what was read before stays', () => {
    const failed = after(pressAll(start, 'down', 'enter', 'r'), {
      type: 'folder-failed',
      of,
      path: '/etc',
      why: 'permission denied',
      advice: 'Ask.',
    });
    expect(lines(failed)).toEqual(['/etc', 'permission denied', 'Ask.']);
    expect(names(pressAll(failed, 'h'))).toHaveLength(5);
  });

  test('that were asked for before another container was selected change nothing', () => {
    const late: Event = { type: 'folder-read', of: 'container other', path: '/', tree: tree({ '/': [] }) };
    expect(reduce(start, late).files).toBe(start.files);
  });

  test('are opened, and copied to and from, by what stands in a form', () => {
    const onFile = pressAll(start, 'end');
    const source = {
      place: { of: 'container', id: 'c-web' },
      label: 'web',
      path: '/b',
      size: 5,
      isLink: false,
    };
    expect(effectsOf(onFile, 'enter')).toEqual([{ do: 'open-file', source }]);
    expect(effectsOf(onFile, 'y')).toEqual([{ do: 'copy', text: '/b', what: '/b' }]);
    expect(effectsOf(pressAll(onFile, 'c'), 'enter')).toEqual([
      { do: 'copy-out', source, target: '.', overwrite: false },
    ]);
    const into = { ...source, path: '/', size: null };
    expect(effectsOf(pressAll(onFile, 'p', '~', '/', 'x'), 'enter')).toEqual([
      { do: 'copy-in', from: '~/x', into, overwrite: false },
    ]);
    expect(effectsOf(pressAll(onFile, 'p'), 'enter')).toEqual([]);
  });

  test('are selected by a click, opened by another, and left by one on the path', () => {
    const { rect } = selectDetails(start)!;
    const click = (state: State, line: number): State =>
      follow(
        state,
        mouseIntents(state, {
          action: 'press',
          button: 'left',
          x: rect.x + 3,
          y: rect.y + 1 + line,
          shift: false,
          alt: false,
          ctrl: false,
        }),
      );
    const once = click(start, 2);
    expect(selected(once)).toMatch(/^etc/);
    const twice = click(once, 2);
    expect(lines(twice)[0]).toBe('/etc');
    expect(lines(click(twice, 0))[0]).toBe('/');
    expect(click(start, 9).files).toBe(start.files);
  });

  test('of an image can be copied out only', () => {
    const image = after(
      pressAll(holding({ image: [anImage('tiny:1')] }), '2', 'f'),
      { type: 'files-opened', of: 'image sha256:tiny' },
      { type: 'folder-read', of: 'image sha256:tiny', path: '/', tree: tree({ '/': ROOT }) },
    );
    expect(names(image)).toHaveLength(5);
    expect(pressAll(image, 'p').overlays).toEqual([]);
    expect(pressAll(image, 'c').overlays).toMatchObject([{ kind: 'form' }]);
  });
});
