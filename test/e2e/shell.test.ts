import { execFileSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_NAMES } from '../support/engine-host-talk.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { removeContainer, runContainer, wipe } from './on-engine.ts';
import { openSlipway } from './open-slipway.ts';
import { paneOf } from './terminal-pane.ts';

for (const name of ENGINE_NAMES) {
  describe.skipIf(!hasEngine(name))(`a shell that takes over the screen, in a container of ${name},`, () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine(name);
    });
    afterEach(() => wipe(engine));
    afterAll(() => engine.discard());

    it('has the whole terminal, hears of resizes, and gives the terminal back', async () => {
      await runContainer(engine, 'web');
      await using slipway = await openSlipway(engine.host, { ready: /● +web .*Up/ });
      slipway.press('E');
      await slipway.until(/[#$] $/m);
      expect(slipway.screen()).not.toContain('Containers');
      slipway.type('echo "$((6 * 7)) is the answer"\n');
      await slipway.until(/^42 is the answer/m);
      const seconds = String(100_000 + slipway.pid);
      slipway.type(`sleep ${seconds}\n`);
      let pid = '';
      await until(async () => (pid = await processOf(`sleep\0${seconds}\0`)) !== '');
      expect(terminalSize(pid)).toBe('40 120');
      slipway.resize(100, 30);
      await until(() => terminalSize(pid) === '30 100');
      slipway.press('ctrl-c');
      await slipway.until(/\^C/);
      slipway.type('exit\n');
      await slipway.until(/● +web .*Up/);
      expect(slipway.isAlternate()).toBe(true);
      expect(slipway.modes().mouseTrackingMode).not.toBe('none');
      await slipway.until((screen) => /palette|stop/.test(screen.split('\n')[29] ?? ''));
      slipway.press('?');
      await slipway.until('━ Keys');
    });

    it('leads back to Slipway when the container goes', async () => {
      const id = await runContainer(engine, 'web');
      await using slipway = await openSlipway(engine.host, { ready: /● +web .*Up/ });
      slipway.press('E');
      await slipway.until(/[#$] $/m);
      await removeContainer(engine, id);
      await slipway.until('0 running');
      expect(slipway.isAlternate()).toBe(true);
      slipway.press('?');
      await slipway.until('━ Keys');
    });

    it('that ended with an error code did open', async () => {
      await runContainer(engine, 'web');
      await using slipway = await openSlipway(engine.host, { ready: /● +web .*Up/ });
      slipway.press('E');
      await slipway.until(/[#$] $/m);
      slipway.type('no-such-command\n');
      await slipway.until('not found');
      slipway.type('exit\n');
      expect(await slipway.until(/● +web .*Up/)).not.toContain('no shell');
    });
  });

  describe.skipIf(!hasEngine(name))(`a shell in a tab of the terminal, in a container of ${name},`, () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine(name);
    });
    afterEach(() => wipe(engine));
    afterAll(() => engine.discard());

    it('is of the size of the pane and says how it ended; Enter opens another', async () => {
      await runContainer(engine, 'web');
      await using slipway = await openSlipway(engine.host, { ready: /● +web .*Up/ });
      slipway.press('e');
      const pane = paneOf(slipway);
      await pane.until(/^# *$/m);
      expect(pane.title()).toContain('[in web]');
      const seconds = String(300_000 + slipway.pid);
      pane.type(`sleep ${seconds}`);
      let pid = '';
      await until(async () => (pid = await processOf(`sleep\0${seconds}\0`)) !== '');
      const { width, height } = pane.rect();
      await until(() => terminalSize(pid) === `${height} ${width}`);
      slipway.resize(160, 50);
      await until(() => terminalSize(pid) === `${pane.rect().height} ${pane.rect().width}`);
      slipway.press('ctrl-c');
      await pane.until(/\^C/);
      pane.type('exit 3');
      await slipway.until(/The shell has ended \(3: /);
      slipway.press('enter');
      await pane.until(/^# *\n*$/);
      expect(pane.title()).toContain('[in web]');
    });

    it('ends with Slipway: nothing of it goes on in the container', async () => {
      await runContainer(engine, 'web');
      await using slipway = await openSlipway(engine.host, { ready: /● +web .*Up/ });
      slipway.press('e');
      const pane = paneOf(slipway);
      await pane.until(/^# *$/m);
      const idle = `idle${slipway.pid}`;
      pane.type(`exec sh -c 'read ${idle}'`);
      const command = `sh\0-c\0read ${idle}\0`;
      await until(async () => (await processOf(command)) !== '');
      slipway.signal('SIGTERM');
      expect(await slipway.exited).toMatchObject({ code: 143 });
      await until(async () => (await processOf(command)) === '');
    });

    it('says so when the container goes', async () => {
      const id = await runContainer(engine, 'web');
      await using slipway = await openSlipway(engine.host, { ready: /● +web .*Up/ });
      slipway.press('e');
      await paneOf(slipway).until(/^# *$/m);
      await removeContainer(engine, id);
      await slipway.until('The shell has ended');
    });
  });
}

/** The process, as the machine numbers it, with exactly this command line. */
async function processOf(command: string): Promise<string> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // Ended while we were looking.
    const found = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (found === command) return pid;
  }
  return '';
}

/** Rows and columns of a process's terminal, which may be in a container. */
function terminalSize(pid: string): string {
  return execFileSync('stty', ['-F', `/proc/${pid}/fd/0`, 'size'], { encoding: 'utf8' }).trim();
}
