import type { LaunchOptions, Terminal } from '../support/terminal.ts';
import { LAST_LOG_LINE } from './scene.ts';

/** One picture: the file it becomes, the program's surroundings, and what is pressed before it is taken. */
export type Shot = {
  name: string;
  columns: number;
  rows: number;
  env?: LaunchOptions['env'];
  /** Without one the program finds nothing, and says so. */
  engine: boolean;
  play: (terminal: Terminal) => Promise<unknown>;
  /** Takes away what was made for it: the next picture is of the same scene. */
  tidy?: (terminal: Terminal) => Promise<unknown>;
};

/** The figures come a second or two after the lists; in a small window there is no room for them. */
async function untilDrawn(terminal: Terminal, figures: RegExp): Promise<void> {
  if (terminal.screen().split('\n').length < BIG.rows) return;
  await terminal.until(figures);
  await terminal.until('700 kB');
}

const LISTS = /● +db .*Up[^]*● +web .*Up[^]*migrate .*Exited \(3\)/;

async function showWeb(terminal: Terminal): Promise<void> {
  await terminal.until(LISTS);
  terminal.press('j');
  await terminal.until(LAST_LOG_LINE);
  await untilDrawn(terminal, /● +web .*\d%/);
}

/** From the first to the last time below a chart. */
function secondsOnAxis(screen: string): number {
  const axis = screen.split('\n').findLast((line) => /\d\d:\d\d:\d\d .*\d\d:\d\d:\d\d/.test(line)) ?? '';
  const times = [...axis.matchAll(/(\d\d):(\d\d):(\d\d)/g)].map(([, h, m, s]) => +h! * 3600 + +m! * 60 + +s!);
  return (times.at(-1) ?? 0) - (times[0] ?? 0);
}

const BIG = { columns: 120, rows: 40, engine: true };

/** A shell whose prompt says nothing of the machine, and a container that is run in it. */
async function runInShell(terminal: Terminal): Promise<void> {
  await showWeb(terminal);
  terminal.press('6');
  await terminal.until(/6 Terminal ──\[bash\][^]*[#$] /);
  terminal.type("PS1='$ '; clear\n");
  await terminal.until(/│\$ +│/);
  terminal.type('docker run -d --name cache tiny:1 sleep 1d\n');
  await terminal.until(/POST[^]*start +✓204/);
  terminal.type('docker stop cach\n');
  await terminal.until(/✗\$ docker stop cach[^]*│\$ +│/);
  await terminal.until('✗404');
}

async function removeCache(terminal: Terminal): Promise<void> {
  terminal.press('ctrl-g', '6');
  terminal.type('docker rm -f cache\n');
  await terminal.untilGone(/● +cache/);
}

const SHELL = { SHELL: '/bin/bash', DOCKER_CLI_HINTS: 'false' };

export const SHOTS: readonly Shot[] = [
  { ...BIG, name: 'main', play: showWeb },
  { ...BIG, name: 'small', columns: 80, rows: 24, play: showWeb },
  { ...BIG, name: 'no-color', env: { NO_COLOR: '1' }, play: showWeb },
  {
    ...BIG,
    name: 'run-form',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('2', 'G', 'n');
      await terminal.until('Run a container');
      for (const value of ['notes', 'sleep 600', '8081:80', '', 'notes:/data']) {
        terminal.press('tab');
        terminal.type(value);
      }
      await terminal.until(/-v notes:\/data[^]*tiny:1 sleep 600/);
    },
  },
  {
    ...BIG,
    name: 'stats',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('u');
      await terminal.until((screen) => secondsOnAxis(screen) >= 45, { timeout: 90_000 });
    },
  },
  {
    ...BIG,
    name: 'inspect',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('i');
      await terminal.until(/State +\{/);
      terminal.press('/');
      terminal.type('shop');
      await terminal.until(/“shop” 1 of \d/);
    },
  },
  {
    ...BIG,
    name: 'remove',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('x');
      await terminal.until(/▸ Cancel/);
    },
  },
  {
    ...BIG,
    name: 'palette',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press(':');
      terminal.type('stop');
      await terminal.until(/: stop[^]*s +Stop +Containers/);
    },
  },
  {
    ...BIG,
    name: 'help',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('?');
      await terminal.until('Any list');
    },
  },
  {
    ...BIG,
    name: 'terminal',
    env: SHELL,
    play: runInShell,
    tidy: removeCache,
  },
  {
    ...BIG,
    name: 'wire',
    env: SHELL,
    async play(terminal) {
      await runInShell(terminal);
      terminal.press('ctrl-g', '7', '+');
      await terminal.until('create?name=cache');
      for (let i = 0; i < 6 && !/▸POST +\/containers\/create/.test(terminal.screen()); i++) {
        const before = terminal.screen();
        terminal.press('k');
        await terminal.until((screen) => screen !== before);
      }
      terminal.press('enter');
      await terminal.until('Slipway has put its label');
    },
    async tidy(terminal) {
      terminal.press('esc');
      await terminal.untilGone('Slipway has put its label');
      terminal.press('+');
      await removeCache(terminal);
    },
  },
  {
    ...BIG,
    name: 'connect',
    engine: false,
    // A home that is nowhere: only the places that all machines have in common are real.
    env: { HOME: '/home/you', XDG_RUNTIME_DIR: '/run/user/1000', XDG_CONFIG_HOME: '/home/you/.config' },
    play: (terminal) => terminal.until(/podman\.sock +no such file/),
  },
];
