import { expect, it } from 'vitest';
import { rawTar, type RawEntry } from '../../app/files/raw-tar.ts';
import { archiveWalk } from '../../../src/engine/files/archive-walk.ts';

function walk(entries: readonly RawEntry[], { most = 100, root = '/d' } = {}) {
  const found = archiveWalk(root, most, { hasOwners: true });
  found.reader.write(rawTar(entries));
  return found;
}
const names = (found: ReturnType<typeof walk>, path: string) =>
  found.folders.get(path)?.map(({ name }) => name);

it('names that lead upwards, or are absolute, stay in the folder that was asked for', () => {
  const found = walk([{ name: '../../etc/passwd' }, { name: '/abs' }, { name: './a/../../b' }]);
  expect([...found.folders.keys()].every((path) => path === '/d' || path.startsWith('/d/'))).toBe(true);
  expect(names(found, '/d')).toEqual(['abs', 'b']);
});

it('what has more entries than may be is cut, without the folders that may go on', () => {
  const found = walk(
    [{ name: 'a/', flag: '5' }, { name: 'a/1' }, { name: 'b/', flag: '5' }, { name: 'b/1' }, { name: 'b/2' }],
    { most: 4 },
  );
  expect(found.isFull()).toBe(true);
  expect(found.entries()).toBe(4);
  found.dropOpen();
  expect([...found.folders.keys()]).toEqual(['/d', '/d/a']);
});

it('as many entries as may be are no cut', () => {
  const found = walk([{ name: 'a' }, { name: 'b' }], { most: 2 });
  expect(found.isFull()).toBe(false);
});

it('a hard link has the size of its file, wherever that is', () => {
  const found = walk([
    { name: './a', content: 'hello' },
    { name: './s/', flag: '5' },
    { name: './s/h', flag: '1', target: './a' },
  ]);
  expect(found.folders.get('/d/s')).toMatchObject([{ name: 'h', type: 'file', size: 5, target: '' }]);
});
