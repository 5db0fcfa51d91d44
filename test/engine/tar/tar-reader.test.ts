import { execFileSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.ts';
import { exactBytes, exactText } from '../../../src/engine/tar/exact-text.ts';
import type { TarEntry } from '../../../src/engine/tar/tar-entry.ts';
import { tarReader } from '../../../src/engine/tar/tar-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-tar-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LONG = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(120)}`;
const ODD = Buffer.from([0x66, 0xff, 0xfe, 0x0a, 0x1b, 0x67]);

/** A folder with one of everything that these programs can write. */
function makeFolder(): string {
  const root = join(folder, 'root');
  mkdirSync(join(root, LONG, '..'), { recursive: true });
  writeFileSync(join(root, LONG), 'long');
  symlinkSync(`/${LONG}`, join(root, 'to-long'));
  writeFileSync(join(root, 'plain'), 'twelve bytes', { mode: 0o4755 });
  writeFileSync(join(root, 'ümläut ☃'), '');
  linkSync(join(root, 'plain'), join(root, 'second-name'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), ODD]), 'odd');
  return root;
}
const root = makeFolder();

function entriesOf(archive: Buffer, pieces = archive.length): (TarEntry & { body: string })[] {
  const all: (TarEntry & { body: string })[] = [];
  const reader = tarReader((entry) => {
    const kept = { ...entry, body: '' };
    all.push(kept);
    return { write: (bytes) => void (kept.body += bytes.toString('latin1')), end: () => {} };
  });
  for (let at = 0; at < archive.length; at += pieces) reader.write(archive.subarray(at, at + pieces));
  reader.end();
  return all;
}

const packed = (format: string, ...names: string[]): Buffer =>
  execFileSync('tar', [`--format=${format}`, '--sort=name', '-C', root, '-cf', '-', ...names]);

describe.each(['gnu', 'pax', 'oldgnu'])('an archive in the %s format', (format) => {
  const archive = packed(format, '.');

  it('has every path as it is on the disk', () => {
    const entries = entriesOf(archive);
    expect(entries).toHaveLength(10);
    for (const { name, type, size, mode, uid, modifiedAt, body } of entries.filter(
      (e) => e.type !== 'hard-link',
    )) {
      const stat = lstatSync(Buffer.concat([Buffer.from(`${root}/`), exactBytes(name)]));
      const what = stat.isDirectory()
        ? 'folder'
        : stat.isSymbolicLink()
          ? 'link'
          : stat.isFIFO()
            ? 'pipe'
            : 'file';
      const bytes = stat.isFile() ? stat.size : 0;
      expect({ name, type, size, mode, uid }).toEqual({
        name,
        type: what,
        size: bytes,
        mode: stat.mode & 0o7777,
        uid: stat.uid,
      });
      expect(body).toHaveLength(bytes);
      const at = format === 'pax' ? Math.floor(stat.mtimeMs) : Math.floor(stat.mtimeMs / 1000) * 1000;
      expect(Math.abs(modifiedAt - at)).toBeLessThanOrEqual(1);
    }
  });

  it('has names and targets longer than a header, and those that are no UTF-8', () => {
    const entries = entriesOf(archive);
    expect(entries.map(({ name }) => name)).toEqual(
      expect.arrayContaining([`./${LONG}`, './ümläut ☃', './f\udcff\udcfe\n\u001bg']),
    );
    expect(entries.find(({ type }) => type === 'link')?.target).toBe(`/${LONG}`);
    expect(entries.find(({ type }) => type === 'hard-link')).toMatchObject({ size: 0, target: './plain' });
  });

  it.each([1, 7, 511, 513, 4096])('is the same in pieces of %i bytes', (pieces) => {
    expect(entriesOf(archive, pieces)).toEqual(entriesOf(archive));
  });

  it('cut short anywhere is refused, or lacks only its end', () => {
    const whole = entriesOf(archive);
    for (let length = 0; length < archive.length; length += 101) {
      try {
        expect(whole.slice(0, entriesOf(archive.subarray(0, length)).length)).toEqual(
          entriesOf(archive.subarray(0, length)),
        );
      } catch (error) {
        expect(error).toBeInstanceOf(EngineError);
        expect((error as Error).message).toMatch(/cut short/);
      }
    }
  });
});

describe('other archives', () => {
  it.each(['v7', 'ustar'])('%s is read', (format) => {
    const [file, link] = entriesOf(packed(format, 'plain', 'second-name'));
    expect(file).toMatchObject({ name: 'plain', type: 'file', size: 12, mode: 0o4755, body: 'twelve bytes' });
    expect(link).toMatchObject({ name: 'second-name', type: 'hard-link', target: 'plain' });
  });

  it.each([
    ['gnu', ''],
    ['pax', '0.0'],
    ['pax', '0.1'],
    ['pax', '1.0'],
  ])('holes count in a %s %s file', (format, version) => {
    const file = join(folder, 'holes');
    writeFileSync(file, 'start');
    for (let at = 1; at <= 12; at++) {
      truncateSync(file, at * 1_000_000);
      writeFileSync(file, `piece ${at}`, { flag: 'a' });
    }
    const flags = version === '' ? [] : [`--sparse-version=${version}`];
    const archive = execFileSync('tar', [
      `--format=${format}`,
      '-S',
      ...flags,
      '-C',
      folder,
      '-cf',
      '-',
      'holes',
      'root/plain',
    ]);
    const [holes, next] = entriesOf(archive);
    expect(holes).toMatchObject({ name: 'holes', type: 'file', size: lstatSync(file).size });
    expect(holes!.stored).toBeLessThan(500_000);
    expect(next).toMatchObject({ name: 'root/plain', size: 12 });
  });

  it('a size beyond the octal digits is a number of base 256', () => {
    const file = join(folder, 'huge');
    writeFileSync(file, '');
    truncateSync(file, 9 * 2 ** 30);
    const head = execFileSync('sh', [
      '-c',
      `tar --format=gnu -C "$1" -cf - huge | head -c 512`,
      'sh',
      folder,
    ]);
    const seen: number[] = [];
    const reader = tarReader(({ size }) => void seen.push(size));
    reader.write(head);
    reader.pass(9 * 2 ** 30);
    reader.write(Buffer.alloc(1024));
    reader.end();
    expect(seen).toEqual([9 * 2 ** 30]);
    rmSync(file);
  });

  it('a global pax header holds for all that follow', () => {
    const archive = execFileSync('tar', [
      '--format=pax',
      '--pax-option=uid=4242',
      '-C',
      root,
      '-cf',
      '-',
      'plain',
      'pipe',
    ]);
    expect(entriesOf(archive).map(({ uid }) => uid)).toEqual([4242, 4242]);
  });
});

describe('what is no archive', () => {
  const archive = packed('pax', 'plain');
  const changed = (at: number): Buffer => {
    const copy = Buffer.from(archive);
    copy[at]! ^= 0x01;
    return copy;
  };

  it.each([
    ['a header with a wrong checksum', changed(3), /no header at byte 0/],
    ['something after its end', Buffer.concat([archive, Buffer.from('x'.repeat(512))]), /after its end/],
    ['text', Buffer.from('no archive at all. '.repeat(100)), /no header/],
    ['a half header', archive.subarray(0, 100), /cut short/],
  ])('%s is refused', (_what, bytes, message) => {
    expect(() => entriesOf(bytes)).toThrow(message);
  });

  it('random damage ends in an error of ours, or in an archive', () => {
    const original = packed('pax', '.');
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (let round = 0; round < 300; round++) {
      const copy = Buffer.from(original);
      for (let hit = 0; hit <= round % 5; hit++) copy[random(copy.length)] = random(256);
      try {
        entriesOf(copy, 1 + random(5000));
      } catch (error) {
        expect(error).toBeInstanceOf(EngineError);
      }
    }
  });
});

it('any bytes become a string, and the same bytes again', () => {
  const samples = [
    Buffer.from([0xc3]),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from('a☃𝒳'),
    Buffer.from([0xf0, 0x9f, 0x41, 0xff]),
  ];
  for (const bytes of samples) expect(exactBytes(exactText(bytes))).toEqual(bytes);
  expect(exactText(Buffer.from([0x41, 0x80]))).toBe('A\udc80');
});
