import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { freshHome } from '../support/fresh-home.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Packs a copy of the sources, as packing builds anew, and others are using dist/ now. */
async function packed() {
  const home = await freshHome({ PATH: `${dirname(process.execPath)}:${process.env['PATH']}` });
  onTestFinished(home.remove);
  const copy = join(home.folder, 'copy');
  await mkdir(copy);
  for (const name of ['src', 'package.json', 'LICENSE', 'tsconfig.json'])
    await cp(join(ROOT, name), join(copy, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  await mkdir(join(copy, 'dist'));
  await writeFile(join(copy, 'dist/stale.js'), '');
  const { stdout } = await run('npm', ['pack', '--json', '--offline'], { cwd: copy, env: home.env });
  const [{ filename, files }] = JSON.parse(stdout);
  return { ...home, archive: join(copy, filename), files: files.map(({ path }: { path: string }) => path) };
}

test('the package installs without scripts, with nothing but its pseudo-terminal, and runs', async () => {
  const { folder, env, archive, files } = await packed();
  expect(files).toEqual(expect.arrayContaining(['dist/slipway.js', 'dist/LICENSES.txt', 'LICENSE']));
  expect(files).not.toContain('dist/stale.js');
  expect(files.filter((path: string) => !/^(dist\/|package\.json$|LICENSE$|README\.md$)/.test(path))).toEqual(
    [],
  );

  const prefix = join(folder, 'prefix');
  const options = ['--global', '--prefix', prefix, '--prefer-offline', '--ignore-scripts', '--no-audit'];
  // As the person's own npm is set up: which registry, and what it has fetched before.
  await run('npm', ['install', ...options, archive], { env: process.env });
  const installed = join(prefix, 'lib/node_modules/slipway');
  const dependencies = (await readdir(join(installed, 'node_modules'))).filter(
    (name) => !name.startsWith('.'),
  );
  expect(dependencies.toSorted()).toEqual(['@lydell', 'node-pty']);
  expect(createRequire(join(installed, 'dist/slipway.js'))('node-pty')).toHaveProperty('spawn');
  const program = join(prefix, 'bin/slipway');
  expect((await stat(program)).mode & 0o111).toBe(0o111);
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const { stdout } = await run(program, ['--version'], { env });
  expect(stdout).toContain(version);
}, 60_000);
