import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What of a developer's or CI's own settings would change what a program under test does. */
const UNWANTED =
  /^(CI|CI_.*|CONTINUOUS_INTEGRATION|BUILD_NUMBER|NO_COLOR|FORCE_COLOR|COLORTERM|COLUMNS|LINES|LC_.*|LANG|TMUX.*|STY|TERM_.*|DOCKER_.*|CONTAINER_.*|CONTAINERS_.*|SLIPWAY_.*|XDG_.*|npm_.*|NODE_.*|VITEST.*|EDITOR|VISUAL|PS1|PROMPT_COMMAND|BASH_ENV|ENV)$/;

/** An empty home folder with an environment that knows only it. The path is short: sockets in it allow 107 bytes. */
export async function freshHome(extra: Readonly<Record<string, string | undefined>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-'));
  const runtime = join(folder, 'run');
  await mkdir(runtime, { mode: 0o700 });
  const inherited = Object.entries(process.env).filter(([name]) => !UNWANTED.test(name));
  const env: Record<string, string | undefined> = {
    ...Object.fromEntries(inherited),
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    XDG_CACHE_HOME: join(folder, '.cache'),
    XDG_DATA_HOME: join(folder, '.local/share'),
    XDG_STATE_HOME: join(folder, '.local/state'),
    XDG_RUNTIME_DIR: runtime,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    ...extra,
  };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
  return { folder, env, remove: () => rm(folder, { recursive: true, force: true }) };
}
