import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Places, sandboxPlaces } from '../../src/sandbox/places.ts';
import { stopSandbox } from '../../src/sandbox/sandbox.ts';
import { hasEngine } from '../support/engines.ts';
import { type LaunchOptions, launch } from '../support/terminal.ts';
import { until } from '../support/until.ts';

/** The status line and the image that every sandbox has. */
const READY = /sandbox · docker[^]*tiny:1 /;
const START = { timeout: 15_000 };

describe.skipIf(!hasEngine('docker'))('an engine of its own', { timeout: 40_000 }, () => {
  it('is started by --sandbox, runs a container, and leaves nothing behind', async () => {
    await using slipway = await launchAlone({ args: ['--sandbox'] });
    await slipway.until(READY, START);
    slipway.press('2', 'n');
    await slipway.until('Run a container');
    slipway.press('tab');
    slipway.type('web');
    slipway.press('tab');
    slipway.type('sh -c "while sleep 0.1; do echo here; done"\n');
    await slipway.until(/● +web .*Up[^]*│ +here/);
    slipway.press('q');
    expect(await slipway.until('Quit?')).toMatch(/It holds 1 container[^]*▸ Cancel/);
    slipway.press('down');
    await slipway.until(/▸ Quit(?!, and keep)/);
    slipway.press('enter');
    expect(await slipway.exited).toEqual({ code: 0, signal: 0 });
    await until(async () => (await traces(slipway.places)).length === 0);
  });

  it('stays when it is to be kept, for the next Slipway', async () => {
    await using first = await launchAlone({ args: ['--sandbox', '--keep'] });
    await first.until(READY, START);
    first.press('3', 'n');
    await first.until('Create a volume');
    first.type('kept\n');
    await first.until(/kept +local/);
    first.press('q');
    expect(await first.exited).toEqual({ code: 0, signal: 0 });
    const state = { XDG_STATE_HOME: join(first.home, '.local/state') };
    await using second = await launch({ args: ['--sandbox'], env: state });
    await second.until(/kept +local/);
  });

  it('is offered where no engine answers, and one key starts it', async () => {
    await using slipway = await launchAlone({ env: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } });
    await slipway.until(/Enter starts a sandbox/);
    slipway.press('enter');
    await slipway.until(READY, START);
    slipway.press('q');
    await slipway.exited;
    await until(async () => (await traces(slipway.places)).length === 0);
  });

  it('goes when Slipway is killed', async () => {
    await using slipway = await launchAlone({ args: ['--sandbox'] });
    await slipway.until(READY, START);
    expect(await traces(slipway.places)).not.toEqual([]);
    slipway.signal('SIGKILL');
    await slipway.exited;
    await until(async () => (await traces(slipway.places)).length === 0);
  });
});

/** With a sandbox that no other test has, stopped at the latest when the test ends. */
async function launchAlone(options: LaunchOptions) {
  const slipway = await launch(options);
  const places = sandboxPlaces(join(slipway.home, '.local/state/slipway/sandbox'));
  onTestFinished(async () => void (await stopSandbox(places)));
  return { ...slipway, places };
}

/** Processes, mounts, cgroups and sockets of a sandbox. */
async function traces({ state, run, name }: Places): Promise<string[]> {
  const isOurs = (text: string): boolean => text.includes(state) || text.includes(run);
  const found = (await readFile('/proc/self/mounts', 'utf8')).split('\n').filter(isOurs);
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // Ended while we were looking.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (isOurs(command)) found.push(`${pid} ${command.replaceAll('\0', ' ')}`);
  }
  const cgroups = execFileSync('find', ['/sys/fs/cgroup', '-maxdepth', '2', '-name', name], {
    encoding: 'utf8',
  });
  return [...found, ...cgroups.split('\n').filter(Boolean), ...(existsSync(run) ? [run] : [])];
}
