import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/engine-server.ts';
import { startFakeEngine } from '../support/fake-engine.ts';
import { launchInShell, SHELL_PROMPT } from '../support/shell.ts';
import type { Terminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';
import { leftIn, openPane, type Pane, paneOf, PROMPT } from './terminal-pane.ts';

let engine: Awaited<ReturnType<typeof startFakeEngine>>;
beforeAll(async () => {
  engine = await startFakeEngine({ containers: 2 });
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('shells are tabs', () => {
  it('each with its own screen, chosen with the leader and an arrow, and with the mouse', async () => {
    await using pane = await openPane(engine.host);
    pane.type('clear; echo first tab');
    await pane.until(/^first tab\nme>/);
    pane.lead('n');
    await pane.until(/^me>\n*$/);
    expect(pane.title()).toMatch(/ 1 bash +\[2 bash\]/);
    pane.type('clear; echo second tab');
    await pane.until(/^second tab\nme>/);
    pane.lead('left');
    await pane.until(/^first tab\nme>/);
    expect(pane.title()).toMatch(/\[1 bash\] +2 bash/);
    pane.lead('right');
    await pane.until(/^second tab\nme>/);
    const { x, y } = pane.slipway.find('bash');
    pane.slipway.click(x + 1, y);
    await pane.until(/^first tab\nme>/);
  });

  it('that go on in the background', async () => {
    await using pane = await openPane(engine.host);
    pane.type('cd; mkfifo go; clear; read -r _ <go; echo gone on');
    pane.lead('n');
    await pane.until(/^me>\n*$/);
    pane.type('cd; until test -p go; do sleep 0.1; done; echo >go');
    pane.lead('left');
    await pane.until(/^gone on\nme>/);
  });

  it('and say that they have ended; Enter opens another one there', async () => {
    await using pane = await openPane(engine.host);
    pane.type('exit');
    await pane.slipway.until('The shell has ended · Enter opens another');
    expect(pane.title()).toContain('bash ✗');
    pane.slipway.press('j');
    pane.slipway.press('enter');
    await pane.until(/^me>\n*$/);
    expect(pane.title()).not.toContain('✗');
    pane.type('echo anew');
    await pane.until(/^anew$/m);
  });

  it('also when they are killed', async () => {
    await using pane = await openPane(engine.host);
    pane.type('kill -9 $$');
    await pane.slipway.until(/The shell has ended \(137: /);
  });

  it('closed at once at a prompt, after a question while something runs', async () => {
    await using pane = await openPane(engine.host);
    pane.lead('n');
    await pane.slipway.until(/ 1 bash +\[2 bash\]/);
    await pane.until(/^me>/);
    pane.lead('x');
    await pane.slipway.until(/── ?\[bash\] ?[─━]/);
    pane.type('sleep 1000');
    await pane.untilMarked(`${PROMPT} sleep`, '▸');
    pane.lead('x');
    await pane.slipway.until(/Close bash\?[^]*sleep 1000/);
    pane.slipway.press('down', 'enter');
    await pane.slipway.until('No shell is open');
  });
});

describe('beside a shell', () => {
  it('the palette, the help and a question take the keys, and the shell has them again afterwards', async () => {
    await using pane = await openPane(engine.host);
    pane.lead('?');
    await pane.slipway.until('━ Keys');
    pane.slipway.press('esc');
    await pane.slipway.untilGone('━ Keys');
    pane.lead(':');
    await pane.slipway.until('All commands');
    pane.slipway.type('zzz');
    pane.slipway.press('esc');
    await pane.slipway.untilGone('All commands');
    pane.type('echo typed');
    await pane.until(/^me> echo typed\ntyped\nme>/);
  });

  it('T hides it while it goes on, and 6 shows it at its new size', async () => {
    await using pane = await openPane(engine.host);
    pane.type('clear; while :; do stty size; sleep 0.1; done');
    await pane.until(`${pane.rect().height} ${pane.rect().width}`);
    pane.lead('T');
    await pane.slipway.untilGone('6 Terminal');
    pane.slipway.resize(150, 48);
    await pane.slipway.until((screen) => screen.split('\n')[47]?.includes('? keys') === true);
    pane.slipway.press('6');
    await pane.slipway.until('━ 6 Terminal');
    await pane.until(`${pane.rect().height} ${pane.rect().width}`);
  });

  it('stopping Slipway and going on keeps it', async () => {
    await using shell = await launchInShell({ env: { DOCKER_HOST: engine.host, SHELL: '/bin/bash' } });
    await shell.until(SHELL_PROMPT);
    shell.startProgram();
    await shell.until('container-0');
    shell.press('6');
    const pane = paneOf(shell);
    await pane.until(/[#$] ?$/m);
    pane.type('clear; echo kept over');
    await pane.until(/^kept over$/m);
    pane.lead('1');
    await shell.until('━ 1 Containers');
    shell.press('ctrl-z');
    await shell.until('Stopped');
    shell.type('fg\n');
    await pane.until(/^kept over$/m);
    shell.press('6');
    pane.type('echo "go"es on');
    await pane.until(/^goes on$/m);
  });
});

describe('leaving', () => {
  it('asks while something runs in a shell; then all of it is gone', async () => {
    await using pane = await openPane(engine.host);
    const seconds = String(200_000 + pane.slipway.pid);
    pane.type(`sleep ${seconds}`);
    await pane.untilMarked(`${PROMPT} sleep`, '▸');
    pane.lead('q');
    await pane.slipway.until(/Quit\?[^]*sleep \d+/);
    pane.slipway.press('esc');
    await pane.slipway.untilGone('Quit?');
    pane.lead('q');
    await pane.slipway.until('Quit?');
    const shells = childrenOf(pane.slipway.pid);
    pane.slipway.press('down', 'enter');
    await expectNothingLeft(pane, shells, 0);
    await until(async () => !(await isRunning(`sleep\0${seconds}\0`)));
  });

  it.each([
    ['q', 0, (slipway: Terminal) => slipway.press('ctrl-g', 'q')],
    ['SIGTERM', 143, (slipway: Terminal) => slipway.signal('SIGTERM')],
    ['SIGHUP', 129, (slipway: Terminal) => slipway.signal('SIGHUP')],
  ] as const)('with %s at a prompt leaves no shell, socket or folder', async (_, code, end) => {
    await using pane = await openPane(engine.host);
    pane.lead('n');
    await pane.slipway.until(/ 1 bash +\[2 bash\]/);
    await pane.until(/^me>/);
    expect(await leftIn(pane.slipway.home)).not.toEqual([]);
    const shells = childrenOf(pane.slipway.pid);
    end(pane.slipway);
    await expectNothingLeft(pane, shells, code);
  });

  it('after a bug, too', async () => {
    const folder = await temporaryFolder();
    const [trigger, accident] = [join(folder, 'now'), join(folder, 'accident.mjs')];
    await writeFile(
      accident,
      `import { existsSync } from 'node:fs';
const watch = setInterval(() => {
  if (!existsSync(${JSON.stringify(trigger)})) return;
  clearInterval(watch);
  throw new Error('provoked in a test');
}, 10);
`,
    );
    await using pane = await openPane(engine.host, { env: { NODE_OPTIONS: `--import ${accident}` } });
    const shells = childrenOf(pane.slipway.pid);
    await writeFile(trigger, '');
    await expectNothingLeft(pane, shells, 70);
    expect(pane.slipway.scrollback()).toContain('provoked in a test');
  });

  it('a Slipway that was killed leaves shells without a terminal, and the next one tidies up', async () => {
    await using pane = await openPane(engine.host);
    const shells = childrenOf(pane.slipway.pid);
    expect(shells.length).toBeGreaterThan(0);
    pane.slipway.signal('SIGKILL');
    await pane.slipway.exited;
    await until(() => shells.every((pid) => !existsSync(`/proc/${pid}`)));
    const { HOME: home, ...folders } = foldersOf(pane.slipway.home);
    await using next = await openPane(engine.host, { env: folders });
    await until(async () => (await leftIn(home)).filter((name) => name.includes('wire')).length === 1);
    expect(next.text()).toContain(PROMPT);
  });
});

/** Its end: the exit code, a terminal as it was, no process and no file of its own. */
async function expectNothingLeft({ slipway }: Pane, shells: readonly string[], code: number): Promise<void> {
  expect(shells).not.toEqual([]);
  expect(await slipway.exited).toEqual({ code, signal: 0 });
  expect(slipway.isAlternate()).toBe(false);
  expect(slipway.modes()).toMatchObject({ mouseTrackingMode: 'none', bracketedPasteMode: false });
  await until(() => shells.every((pid) => !existsSync(`/proc/${pid}`)));
  expect(await leftIn(slipway.home)).toEqual([]);
}

function childrenOf(pid: number): string[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => line.trim() || []);
}

function foldersOf(home: string): Record<'HOME' | 'XDG_RUNTIME_DIR' | 'TMPDIR', string> {
  return { HOME: home, XDG_RUNTIME_DIR: `${home}/run`, TMPDIR: `${home}/tmp` };
}

async function isRunning(command: string): Promise<boolean> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // Ended while we were looking.
    const found = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (found === command) return true;
  }
  return false;
}
