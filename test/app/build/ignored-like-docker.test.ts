import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { unpackTar } from 'modern-tar';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ContextEntry } from '../../../src/app/build/context.ts';
import { openContext } from '../../../src/app/build/open-context.ts';
import { packContext } from '../../../src/app/build/pack-context.ts';
import { walkContext } from '../../../src/app/build/walk-context.ts';
import { type ContextListener, listenForContexts } from './context-listener.ts';

const DOCKER = '/usr/bin/docker';

const FILES = [
  'a.txt',
  'b.log',
  'c[1].txt',
  'c1.txt',
  '#odd',
  '!odd',
  'sp ace',
  'ünï.txt',
  '😀.txt',
  'docs/README.md',
  'docs/deep/README.md',
  'docs/deep/other.md',
  'src/main.c',
  'src/main.o',
  'src/sub/x.o',
  'src/sub/keep.o',
  'node_modules/p/index.js',
  'node_modules/p/keep.js',
  'temp/x',
  'temp1/x',
  'foo/bar/baz/qux',
  'foo.bar/x',
  '.git/HEAD',
  '.env',
];

/** Texts of a `.dockerignore`. */
const CASES: readonly string[] = [
  '',
  'a.txt',
  '/a.txt',
  './a.txt',
  'a.txt/',
  '*',
  '*.txt',
  '*.md',
  '**/*.md',
  '**/README.md',
  '**README.md',
  '**',
  '*\n!a.txt',
  '**\n!src',
  '*\n!src/main.c',
  'src\n!src/sub/keep.o',
  'src/*\n!src/sub',
  '!a.txt\na.txt',
  'a.txt\n!a.txt',
  'a.txt\n!a.txt\na.txt',
  '*.o',
  '*/*.o',
  '*/*/*.o',
  '**/*.o\n!**/keep.o',
  'node_modules',
  'node_modules/**',
  'node_modules/*\n!node_modules/p/keep.js',
  '**/node_modules',
  'temp?',
  'temp*',
  'te[l-n]p',
  '[a-c].*',
  '[^a].txt',
  'c[[]1].txt',
  'c\\[1\\].txt',
  '?.txt',
  '??.txt',
  '*.txt\n!?.txt',
  'ünï.*',
  '# a comment\n a.txt  \n\t\n',
  ' # not a comment in the second column',
  '#odd',
  '\\#odd',
  '!odd',
  '\\!odd',
  'sp ace',
  'foo/bar',
  'foo/bar/baz/qux',
  'foo/**/qux',
  'foo/**',
  'f**/qux',
  'foo/*/baz',
  'foo/../a.txt',
  'foo//bar',
  'foo.bar',
  '.*',
  '.git\n.env',
  '.dockerignore',
  'Dockerfile',
  '*\n!foo/bar\nfoo/bar/baz',
  'docs\n!docs/deep\ndocs/deep/other.md',
  'docs/**/*.md\n!docs/README.md',
  '\ufeffa.txt',
  'a.txt\r\nb.log\r\n',
  '! a.txt\nb.log',
  '/',
  '.',
];

describe.skipIf(!existsSync(DOCKER))('what is sent of a folder', () => {
  let base: string;
  let folder: string;
  let engine: ContextListener;

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'slipway-ignored-'));
    engine = await listenForContexts(base);
  });
  afterAll(async () => {
    await engine.close();
    await rm(base, { recursive: true });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(base, 'context-'));
    for (const path of ['Dockerfile', ...FILES]) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), path);
    }
    await symlink('../nowhere', join(folder, 'src/link'));
  });

  test.each(CASES)('is what the docker client sends: %j', async (ignore) => {
    await writeFile(join(folder, '.dockerignore'), ignore);
    expect(await sentBySlipway()).toEqual(await sentByDocker());
  });

  test('is what the docker client sends of names that are long, and not UTF-8', async () => {
    const long = `${'d'.repeat(120)}/${'f'.repeat(200)}`;
    await mkdir(join(folder, dirname(long)));
    await writeFile(join(folder, long), 'long');
    await symlink('t'.repeat(150), join(folder, 'to-long'));
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x61, 0xff, 0x62])]), 'odd');
    await writeFile(join(folder, '.dockerignore'), 'a?b');
    const [ours, theirs] = [await archiveOfSlipway(), await archiveOfDocker()];
    expect(await listing(ours)).toEqual(await listing(theirs));
    await writeFile(join(folder, '.dockerignore'), '');
    const kept = await archiveOfSlipway();
    expect(kept.includes(Buffer.from([0x61, 0xff, 0x62]))).toBe(true);
    expect((await archiveOfDocker()).includes(Buffer.from([0x61, 0xff, 0x62]))).toBe(true);
  });

  test.each(['a[', '[]a]', 'a\\', '!', '[a-]', '[^]', '[z-a]'])(
    'is refused by both with %j',
    async (ignore) => {
      await writeFile(join(folder, '.dockerignore'), ignore);
      await expect(sentByDocker()).rejects.toThrow(/syntax error in pattern|illegal exclusion pattern/);
      await expect(sentBySlipway()).rejects.toThrow(
        /line 1: (syntax error in pattern|illegal exclusion pattern)/,
      );
    },
  );

  async function archiveOfSlipway(): Promise<Buffer> {
    const context = await openContext({ folder, dockerfile: '' }, '/');
    const entries: ContextEntry[] = [];
    const { signal } = new AbortController();
    for await (const found of walkContext(context, { signal, countLeftOut: false }))
      if ('kept' in found) entries.push(found.kept);
    return buffer(packContext(context, entries, () => {}));
  }

  async function archiveOfDocker(): Promise<Buffer> {
    const env = { DOCKER_HOST: `unix://${engine.socket}`, HOME: base, DOCKER_BUILDKIT: '0' };
    await promisify(execFile)(DOCKER, ['build', '-q', folder], { env });
    return engine.last();
  }

  const sentBySlipway = async (): Promise<Listing> => listing(await archiveOfSlipway());
  const sentByDocker = async (): Promise<Listing> => listing(await archiveOfDocker());
});

type Listing = Record<string, string>;

/** Mode, size and target of each entry, by path. */
async function listing(archive: Buffer): Promise<Listing> {
  const entries = await unpackTar(archive);
  return Object.fromEntries(
    entries.map(({ header, data }) => {
      const { name, type = 'file', mode = 0, size, linkname, uid, gid } = header;
      // The client puts the type of the file in front, as Go before 1.9 did.
      const permissions = mode & 0o7777;
      const what = [
        type,
        permissions.toString(8),
        size,
        `${uid}:${gid}`,
        linkname,
        Buffer.from(data ?? []).toString('latin1'),
      ];
      return [name, what.join(' ')];
    }),
  );
}
