import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { hasCode } from './has-code.ts';
import { assetFile } from './program-file.ts';
import { type TarEntry, tarArchive } from './tar.ts';

/** The files of the base image as an uncompressed tar, and where they come from, for the image's history. */
export type TinyRoot = { archive: Buffer; origin: string };

/** sha256 of the archives that `tiny/build.sh` made, by Node's name for the architecture. */
const CHECKSUMS: Readonly<Record<string, { file: string; sha256: string }>> = {
  x64: {
    file: 'tiny/tiny-amd64.tar.gz',
    sha256: 'd9e50f9ebfc9d0c241679be9f53f4314feda3b8ca9c9b6b4057fbaecf40950b5',
  },
};

/** toybox and dash where we have built them, else the static busybox of this machine (taking a copy is not distributing it). */
export async function tinyRoot(): Promise<TinyRoot> {
  const built = CHECKSUMS[process.arch];
  if (built) return { archive: await checkedArchive(built), origin: 'toybox and dash, static with musl' };
  return { archive: await busyboxArchive(), origin: 'static busybox of this machine' };
}

async function checkedArchive({ file, sha256 }: { file: string; sha256: string }): Promise<Buffer> {
  const packed = await readFile(assetFile(file));
  const found = createHash('sha256').update(packed).digest('hex');
  if (found !== sha256) throw new Error(`${file} is damaged: its sha256 is ${found}, not ${sha256}`);
  return promisify(gunzip)(packed);
}

async function busyboxArchive(): Promise<Buffer> {
  for (const path of ['/bin/busybox', '/usr/bin/busybox', '/bin/busybox.static']) {
    const binary = await readFile(path).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    });
    if (!binary || !isStatic(binary)) continue;
    const { stdout } = await promisify(execFile)(path, ['--list']);
    return tarArchive(busyboxEntries(binary, stdout.trim().split('\n')));
  }
  throw new Error(`no base image for ${process.arch}: install busybox-static and try again`);
}

function busyboxEntries(binary: Buffer, applets: readonly string[]): TarEntry[] {
  const folders = ['bin/', 'etc/', 'root/', 'usr/', 'var/', 'var/www/'];
  return [
    ...folders.map((path): TarEntry => ({ type: 'folder', path })),
    { type: 'folder', path: 'tmp/', mode: 0o1777 },
    { type: 'file', path: 'bin/busybox', content: binary, mode: 0o755 },
    ...applets
      .filter((applet) => applet !== 'busybox')
      .map((applet): TarEntry => ({ type: 'link', path: `bin/${applet}`, target: 'busybox' })),
    { type: 'link', path: 'sbin', target: 'bin' },
    { type: 'link', path: 'usr/bin', target: '../bin' },
    { type: 'file', path: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\n' },
    { type: 'file', path: 'etc/group', content: 'root:x:0:\n' },
  ];
}

/** An ELF program without an interpreter (program header of type 3) needs no libraries. 64-bit little-endian only. */
function isStatic(binary: Buffer): boolean {
  if (binary.readUInt32BE(0) !== 0x7f454c46 || binary[4] !== 2 || binary[5] !== 1) return false;
  const offset = Number(binary.readBigUInt64LE(32));
  const size = binary.readUInt16LE(54);
  const count = binary.readUInt16LE(56);
  for (let index = 0; index < count; index++)
    if (binary.readUInt32LE(offset + index * size) === 3) return false;
  return true;
}
