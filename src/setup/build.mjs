// Bundles the program into dist/: `node src/setup/build.mjs [--clean]`.
// Everything it needs is inside the bundle, so the published package has no dependencies to install.
import { build } from 'esbuild';
import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quickInk } from './quick-ink.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');

/** Every program of its own process: the file name in dist/ without `.js`, and its source. */
const ENTRIES = {
  slipway: 'src/slipway.ts',
  keeper: 'src/sandbox/keeper.ts',
  bridge: 'src/sandbox/bridge.ts',
  'listen-inside': 'src/sandbox/listen-inside.ts',
};

/** Files that are read at run time, copied as they are: source folder, and folder in dist/. */
const ASSETS = [
  { from: 'src/sandbox/tiny', to: 'assets/tiny', only: /\.tar(\.gz)?$/ },
  { from: 'src/terminal/shell-scripts', to: 'assets/shell-scripts', only: /^(bash|zsh|fish|sh)\./ },
  // Each lesson is a folder; beside them lie the words and the sets, and what is for authors.
  {
    from: 'lessons',
    to: 'assets/lessons',
    only: /^\d+-[a-z0-9-]+$|^glossary\.md$|^sets\.yaml$/,
    replace: true,
  },
];

/** A rebuild leaves the last day's chunks alone: a Slipway that is open now may still import one. */
const KEEP_OLD_CHUNKS_MS = 24 * 3600 * 1000;

/** Ink imports it only when a developer has it installed; bundled, its absence would stop the start. */
const withoutDevtools = {
  name: 'without-devtools',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: 'devtools', namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'export default {}' }));
  },
};

/**
 * blessed-contrib's charts use three classes of blessed, whose own entry requires every widget by a computed
 * name that no bundler can follow. `new Buffer` warns on the screen as soon as it is outside node_modules.
 */
const chartsOnly = {
  name: 'charts-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(blessed|\.\.\/)$/ }, ({ path, resolveDir }) =>
      path === 'blessed' || resolveDir.endsWith(join('blessed', 'lib'))
        ? { path: 'blessed', namespace: 'charts', pluginData: join(root, 'src') }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'charts' }, ({ pluginData }) => ({
      contents: `exports.Node = require('blessed/lib/widgets/node');
                 exports.Box = require('blessed/lib/widgets/box');
                 exports.screen = require('blessed/lib/widgets/screen');`,
      resolveDir: pluginData,
    }));
    onLoad({ filter: /drawille-blessed-contrib[\\/]index\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll('new Buffer(', 'Buffer.alloc('),
    }));
  },
};

async function bundle(version) {
  const entryPoints = Object.fromEntries(
    Object.entries(ENTRIES).filter(([, source]) => existsSync(join(root, source))),
  );
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.12',
    jsx: 'automatic',
    // Not the identifiers: a crash report names our functions, and it starts no slower.
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    legalComments: 'none', // The notices are in LICENSES.txt.
    logLevel: 'warning',
    chunkNames: '[name]-[hash]',
    define: {
      // React's development build is slower and keeps a record per render.
      'process.env.NODE_ENV': '"production"',
      // Yoga unpacks its code with `fetch` where there is one, and Node loads 26 ms of modules for it.
      fetch: 'undefined',
      'process.env.SLIPWAY_VERSION': JSON.stringify(version),
    },
    banner: {
      js: `import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);`,
    },
    external: ['node-pty'],
    plugins: [withoutDevtools, chartsOnly, quickInk],
  });
  return metafile;
}

async function addShebang() {
  const program = join(dist, 'slipway.js');
  await writeFile(program, `#!/usr/bin/env node\n${await readFile(program, 'utf8')}`);
  await chmod(program, 0o755);
}

async function copyAssets() {
  for (const { from, to, only, replace = false } of ASSETS) {
    if (!existsSync(join(root, from))) continue;
    // A lesson that was renamed would be there twice.
    if (replace) await rm(join(dist, to), { recursive: true, force: true });
    await mkdir(join(dist, to), { recursive: true });
    for (const name of await readdir(join(root, from)))
      if (only.test(name)) await cp(join(root, from, name), join(dist, to, name), { recursive: true });
  }
}

/** The licences of what is inside the bundle ask to travel with it. */
async function writeLicences(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^(?:[a-z-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  const notices = [];
  for (const folder of [...folders].toSorted((a, b) => a.localeCompare(b))) {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(root, folder, file), 'utf8') : '';
    notices.push(`${name} ${version} (${license ?? 'see its text'})\n\n${text.trim()}`);
  }
  await writeFile(join(dist, 'LICENSES.txt'), notices.join(`\n\n${'-'.repeat(80)}\n\n`) + '\n');
}

async function removeOldChunks(outputs) {
  const current = new Set(outputs.map((path) => basename(path)));
  for (const name of await readdir(dist)) {
    if (!name.endsWith('.js') || current.has(name)) continue;
    const { mtimeMs } = await stat(join(dist, name));
    if (Date.now() - mtimeMs > KEEP_OLD_CHUNKS_MS) await rm(join(dist, name));
  }
}

if (process.argv.includes('--clean')) await rm(dist, { recursive: true, force: true });
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const { inputs, outputs } = await bundle(version);
await addShebang();
await copyAssets();
await writeLicences(Object.keys(inputs));
await removeOldChunks(Object.keys(outputs));
