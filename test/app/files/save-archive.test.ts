import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readlink, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { saveArchive, type Saved } from '../../../src/app/files/save-archive.ts';
import { rawTar, type RawEntry } from './raw-tar.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'slipway-files-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

const save = (
  archive: Buffer | Readable,
  target: string,
  { overwrite = false, isWhole = false } = {},
): Promise<Saved> => {
  const stream = archive instanceof Readable ? archive : Readable.from([archive], { objectMode: false });
  return saveArchive(stream, { isWhole, target, overwrite, onBytes: () => {} });
};
const dir = (name: string): RawEntry => ({ name, flag: '5', mode: 0o755 });
const file = (name: string, content = 'x', more: Partial<RawEntry> = {}): RawEntry => ({
  name,
  content,
  ...more,
});
const link = (name: string, target: string): RawEntry => ({ name, flag: '2', target });

it('a folder is written as it was, with permissions and links, but no setuid', async () => {
  const at = await folder();
  const saved = await save(
    rawTar([
      dir('d/'),
      file('d/a', 'hello', { mode: 0o4750 }),
      { ...dir('d/closed/'), mode: 0o555 },
      file('d/closed/in', 'y'),
      link('d/l', 'closed/in'),
      { name: 'd/hard', flag: '1', target: 'd/a' },
    ]),
    join(at, 'copy'),
  );
  expect(saved).toEqual({ files: 3, bytes: 6, leftOut: [] });
  expect(await readFile(join(at, 'copy/l'), 'utf8')).toBe('y');
  expect(await readlink(join(at, 'copy/l'))).toBe('closed/in');
  const one = await stat(join(at, 'copy/a'));
  expect(one.mode & 0o7777).toBe(0o750);
  expect(one.uid).toBe(process.getuid?.());
  expect((await stat(join(at, 'copy/hard'))).ino).toBe(one.ino);
  expect(await readdir(at)).toEqual(['copy']);
});

const TRICKS: readonly (readonly [what: string, entries: readonly RawEntry[], says: RegExp])[] = [
  ['leads upwards', [dir('d/'), file('d/../../evil')], /leads out/],
  ['begins upwards', [file('../evil')], /leads out/],
  ['is absolute', [dir('d/'), file('/etc/evil')], /absolute/],
  [
    'goes through a link made before',
    [dir('d/'), link('d/l', 'sub'), dir('d/sub/'), file('d/l/evil')],
    /through a link/,
  ],
  ['goes through a link that was left out', [dir('d/'), link('d/l', '/tmp'), file('d/l/evil')], /no folder/],
  ['replaces a link', [dir('d/'), link('d/l', 'x'), file('d/l')], /twice/],
  ['replaces a folder by a link', [dir('d/'), dir('d/s/'), link('d/s', 'x'), file('d/s/evil')], /twice/],
  ['is below a file', [dir('d/'), file('d/a'), file('d/a/evil')], /no folder/],
  [
    'is a hard link outside',
    [dir('d/'), { name: 'd/h', flag: '1', target: '../../etc/passwd' }],
    /leads out/,
  ],
  [
    'is a hard link to an absolute path',
    [dir('d/'), { name: 'd/h', flag: '1', target: '/etc/passwd' }],
    /absolute/,
  ],
  [
    'is a hard link to a link',
    [dir('d/'), link('d/l', 'x'), { name: 'd/h', flag: '1', target: 'd/l' }],
    /no file/,
  ],
  ['is not what was asked for', [dir('d/'), file('e/evil')], /not what was asked/],
];

it.each(TRICKS)(
  'an archive in which a path %s is refused, and nothing of it is left',
  async (_, entries, says) => {
    const at = await folder();
    await expect(save(rawTar(entries), join(at, 'copy'))).rejects.toMatchObject({
      kind: 'rejected',
      message: says,
    });
    expect(await readdir(at)).toEqual([]);
  },
);

it('devices, pipes and links that lead out are left out and named', async () => {
  const at = await folder();
  const { leftOut } = await save(
    rawTar([
      dir('d/'),
      { name: 'd/null', flag: '3' },
      { name: 'd/disk', flag: '4' },
      { name: 'd/pipe', flag: '6' },
      link('d/out', '../../secret'),
      link('d/abs', '/etc/passwd'),
      file('d/Name', '1'),
      file('d/name', '2'),
      file('d/twice', 'first'),
      file('d/twice', 'last'),
    ]),
    join(at, 'copy'),
  );
  expect(leftOut.map(({ name }) => name)).toEqual(['d/null', 'd/disk', 'd/pipe', 'd/out', 'd/abs']);
  expect((await readdir(join(at, 'copy'))).toSorted()).toEqual(['Name', 'name', 'twice']);
  expect(await readFile(join(at, 'copy/twice'), 'utf8')).toBe('last');
});

it('names that are not UTF-8 are written byte for byte', async () => {
  const at = await folder();
  await save(rawTar([dir('d/'), file('d/bad\udcff')]), join(at, 'copy'));
  const [name] = await readdir(join(at, 'copy'), { encoding: 'buffer' });
  expect(name?.toString('hex')).toBe(Buffer.from([0x62, 0x61, 0x64, 0xff]).toString('hex'));
});

it('a name that is too long for the disk is an error that says so', async () => {
  const at = await folder();
  const long = save(
    rawTar([dir('d/'), { ...file('d/n'), longName: `d/${'n'.repeat(300)}` }]),
    join(at, 'copy'),
  );
  await expect(long).rejects.toThrow(/too long/);
  expect(await readdir(at)).toEqual([]);
});

it('one file is there whole or not at all: cut short, broken off', async () => {
  const at = await folder();
  const whole = rawTar([file('f', 'x'.repeat(100_000))]);
  await expect(save(whole.subarray(0, 50_000), join(at, 'f'))).rejects.toMatchObject({ kind: 'protocol' });
  const broken = Readable.from(
    (function* () {
      yield whole.subarray(0, 50_000);
      throw new Error('lost');
    })(),
  );
  await expect(save(broken, join(at, 'f'))).rejects.toThrow(/lost/);
  expect(await readdir(at)).toEqual([]);
});

it.skipIf(process.getuid?.() !== 0)(
  'a full disk is said to be full, and has no half file on it',
  async () => {
    const at = await folder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at]);
    onTestFinished(() => void execFileSync('umount', [at]));
    await writeFile(join(at, 'f'), 'old');
    const big = save(rawTar([file('f', 'x'.repeat(200_000))]), join(at, 'f'), { overwrite: true });
    await expect(big).rejects.toMatchObject({ kind: 'disk-full', message: /no space left/ });
    expect(await readdir(at)).toEqual(['f']);
    expect(await readFile(join(at, 'f'), 'utf8')).toBe('old');
  },
);

it('what is there already stays, unless it is to be overwritten', async () => {
  const at = await folder();
  await writeFile(join(at, 'f'), 'old');
  await expect(save(rawTar([file('f', 'new')]), join(at, 'f'))).rejects.toMatchObject({ kind: 'conflict' });
  expect(await readFile(join(at, 'f'), 'utf8')).toBe('old');
  await writeFile(join(at, 'other'), 'other');
  await symlink('other', join(at, 'l'));
  await save(rawTar([file('f', 'new')]), join(at, 'f'), { overwrite: true });
  // A link in the place of the file is replaced, not written through.
  await save(rawTar([file('l', 'new')]), join(at, 'l'), { overwrite: true });
  expect(await readFile(join(at, 'f'), 'utf8')).toBe('new');
  expect(await readFile(join(at, 'other'), 'utf8')).toBe('other');
});

it('a whole place has no name of its own in the archive', async () => {
  const at = await folder();
  await save(rawTar([dir('./'), dir('./bin/'), file('./bin/a')]), join(at, 'docker'), { isWhole: true });
  await save(rawTar([dir('bin'), file('bin/a')]), join(at, 'podman'), { isWhole: true });
  for (const name of ['docker', 'podman']) expect(await readFile(join(at, name, 'bin/a'), 'utf8')).toBe('x');
});
