import type { Terminal } from '../support/terminal.ts';
import { DEMO } from './scene.ts';
import { SEE_INSIDE_SHOTS } from './see-inside-shots.ts';
import type { Shot } from './shot.ts';
import { BIG, clearPrompt, SHELL, showWeb, untilDrawn } from './show-web.ts';

/** From the first to the last time below a chart. */
function secondsOnAxis(screen: string): number {
  const axis = screen.split('\n').findLast((line) => /\d\d:\d\d:\d\d .*\d\d:\d\d:\d\d/.test(line)) ?? '';
  const times = [...axis.matchAll(/(\d\d):(\d\d):(\d\d)/g)].map(([, h, m, s]) => +h! * 3600 + +m! * 60 + +s!);
  return (times.at(-1) ?? 0) - (times[0] ?? 0);
}

/** A shell whose prompt says nothing of the machine, and a container that is run in it. */
async function runInShell(terminal: Terminal): Promise<void> {
  await showWeb(terminal);
  await clearPrompt(terminal);
  terminal.type('docker run -d --name cache tiny:1 sleep 1d\n');
  await terminal.until(/POST[^]*start +✓204/);
  terminal.type('docker stop cach\n');
  await terminal.until(/✗\$ docker stop cach[^]*│\$ +│/);
  await terminal.until('✗404');
}

function remove(name: string): (terminal: Terminal) => Promise<void> {
  return async (terminal) => {
    terminal.press('ctrl-g', '6');
    terminal.type(`docker rm -f ${name}\n`);
    // It prints what it has removed; in a small window there is no list to look at.
    await terminal.until(new RegExp(`rm -f ${name} [^]*│${name} +│`));
    await terminal.untilGone(new RegExp(`● +${name}`));
  };
}

const removeCache = remove('cache');

/** The first step of a lesson for somebody who has not seen others, with a box that is as it should be. */
async function playLesson(terminal: Terminal): Promise<void> {
  await terminal.until('This runs in a sandbox');
  terminal.press('enter');
  await terminal.until('Leave a note');
  await goToPrompt(terminal);
  terminal.type('docker run -d --name keep tiny:1 sleep 1d\n');
  await terminal.until(/✓ "keep" is running/);
  await untilDrawn(terminal, /● +keep .*\d%/);
}

async function goToPrompt(terminal: Terminal): Promise<void> {
  terminal.press('6');
  await terminal.until(/6 Terminal ──\[bash\][^]*│\$ +│/);
}

async function leaveAWrongNote(terminal: Terminal): Promise<void> {
  await playLesson(terminal);
  terminal.type("docker exec keep sh -c 'echo hello > /note'\n");
  await terminal.until(/! "keep" has a file[^]*says “hello”/);
}

/** What is answered and typed in the steps of “Your first box”, up to its notebook. */
const FIRST_BOX: readonly { answers: readonly string[]; lines: readonly string[] }[] = [
  { answers: ['a'], lines: ['docker run --name hello tiny:1 echo hi'] },
  { answers: ['a'], lines: ['docker ps', 'docker ps -a', 'docker start -a hello'] },
  { answers: [], lines: ['docker run -d --name stay tiny:1 sleep 1d'] },
  { answers: ['c'], lines: ['docker run -d --name idle tiny:1', 'docker ps -a'] },
  {
    answers: [],
    lines: ['docker rm -f stay', 'docker rm hello idle', 'docker run --rm --name brief tiny:1 echo bye'],
  },
  { answers: ['b', 'b', 'b'], lines: [] },
];

async function finishFirstBox(terminal: Terminal): Promise<void> {
  await terminal.until('This runs in a sandbox');
  await goToPrompt(terminal);
  terminal.press('ctrl-g', '8', 'enter');
  for (const [i, { answers, lines }] of FIRST_BOX.entries()) {
    await terminal.until(`step ${i + 1} of ${FIRST_BOX.length}`);
    for (const answer of answers) terminal.press(answer);
    if (lines.length > 0) terminal.press('6');
    for (const line of lines) {
      terminal.type(`${line}\n`);
      await terminal.until((screen) => screen.includes(`$ ${line}`) && /│[✗ ]?\$ +│/.test(screen));
    }
    if (lines.length > 0) {
      await terminal.until('✓ step done');
      terminal.press('ctrl-g', '8');
    }
    terminal.press('G', 'enter');
  }
  await terminal.until('Lesson done');
}

/** Whose shell has a plain prompt from the beginning: what is typed in a lesson is in its notebook. */
const LEARNER = { ...SHELL, HOME: DEMO };

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
      terminal.type('shop:7');
      await terminal.until(/“shop:7” 1 of \d/);
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
    name: 'learn',
    args: ['learn', 'thin-layer'],
    env: LEARNER,
    play: leaveAWrongNote,
    tidy: remove('keep'),
  },
  {
    ...BIG,
    name: 'learn-small',
    columns: 80,
    rows: 24,
    args: ['learn', 'thin-layer'],
    env: LEARNER,
    play: playLesson,
    tidy: remove('keep'),
  },
  {
    ...BIG,
    name: 'lessons',
    args: ['learn', 'thin-layer'],
    env: LEARNER,
    async play(terminal) {
      await playLesson(terminal);
      terminal.press('ctrl-g', '8', 'L');
      await terminal.until('Your first box');
    },
    async tidy(terminal) {
      terminal.press('esc');
      await terminal.untilGone('Your first box');
      await remove('keep')(terminal);
    },
  },
  {
    ...BIG,
    name: 'notebook',
    args: ['learn', 'first-box'],
    env: LEARNER,
    play: finishFirstBox,
  },
  ...SEE_INSIDE_SHOTS,
  {
    ...BIG,
    name: 'connect',
    engine: false,
    // A home that is nowhere: only the places that all machines have in common are real.
    env: { HOME: '/home/you', XDG_RUNTIME_DIR: '/run/user/1000', XDG_CONFIG_HOME: '/home/you/.config' },
    play: (terminal) => terminal.until(/podman\.sock +no such file/),
  },
];
