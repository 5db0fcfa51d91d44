import { posix } from 'node:path';

/** A file of the project by its path from the root, with its text. */
export type Source = { path: string; text: string };

/** Which folders of src/ a folder may import from, besides itself. Whoever is not here may import nothing of ours. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  terminal: [],
  wire: ['engine'],
  sandbox: ['engine'],
  lesson: ['engine', 'wire', 'sandbox'],
  model: ['engine', 'wire', 'sandbox', 'lesson'],
  app: ['engine', 'wire', 'sandbox', 'lesson', 'model', 'terminal'],
  classroom: ['engine', 'wire', 'sandbox', 'lesson', 'model', 'terminal'],
  ui: ['engine', 'wire', 'sandbox', 'lesson', 'model', 'app', 'terminal', 'classroom'],
  setup: [],
};
/** src/main.tsx and src/slipway.ts wire everything together. */
const PROGRAM = 'main';

type Rule = { what: string; packages: RegExp; only: readonly string[] };

const RULES: readonly Rule[] = [
  { what: 'React and Ink', packages: /^(react|ink)(\/|$)/, only: ['ui', PROGRAM] },
  // An engine answers HTTP; wire stands between it and a client, a registry is one itself, and a class has a network of its own.
  {
    what: 'HTTP and TLS',
    packages: /^(node:)?(http|https|http2|tls)$/,
    only: ['engine', 'wire', 'classroom', 'sandbox/registry'],
  },
  // The sandbox's sockets are those between its own processes, and the published ports it passes on unread.
  {
    what: 'plain sockets',
    packages: /^(node:)?(net|dgram)$/,
    only: ['engine', 'wire', 'classroom', 'sandbox'],
  },
  { what: 'a library that speaks to engines', packages: /docker|podman|containerd/i, only: ['engine'] },
  { what: 'a pseudo-terminal', packages: /^(node-pty|@xterm\/.*)$/, only: ['terminal'] },
];

const VAGUE_FOLDERS = new Set(['utils', 'helpers', 'common', 'shared', 'types', 'lib']);
const TOP_LEVEL = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
  'README.md',
  'LICENSE',
  'src',
  'lessons',
  'test',
]);

/** What breaks the rules of the folders, one sentence each. */
export function layerViolations(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => [
    ...badPlace(path),
    ...(/^src\/.*\.(ts|tsx|mjs)$/.test(path) ? badImports(path, text) : []),
    ...(path.endsWith('package-lock.json') ? badLock(path, text) : []),
  ]);
}

function badPlace(path: string): string[] {
  const parts = path.split('/');
  const [top = ''] = parts;
  const vague = parts.slice(0, -1).find((folder) => VAGUE_FOLDERS.has(folder));
  return [
    !TOP_LEVEL.has(top) && !top.startsWith('.') ? `${path}: the top level has no place for ${top}` : '',
    vague ? `${path}: a folder named ${vague} says nothing` : '',
    /^index\.[cm]?[jt]sx?$/.test(parts.at(-1) ?? '') ? `${path}: no barrels` : '',
  ].filter(Boolean);
}

function badImports(path: string, text: string): string[] {
  const folder = folderOf(path);
  return importsOf(text).flatMap((name) => {
    if (name.startsWith('.')) {
      const target = folderOf(posix.join(posix.dirname(path), name));
      const isAllowed = folder === PROGRAM || folder === target || MAY_IMPORT[folder]?.includes(target);
      return isAllowed ? [] : [`${path}: ${folder} must not know ${target} (${name})`];
    }
    const isIn = (place: string): boolean => place === folder || path.startsWith(`src/${place}/`);
    const broken = RULES.filter((rule) => rule.packages.test(name) && !rule.only.some(isIn));
    // No file, process or network: not even Node.
    const impure = folder === 'model' && name.startsWith('node:');
    return [
      ...broken.map((rule) => `${path}: ${rule.what} only in ${rule.only.join(', ')} (${name})`),
      ...(impure ? [`${path}: the model is pure (${name})`] : []),
    ];
  });
}

function folderOf(path: string): string {
  const parts = path.split('/');
  if (parts[0] !== 'src') return parts[0] ?? '';
  return parts.length > 2 ? (parts[1] ?? '') : PROGRAM;
}

/** Module names of every import and re-export, also of types: to know a type is to know. */
function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[^]*?\*\/|(^|\s)\/\/.*$/gm, '$1');
  const statements = code.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])([^'"`\n]+)\1/g);
  return Array.from(statements, ([, , name = '']) => name);
}

type Lock = { packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }> };

/** A lock file names what is installed by its checksum, and leaves from where to each user's own registry. */
function badLock(path: string, text: string): string[] {
  const { packages } = JSON.parse(text) as Lock;
  return Object.entries(packages).flatMap(([name, { resolved, integrity }]) => [
    ...(resolved ? [`${path}: ${name} names a registry (${resolved})`] : []),
    ...(name && !integrity ? [`${path}: ${name} has no checksum`] : []),
  ]);
}
