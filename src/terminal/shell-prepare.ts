import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShellChoice, ShellKind } from './shell-choice.ts';
import { type Identity, shellEnvironment, withPinned } from './shell-environment.ts';
import { type Pinned, putInFish, putInSh, quoteForSh } from './shell-values.ts';

export type ShellSurroundings = {
  /** What Slipway was started with. */
  env: NodeJS.ProcessEnv;
  /** A private folder of ours, which stays as long as the shell runs. */
  folder: string;
  /** As a login shell, which is how terminals of macOS start theirs. */
  login: boolean;
  identity: Identity;
  pinned: Pinned;
};

/**
 * A shell to be started in a pseudo-terminal. `marks` says what it tells (OSC 133):
 * - `all`: `A` and `B` around the prompt, `C` when a command starts, `D;<code>` when it has ended. A `D;<code>` without
 *   a `C` is a line that the shell could not read; a `D` alone means that nothing ran (an empty line, Ctrl-C). A prompt
 *   that is drawn again repeats `A` and `B`.
 * - `prompt`: `D;<code>`, `A` and `B` with every prompt, also when it is drawn again; no `C`.
 * - `none`.
 * Shells that know the typed line give it just before `C`, as `OSC 633;E;<line>`: `\\` is a backslash, `\xHH` a byte.
 */
export type PreparedShell = {
  file: string;
  args: readonly string[];
  env: Record<string, string>;
  marks: 'all' | 'prompt' | 'none';
};

type Prepare = (shell: ShellChoice, into: Place) => Promise<PreparedShell>;
type Place = Omit<ShellSurroundings, 'env'> & { env: Record<string, string> };

const PREPARE: Readonly<Record<ShellKind, Prepare>> = {
  bash: prepareBash,
  zsh: prepareZsh,
  fish: prepareFish,
  sh: prepareSh,
  pwsh: async (shell, { env }) => ({ file: shell.file, args: ['-NoLogo'], env, marks: 'none' }),
  other: async (shell, { env }) => ({ file: shell.file, args: [], env, marks: 'none' }),
};

/**
 * Writes what the shell reads at its start into the folder, and says how to start it. Nothing of the user's is changed:
 * their own files run as always, and ours after them. Throws what the file system throws.
 */
export async function prepareShell(
  shell: ShellChoice,
  surroundings: ShellSurroundings,
): Promise<PreparedShell> {
  const { pinned, identity } = surroundings;
  const env = withPinned(shellEnvironment(surroundings.env, identity), pinned);
  env['SHELL'] = shell.file;
  await mkdir(surroundings.folder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(surroundings.folder, 'shell-'));
  return PREPARE[shell.kind](shell, { ...surroundings, folder, env });
}

async function prepareBash(
  shell: ShellChoice,
  { folder, env, login, pinned }: Place,
): Promise<PreparedShell> {
  const file = join(folder, 'bashrc');
  await writeScript(file, `${putInSh(pinned)}__slipway_login=${login ? 1 : ''}\n`, 'bash.bash');
  return { file: shell.file, args: ['--rcfile', file, '-i'], env, marks: 'all' };
}

async function prepareZsh(shell: ShellChoice, { folder, env, login, pinned }: Place): Promise<PreparedShell> {
  const before = env['ZDOTDIR'];
  const was = `__slipway_zdotdir=(${before === undefined ? 0 : 1} ${quoteForSh(before ?? '')})\n`;
  await writeScript(join(folder, '.zshenv'), putInSh(pinned) + was, 'zsh.zsh');
  return { file: shell.file, args: login ? ['-il'] : ['-i'], env: { ...env, ZDOTDIR: folder }, marks: 'all' };
}

async function prepareFish(
  shell: ShellChoice,
  { folder, env, login, pinned }: Place,
): Promise<PreparedShell> {
  const file = join(folder, 'init.fish');
  await writeScript(file, putInFish(pinned), 'fish.fish');
  // The folder's name is ours: nothing in it needs quoting but what its parents may hold.
  const source = `source '${file.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
  const args = ['--interactive', ...(login ? ['--login'] : []), '--init-command', source];
  return { file: shell.file, args, env, marks: 'all' };
}

async function prepareSh(shell: ShellChoice, { folder, env, login, pinned }: Place): Promise<PreparedShell> {
  const file = join(folder, 'env.sh');
  const own = `__slipway_env=${quoteForSh(env['ENV'] ?? '')}\n`;
  await writeScript(file, putInSh(pinned) + own, 'sh.sh');
  const applet = /(^|\/)busybox$/.test(shell.file) ? ['sh'] : [];
  const args = [...applet, ...(login ? ['-l'] : []), '-i'];
  return { file: shell.file, args, env: { ...env, ENV: file }, marks: 'prompt' };
}

async function writeScript(file: string, values: string, script: string): Promise<void> {
  await writeFile(file, values + (await readFile(scriptFile(script), 'utf8')), { mode: 0o600 });
}

// The bundle lies flat in dist/, with its assets in assets/; from source, Node runs the .ts files.
const isBundle = !import.meta.url.endsWith('.ts');

function scriptFile(name: string): string {
  return fileURLToPath(
    new URL(`${isBundle ? './assets/shell-scripts' : './shell-scripts'}/${name}`, import.meta.url),
  );
}
