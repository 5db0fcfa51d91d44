import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What of a developer's or CI's own settings would change what a program under test does. */
const UNWANTED =
  /^(CI|CI_.*|CONTINUOUS_INTEGRATION|BUILD_NUMBER|NO_COLOR|FORCE_COLOR|COLORTERM|COLUMNS|LINES|LC_.*|LANG|TMUX.*|STY|TERM_.*|DOCKER_.*|CONTAINER_.*|CONTAINERS_.*|SLIPWAY_.*|XDG_.*|npm_.*|NODE_.*|VITEST.*|EDITOR|VISUAL|PS1|PROMPT_COMMAND|BASH_ENV|ENV)$/;

/** Whoever has it is not welcomed any more. */
export const WELCOMED = '.local/state/slipway/learn/welcomed';

/**
 * A home folder with nothing but the given files (by path; null for none of the usual ones) and folders for what is temporary, and an environment that
 * knows only it. The path is short: sockets in it allow 107 bytes.
 */
export async function freshHome(
  extra: Readonly<Record<string, string | undefined>> = {},
  files: Readonly<Record<string, string | null>> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-'));
  const [runtime, temporary] = [join(folder, 'run'), join(folder, 'tmp')];
  await mkdir(runtime, { mode: 0o700 });
  await mkdir(temporary);
  for (const [path, text] of Object.entries({ [WELCOMED]: 'look around\n', ...files })) {
    if (text === null) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const inherited = Object.entries(process.env).filter(([name]) => !UNWANTED.test(name));
  const env: Record<string, string | undefined> = {
    ...Object.fromEntries(inherited),
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    XDG_CACHE_HOME: join(folder, '.cache'),
    XDG_DATA_HOME: join(folder, '.local/share'),
    XDG_STATE_HOME: join(folder, '.local/state'),
    XDG_RUNTIME_DIR: runtime,
    TMPDIR: temporary,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    ...extra,
  };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
  return { folder, env, remove: () => rm(folder, { recursive: true, force: true }) };
}
