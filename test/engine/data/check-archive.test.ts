import { packTar } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import { checkArchive, mustBeHarmless } from '../../../src/engine/data/check-archive.ts';

type Header = Parameters<typeof packTar>[0][number]['header'];
const file = (name: string): Header => ({ name, type: 'file', size: 0 });
const device = (name: string): Header => ({ name, type: 'block-device', size: 0 });
const folder = (name: string): Header => ({
  name,
  type: 'directory',
  mode: 0o751,
  uid: 3,
  gid: 4,
  mtime: new Date(86_400_000),
  size: 0,
});
const link = (name: string, linkname: string, type: 'symlink' | 'link' = 'symlink'): Header => ({
  name,
  type,
  linkname,
  size: 0,
});

async function check(...headers: Header[]): Promise<ReturnType<ReturnType<typeof checkArchive>['end']>> {
  return checkBytes(Buffer.from(await packTar(headers.map((header) => ({ header })))));
}

function checkBytes(bytes: Buffer): ReturnType<ReturnType<typeof checkArchive>['end']> {
  const checking = checkArchive();
  checking.write(bytes);
  const facts = checking.end();
  mustBeHarmless(facts);
  return facts;
}

describe('an archive that is to be restored', () => {
  test('tells its entries and what it says of the volume’s own folder', async () => {
    const facts = await check(
      folder('./'),
      file('./a'),
      link('./l', '/etc/passwd'),
      link('./h', './a', 'link'),
    );
    expect(facts).toEqual({
      entries: 4,
      root: { mode: 0o751, uid: 3, gid: 4, modifiedAt: 86_400_000 },
      refused: [],
    });
  });

  test.each([
    ['an absolute path', [file('/etc/passwd')], '/etc/passwd (it leads out'],
    ['a path upwards', [file('a/../../x')], 'a/../../x (it leads out'],
    [
      'a path through a link',
      [link('./l', '/etc'), file('./l/passwd')],
      './l/passwd (it leads through a link',
    ],
    ['a hard link out', [link('./h', '../../etc/shadow', 'link')], './h (a hard link out'],
    [
      'a hard link through a link',
      [link('./l', '/etc'), link('./h', 'l/shadow', 'link')],
      './h (a hard link through',
    ],
    ['a device', [device('./sda')], './sda (a device'],
  ])('is refused with %s', async (_, headers, said) => {
    await expect(check(...headers)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(said) as string,
    });
  });

  test('counts what it does not name', async () => {
    const many = Array.from({ length: 5 }, (_, i) => file(`../${i}`));
    await expect(check(...many)).rejects.toThrow(/\.\.\/2 \(.*\), and 2 more/);
  });

  test('is refused when it is cut anywhere, also between two entries', async () => {
    const whole = Buffer.from(await packTar([{ header: file('a') }, { header: file('b') }]));
    for (const length of [0, 100, 512, 700, 1024])
      expect(() => checkBytes(whole.subarray(0, length)), String(length)).toThrow('cut short');
    expect(checkBytes(whole).entries).toBe(2);
  });
});
