import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/engine-server.ts';
import { testEngines } from '../support/engines.ts';
import { SHELL_PROMPT, launchInShell } from '../support/shell.ts';
import { until } from '../support/until.ts';
import { removeContainer, runContainer } from './on-engine.ts';
import { openSlipway } from './open-slipway.ts';

const [engine] = await testEngines();
const host = engine?.host ?? '';

type Shell = Awaited<ReturnType<typeof launchInShell>>;
const LISTS = /\d+ running · \d+ image/;

describe.skipIf(!engine)('the terminal is as it was found', () => {
  it.each([
    ['q', 0, (shell: Shell) => shell.press('q')],
    ['Ctrl-C', 0, (shell: Shell) => shell.press('ctrl-c')],
    ['SIGTERM', 143, (shell: Shell) => signal(shell, 'SIGTERM')],
    ['SIGHUP', 129, (shell: Shell) => signal(shell, 'SIGHUP')],
    ['SIGINT', 130, (shell: Shell) => signal(shell, 'SIGINT')],
  ])('after %s, with exit code %i', async (_, code, end) => {
    await using shell = await openShell();
    const before = await shell.ask('stty -a');
    shell.startProgram();
    await shell.until(LISTS);
    end(shell);
    await expectAsFound(shell, before, code);
  });

  it.each([
    ['an error that nobody catches', 'setTimeout(() => { throw new Error("provoked in a test"); });'],
    ['a promise that nobody waits for', 'void Promise.reject(new Error("provoked in a test"));'],
  ])('after %s, with a report', async (_, accident) => {
    const trigger = join(await temporaryFolder(), 'now');
    await using shell = await openShell({ NODE_OPTIONS: await preload(trigger, accident) });
    const before = await shell.ask('stty -a');
    shell.startProgram();
    await shell.until(LISTS);
    await writeFile(trigger, '');
    const report = await shell.until('provoked in a test');
    expect(report).toMatch(/Slipway \S+ met a bug/);
    await expectAsFound(shell, before, 70);
  });

  it('while it is stopped with Ctrl-Z; fg draws it again', async () => {
    await using shell = await openShell();
    const before = await shell.ask('stty -a');
    shell.startProgram();
    await shell.until(LISTS);
    shell.press('ctrl-z');
    await shell.until('Stopped');
    expect(shell.isAlternate()).toBe(false);
    expect(shell.modes().mouseTrackingMode).toBe('none');
    expect(await shell.ask('stty -a')).toBe(before);
    shell.type('fg\n');
    await shell.until(LISTS);
    expect(shell.modes().mouseTrackingMode).not.toBe('none');
    shell.press('?');
    await shell.until('Keys');
    shell.press('esc');
    await shell.untilGone('━ Keys');
    shell.press('q');
    await expectAsFound(shell, before, 0);
  });

  it('when it is ended while a shell in a container has the terminal', async () => {
    if (!engine) return;
    const name = `shell-${process.pid}`;
    const id = await runContainer(engine, name);
    onTestFinished(() => removeContainer(engine, id));
    await using shell = await openShell();
    const before = await shell.ask('stty -a');
    shell.startProgram();
    await shell.until(LISTS);
    shell.press('1', '/');
    shell.type(`${name}\n`);
    await shell.until(new RegExp(`▸ ● +${name}`));
    shell.press('E');
    await shell.until(/^[/ ]*[#$] $/m);
    signal(shell, 'SIGTERM');
    await expectAsFound(shell, before, 143);
  });

  it('and is drawn over from its first column, also where something stands before the cursor', async () => {
    await using shell = await openShell();
    shell.type('printf begun; ');
    shell.startProgram();
    await shell.until(LISTS);
    expect(shell.line(0)).toMatch(/^ slipway /);
    expect(shell.line(1)).toMatch(/^[╭┍]/);
    shell.press('q');
    await shell.until(SHELL_PROMPT);
  });

  it('when it is ended before it has found an engine', async () => {
    await using shell = await openShell({ DOCKER_HOST: 'unix:///nowhere/engine.sock' });
    const before = await shell.ask('stty -a');
    shell.startProgram();
    await shell.until('No container engine answers');
    signal(shell, 'SIGTERM');
    await expectAsFound(shell, before, 143);
  });

  it('when it was resized meanwhile', async () => {
    await using shell = await openShell();
    shell.startProgram();
    await shell.until(LISTS);
    shell.resize(90, 30);
    await shell.until((screen) => screen.split('\n')[29]?.includes('? keys') === true);
    shell.press('q');
    await shell.until(SHELL_PROMPT);
    expect(await shell.ask('stty size')).toBe('30 90\n');
    expect(shell.scrollback()).toContain('was here before');
  });
});

it.skipIf(!engine)('the program ends when its terminal is closed', async () => {
  const slipway = await openSlipway(host);
  await slipway[Symbol.asyncDispose]();
  await until(() => !existsSync(`/proc/${slipway.pid}`));
});

/** A bash that leaves the modes of the terminal alone, with something on its screen. */
async function openShell(env: Record<string, string> = {}): Promise<Shell> {
  const folder = await temporaryFolder();
  const inputrc = join(folder, 'inputrc');
  await writeFile(inputrc, 'set enable-bracketed-paste off\n');
  const shell = await launchInShell({
    columns: 100,
    rows: 30,
    env: { DOCKER_HOST: host, INPUTRC: inputrc, ...env },
  });
  await shell.until(SHELL_PROMPT);
  shell.type('echo was here before\n');
  await shell.until(/^was here before/m);
  return shell;
}

async function expectAsFound(shell: Shell, sttyBefore: string, code: number): Promise<void> {
  await shell.until(new RegExp(`${SHELL_PROMPT}$`, 'm'));
  expect(await shell.ask('echo $?')).toBe(`${code}\n`);
  expect(await shell.ask('stty -a')).toBe(sttyBefore);
  expect(shell.isAlternate()).toBe(false);
  expect(shell.scrollback()).toMatch(/^was here before/m);
  expect(shell.scrollback()).not.toContain('╭');
  expect(shell.modes()).toMatchObject({ mouseTrackingMode: 'none', bracketedPasteMode: false });
  const raw = shell.raw();
  expect(raw.lastIndexOf('\x1b[?1049l')).toBeGreaterThan(raw.lastIndexOf('\x1b[?1049h'));
  expect(raw.lastIndexOf('\x1b[?25h')).toBeGreaterThan(raw.lastIndexOf('\x1b[?25l'));
}

/** To the program only, as `kill` does; the shell it runs in stays. */
function signal(shell: Shell, name: NodeJS.Signals): void {
  const children = readFileSync(`/proc/${shell.pid}/task/${shell.pid}/children`, 'utf8');
  process.kill(Number(children.trim()), name);
}

/** For NODE_OPTIONS: has the accident happen inside the program once the file is there. */
async function preload(trigger: string, accident: string): Promise<string> {
  const folder = await temporaryFolder();
  const file = join(folder, 'accident.mjs');
  const script = `import { existsSync } from 'node:fs';
const watch = setInterval(() => {
  if (!existsSync(${JSON.stringify(trigger)})) return;
  clearInterval(watch);
  ${accident}
}, 10);
`;
  await writeFile(file, script);
  return `--import ${file}`;
}
