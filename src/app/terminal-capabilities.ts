export type TerminalCapabilities = {
  isTerminal: boolean;
  /** Null where the output is no terminal. */
  size: { columns: number; rows: number } | null;
  term: string;
  /** How many colours may be used: 0, 16, 256 or 16 777 216. */
  colors: number;
  /** Why `colors` is what it is, e.g. `COLORTERM=truecolor`. */
  colorsBecause: string;
  utf8: boolean;
  /** The value that decided `utf8`, e.g. `LANG=C`. */
  locale: string;
  /** `tmux`, `screen`, or empty. */
  multiplexer: string;
  overSsh: boolean;
};

type Output = { isTTY?: boolean; columns?: number; rows?: number };

const TRUE_COLOR = 2 ** 24;

/** What can be known of the terminal without asking it: by its variables and its size. */
export function terminalCapabilities(
  env: NodeJS.ProcessEnv,
  output: Output,
  platform: NodeJS.Platform = process.platform,
): TerminalCapabilities {
  const { isTTY = false, columns, rows } = output;
  const [colors, colorsBecause] = colorsOf(env, isTTY);
  const locale = localeOf(env);
  return {
    isTerminal: isTTY,
    size: columns !== undefined && rows !== undefined ? { columns, rows } : null,
    term: env['TERM'] ?? '',
    colors,
    colorsBecause,
    utf8: platform === 'win32' || /utf-?8/i.test(locale),
    locale,
    multiplexer: env['TMUX'] ? 'tmux' : env['STY'] ? 'screen' : '',
    overSsh: Boolean(env['SSH_TTY'] ?? env['SSH_CONNECTION']),
  };
}

/** no-color.org: NO_COLOR counts when it is set and not empty. */
function colorsOf(env: NodeJS.ProcessEnv, isTerminal: boolean): [number, string] {
  const term = env['TERM'] ?? '';
  if (env['NO_COLOR']) return [0, 'NO_COLOR is set'];
  if (!isTerminal) return [0, 'not a terminal'];
  if (term === '' || term === 'dumb') return [0, `TERM=${term}`];
  const deep = env['COLORTERM'] ?? '';
  if (/^(truecolor|24bit)$/i.test(deep)) return [TRUE_COLOR, `COLORTERM=${deep}`];
  return /256|kitty|alacritty|ghostty|wezterm/.test(term) ? [256, `TERM=${term}`] : [16, `TERM=${term}`];
}

/** The first that is set and not empty decides (POSIX, locale categories). */
function localeOf(env: NodeJS.ProcessEnv): string {
  const name = ['LC_ALL', 'LC_CTYPE', 'LANG'].find((variable) => env[variable]);
  return name === undefined ? '' : `${name}=${env[name]}`;
}
