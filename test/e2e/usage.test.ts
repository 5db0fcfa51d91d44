import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshHome } from '../support/fresh-home.ts';
import { launch } from '../support/terminal.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/slipway.js');

describe('used wrongly, it says what was meant and ends with 2', () => {
  it.each([
    [['--hots', 'x'], /--hots.*did you mean --host\?/],
    [['--sanbox'], /--sanbox.*did you mean --sandbox\?/],
    [['docter'], /docter.*did you mean doctor\?/],
    [['--host'], /--host needs a value/],
    [['--json=yes'], /--json takes no value/],
    [['doctor', 'now'], /now is one word too many/],
    [['ls', 'ships'], /ships.*\nOne of: containers, images, volumes, networks/],
    [['learn', 'frist-box'], /frist-box; did you mean first-box\?/],
    [
      ['learn', 'https://example.org/lesson.git'],
      /none that nobody has looked at[^]*slipway learn \.\/folder/,
    ],
    [['learn', 'lesson.tar.gz'], /is an archive[^]*slipway learn \.\/folder/],
    [['learn', './nowhere'], /There is no lesson in \.\/nowhere/],
    [['sandbox', 'fly'], /fly[^]*status[^]*stop[^]*reset/],
  ])('slipway %j', async (args, says) => {
    const { status, stdout, stderr } = await pipe(args);
    expect(stderr).toMatch(says);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it.each(['banana', 'http://localhost', 'tcp://', 'unix:relative'])(
    'DOCKER_HOST=%s: the variable and the valid forms are named',
    async (host) => {
      await using slipway = await launch({ env: { DOCKER_HOST: host } });
      expect(await slipway.exited).toEqual({ code: 2, signal: 0 });
      const said = slipway.raw().replaceAll('\r\n', '\n');
      expect(said).toContain('DOCKER_HOST');
      expect(said).toContain(`“${host}”`);
      for (const form of ['unix:///', 'tcp://HOST', 'ssh://']) expect(said).toContain(form);
      expect(said).not.toContain('\x1b');
    },
  );
});

it('without a terminal it names the commands for scripts', async () => {
  const { status, stdout, stderr } = await pipe([]);
  expect(stderr).toMatch(/terminal.*slipway ls.*slipway doctor/);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

it('help and version go to standard output', async () => {
  const help = await pipe(['--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  for (const flag of ['--host', '--context', '--sandbox', '--screen-reader', 'doctor', 'ls'])
    expect(help.stdout).toContain(flag);
  expect(await pipe(['--version'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^slipway \d+\.\d+\.\d+\n$/),
  });
});

it('where no engine answers, the screen says what was tried and why it did not work', async () => {
  await using slipway = await launch({ env: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } });
  await slipway.until('No container engine answers');
  await slipway.until(/DOCKER_HOST +unix:\/\/\/nowhere\/engine\.sock +no such file/);
  slipway.press('q');
  expect(await slipway.exited).toEqual({ code: 0, signal: 0 });
});

async function pipe(args: readonly string[]) {
  const home = await freshHome({ DOCKER_HOST: 'unix:///nowhere/engine.sock' });
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
      env: home.env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  } finally {
    await home.remove();
  }
}
