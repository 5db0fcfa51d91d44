import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { freshHome } from '../support/fresh-home.ts';

const SETUP = join(import.meta.dirname, '../../src/setup');
const PACKAGE = { name: 'tried', version: '1.0.0', dependencies: { thing: 'file:thing' } };
const LOCK = {
  name: 'tried',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': PACKAGE,
    thing: { version: '1.0.0' },
    'node_modules/thing': { resolved: 'thing', link: true },
  },
};

/** The launcher in a checkout of its own: real npm, one package that lies beside, and a build that takes a note of each run. */
async function checkout() {
  const home = await freshHome({ PATH: `${dirname(process.execPath)}:${process.env['PATH']}` });
  onTestFinished(home.remove);
  const root = join(home.folder, 'a check out');
  await mkdir(join(root, 'src/setup/runtime'), { recursive: true });
  for (const name of ['start.sh', 'prepare.sh', 'is-installed.mjs', 'runtime'])
    await cp(join(SETUP, name), join(root, 'src/setup', name), { recursive: true });
  const file = (path: string, content: string) => writeFile(join(root, path), content);
  await mkdir(join(root, 'thing'));
  await file('thing/package.json', '{"name":"thing","version":"1.0.0"}');
  await file('package.json', JSON.stringify(PACKAGE));
  await file('package-lock.json', JSON.stringify(LOCK));
  await file('src/program.txt', 'first');
  await file(
    'src/setup/build.mjs',
    `import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
     appendFileSync('builds', 'x');
     const program = readFileSync('src/program.txt', 'utf8');
     if (program === 'wrong') throw new Error('this cannot be built');
     if (program === 'slow') await new Promise((resolve) => setTimeout(resolve, 60_000));
     mkdirSync('dist', { recursive: true });
     writeFileSync('dist/slipway.js', \`console.log(\${JSON.stringify(program)}, process.argv.slice(2))\`);`,
  );
  // What is newer than the build is built: the files are of yesterday, however fast the test is.
  const yesterday = new Date(Date.now() - 86_400_000);
  for (const path of ['src', 'src/setup', 'src/setup/runtime', 'src/program.txt', 'package.json'])
    await utimes(join(root, path), yesterday, yesterday);

  const begin = (args: readonly string[] = [], env: Record<string, string> = {}): ChildProcess =>
    spawn('sh', [join(root, 'src/setup/start.sh'), ...args], {
      cwd: '/',
      env: { ...home.env, ...env },
      detached: true,
    });
  return {
    root,
    file,
    begin,
    start: async (args: readonly string[] = [], env: Record<string, string> = {}) => finish(begin(args, env)),
    builds: async () => (await readFile(join(root, 'builds'), 'utf8')).length,
  };
}

async function finish(child: ChildProcess) {
  const [out, err, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ]);
  return { out, err, code: Number(code) };
}

test('the first start installs, builds and runs; the second only runs', async () => {
  const { start, builds } = await checkout();
  const first = await start(['--flag', 'two words']);
  expect(first).toMatchObject({ code: 0, out: "first [ '--flag', 'two words' ]\n" });
  expect(first.err).toMatch(/install packages: done \(\d+ s\)[^]*build: done \(\d+ s\)/);
  expect(await start()).toEqual({ code: 0, out: 'first []\n', err: '' });
  expect(await builds()).toBe(1);
});

test('a changed, a new and a removed source each lead to one build', async () => {
  const { root, start, file, builds } = await checkout();
  await start();
  await file('src/program.txt', 'second');
  expect((await start()).out).toBe('second []\n');
  await file('src/more.txt', '');
  await start();
  await rm(join(root, 'src/more.txt'));
  await start();
  await start();
  expect(await builds()).toBe(4);
});

test('a changed lock file leads to an install, one that npm did already does not', async () => {
  const { root, start, file } = await checkout();
  await start();
  await file('package-lock.json', JSON.stringify(LOCK, null, 2));
  expect((await start()).err).not.toContain('install packages');
  await rm(join(root, 'node_modules'), { recursive: true });
  expect((await start()).err).toContain('install packages: done');
});

test('an install that fails says which step, why and what to do, and is tried again', async () => {
  const { start, file } = await checkout();
  await file('package.json', JSON.stringify({ ...PACKAGE, dependencies: { thing: 'file:elsewhere' } }));
  const failed = await start();
  expect(failed.code).toBe(1);
  expect(failed.err).toMatch(/install packages: failed \(exit code 1\)[^]*in sync[^]*Run this again/);
  expect((await start()).err).toContain('install packages: failed');
  await file('package.json', JSON.stringify(PACKAGE));
  expect(await start()).toMatchObject({ code: 0, out: 'first []\n' });
});

test('a build that fails says why, and the last good program is not started in its place', async () => {
  const { start, file } = await checkout();
  await start();
  await file('src/program.txt', 'wrong');
  const failed = await start();
  expect(failed).toMatchObject({ code: 1, out: '' });
  expect(failed.err).toMatch(/build: failed[^]*this cannot be built[^]*setup\.log/);
  await file('src/program.txt', 'right');
  expect((await start()).out).toBe('right []\n');
});

test('a start that is cut short leaves no mark of success', async () => {
  const { root, start, begin, file } = await checkout();
  await file('src/program.txt', 'slow');
  const child = begin();
  await expect.poll(() => existsSync(join(root, 'builds'))).toBe(true);
  process.kill(-child.pid!, 'SIGKILL'); // As when its terminal is closed: all of it.
  await once(child, 'close');
  expect(existsSync(join(root, 'dist/.built'))).toBe(false);
  await file('src/program.txt', 'quick');
  expect((await start()).out).toBe('quick []\n');
});

test('two starts at once set up once, and both run', async () => {
  const { start, builds } = await checkout();
  const both = await Promise.all([start(['a']), start(['b'])]);
  expect(both.map(({ out }) => out)).toEqual(["first [ 'a' ]\n", "first [ 'b' ]\n"]);
  expect(await builds()).toBe(1);
});

test('a build made while a source was saved is made again', async () => {
  const { root, start, builds } = await checkout();
  await start();
  const soon = new Date(Date.now() + 1000);
  await utimes(join(root, 'src/program.txt'), soon, soon);
  await start();
  expect(await builds()).toBe(2);
});

test('where npm has no Node for the system, it says what to do', async () => {
  const { root, start } = await checkout();
  const bin = join(root, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'uname'), '#!/bin/sh\necho Darwin\n', { mode: 0o755 });
  const old = {
    PATH: `${bin}:${process.env['PATH']}`,
    npm_node_execpath: '/usr/bin/old-node',
    npm_config_user_agent: 'npm/10.0.0 node/v20.1.0 darwin x64',
  };
  const { code, err } = await start([], old);
  expect(code).toBe(1);
  expect(err).toMatch(/Node 22\.12 or later is needed; found v20\.1\.0[^]*brew install node/);
});
