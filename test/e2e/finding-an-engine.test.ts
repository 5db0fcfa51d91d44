import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startFakeEngine } from '../support/fake-engine.ts';
import { testEngines } from '../support/engines.ts';
import { freshHome } from '../support/fresh-home.ts';
import { leaveStaleSocket } from '../support/stale-socket.ts';
import { launch } from '../support/terminal.ts';
import { openSlipway } from './open-slipway.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/slipway.js');

describe.each(await testEngines())('a real $name', ({ host, name }) => {
  it('is taken from --host, before DOCKER_HOST', async () => {
    await using slipway = await openSlipway('unix:///nowhere/engine.sock', { args: ['--host', host] });
    expect(slipway.line(0)).toContain(name);
  });

  it('is listed as text and as JSON for scripts, and praised by the doctor', async () => {
    const home = await freshHome({ DOCKER_HOST: host });
    const ask = (...args: string[]) =>
      spawnSync(process.execPath, [PROGRAM, ...args], { env: home.env, encoding: 'utf8' });
    try {
      const text = ask('ls', 'images');
      expect(text).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('tiny:1') });
      expect(text.stdout).not.toContain('\x1b');
      expect(JSON.stringify(JSON.parse(ask('ls', 'images', '--json').stdout))).toContain('tiny:1');
      const doctor = ask('doctor');
      expect(doctor.status).toBe(0);
      expect(doctor.stdout).toContain(host.replace('unix://', ''));
      expect(() => JSON.parse(ask('doctor', '--json').stdout)).not.toThrow();
    } finally {
      await home.remove();
    }
  });
});

describe('while no engine answers', () => {
  it('it is tried again, and the lists come by themselves once it does', async () => {
    await using engine = await startFakeEngine({ containers: 1 });
    await engine.goDown();
    await using slipway = await launch({ env: { DOCKER_HOST: engine.host } });
    await slipway.until('No container engine answers');
    await engine.comeUp();
    await slipway.until('container-0');
  });

  it('r tries at once', async () => {
    await using engine = await startFakeEngine({ containers: 1 });
    await engine.goDown();
    await using slipway = await launch({ env: { DOCKER_HOST: engine.host } });
    await slipway.until('No container engine answers');
    await engine.comeUp();
    slipway.press('r');
    await slipway.until('container-0', { timeout: 2000 });
  });

  it('each way says why it did not work', async () => {
    await using slipway = await launch({
      command: ['sh', '-c', 'read -r _; exec "$@"', 'sh', process.execPath, PROGRAM],
    });
    const stale = join(slipway.home, 'run/docker.sock');
    await leaveStaleSocket(stale);
    slipway.type('\n');
    await slipway.until(/docker\.sock .*(refused|nobody)/);
  });
});

it('among several engines one chooses, and another one later', async () => {
  await using first = await startFakeEngine({ containers: 1 });
  await using second = await startFakeEngine({ containers: 2, family: 'podman' });
  await using slipway = await launch({
    command: ['sh', '-c', 'read -r _; exec "$@"', 'sh', process.execPath, PROGRAM],
  });
  const run = join(slipway.home, 'run');
  await putSocket(first.endpoint.via === 'unix' ? first.endpoint.path : '', join(run, 'docker.sock'));
  await putSocket(
    second.endpoint.via === 'unix' ? second.endpoint.path : '',
    join(run, 'podman/podman.sock'),
  );
  slipway.type('\n');
  const choice = await slipway.until(/run\/podman\/podman\.sock/);
  expect(choice).toMatch(/run\/docker\.sock/);
  await chooseLine(/▸.*run\/podman\/podman\.sock/);
  await slipway.until('container-1');
  slipway.press('ctrl-o');
  await slipway.until(/run\/docker\.sock/);
  await chooseLine(/▸.*run\/docker\.sock/);
  await slipway.until(/container-0/);
  await slipway.untilGone('container-1');

  async function chooseLine(wanted: RegExp): Promise<void> {
    for (let tries = 0; !wanted.test(slipway.screen()) && tries < 10; tries++) {
      const before = slipway.screen();
      slipway.press('down');
      await slipway.until((now) => now !== before || wanted.test(now));
    }
    slipway.press('enter');
  }
});

async function putSocket(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await symlink(from, to);
}
