import type { Pinned } from './shell-values.ts';

/** What a shell in our terminal must not inherit: names (a star stands for any ending), and why. */
export const NOT_INHERITED: readonly { names: readonly string[]; why: string }[] = [
  {
    names: ['TMUX', 'TMUX_PANE', 'STY', 'ZELLIJ', 'ZELLIJ_*'],
    why: 'programs wrap escape sequences for a multiplexer that does not see them here',
  },
  {
    names: ['VTE_VERSION', 'KONSOLE_*', 'WT_SESSION', 'WT_PROFILE_ID', 'XTERM_VERSION'],
    why: 'tells of what another terminal can do',
  },
  {
    names: [
      'ITERM_*',
      'LC_TERMINAL',
      'LC_TERMINAL_VERSION',
      'KITTY_*',
      'WEZTERM_*',
      'ALACRITTY_*',
      'GHOSTTY_*',
    ],
    why: 'programs talk to that terminal in sequences of its own, or by its socket; its shell integration switches itself on',
  },
  {
    names: ['VSCODE_*', 'TERM_PROGRAM_VERSION', 'TERMINAL_EMULATOR'],
    why: 'rc files load the shell integration of that terminal, which would mark every command twice',
  },
  {
    names: ['WINDOWID', 'TERM_SESSION_ID', 'TERM_FEATURES'],
    why: 'macOS keeps a history per session by it; it belongs to the outer window',
  },
  { names: ['LINES', 'COLUMNS'], why: 'programs believe them instead of asking the terminal for its size' },
  {
    names: ['TERMCAP', 'TERMINFO', 'TERMINFO_DIRS'],
    why: 'describe the outer terminal; xterm-256color is in every system’s own database',
  },
  {
    names: ['npm_*', 'INIT_CWD', 'NODE', 'COLOR'],
    why: '`npm start` sets them for its script; an npm inside would take them for its configuration',
  },
];

/** npm fills in its own default where the user has set none; git, crontab and others would then open it. */
const NPM_EDITOR = 'vi';

export type Identity = {
  /** The outer terminal draws 24-bit colours. */
  trueColor: boolean;
  version: string;
};

/**
 * The environment for a shell in our terminal: what we were started with, without what belongs to the outer terminal and
 * to `npm start`, and with our terminal's own names. NO_COLOR and NODE_ENV stay as the user has them.
 */
export function shellEnvironment(outer: NodeJS.ProcessEnv, identity: Identity): Record<string, string> {
  const fromNpm = outer['npm_execpath'] !== undefined || outer['npm_lifecycle_event'] !== undefined;
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(outer))
    if (value !== undefined && isInherited(name, fromNpm)) env[name] = value;
  if (fromNpm && env['EDITOR'] === NPM_EDITOR) delete env['EDITOR'];
  if (fromNpm && env['PATH'] !== undefined) env['PATH'] = withoutNpmFolders(env['PATH']);
  delete env['COLORTERM'];
  return {
    ...env,
    TERM: 'xterm-256color',
    ...(identity.trueColor ? { COLORTERM: 'truecolor' } : {}),
    TERM_PROGRAM: 'slipway',
    TERM_PROGRAM_VERSION: identity.version,
    SLIPWAY: identity.version,
  };
}

/** Adds what a shell has to keep whatever its own files say: null takes a variable away, programs come last in PATH. */
export function withPinned(
  env: Record<string, string>,
  { variables, programs }: Pinned,
): Record<string, string> {
  const all = { ...env };
  for (const [name, value] of Object.entries(variables))
    if (value === null) delete all[name];
    else all[name] = value;
  if (programs !== null) all['PATH'] = all['PATH'] ? `${all['PATH']}:${programs}` : programs;
  return all;
}

/** Names that a user may well have set for purposes of their own. */
const ONLY_FROM_NPM = new Set(['NODE', 'COLOR']);

function isInherited(name: string, fromNpm: boolean): boolean {
  if (ONLY_FROM_NPM.has(name)) return !fromNpm;
  return !NOT_INHERITED.some(({ names }) =>
    names.some((pattern) =>
      pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
    ),
  );
}

/**
 * npm puts in front of PATH a node_modules/.bin for the project and each folder above it, and one folder of its own.
 * Only those at the very front are npm's; further behind they are the user's.
 */
function withoutNpmFolders(path: string): string {
  const folders = path.split(':');
  let first = 0;
  while (/(^|\/)node_modules\/\.bin$/.test(folders[first] ?? '')) first += 1;
  while (folders[first]?.endsWith('/node-gyp-bin')) first += 1;
  return folders.slice(first).join(':');
}
