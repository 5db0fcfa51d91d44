import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { adviceFor } from '../../../src/engine/routes/advice.ts';
import { ROUTES } from '../../../src/engine/routes/find-engines.ts';
import type { Failure, RouteReport } from '../../../src/engine/routes/route.ts';
import type { Surroundings } from '../../../src/engine/routes/surroundings.ts';
import { temporaryFolder } from '../../support/engine-server.ts';

async function machine(platform: NodeJS.Platform, ...installed: string[]): Promise<Surroundings> {
  const root = await temporaryFolder();
  for (const path of installed.map((name) => join(root, name))) {
    // oxlint-disable-next-line no-await-in-loop -- a file or two
    await mkdir(dirname(path), { recursive: true }).then(() => writeFile(path, ''));
  }
  return { env: { PATH: join(root, 'bin') }, home: join(root, 'home'), platform, uid: 1000, flags: {}, root };
}

function failed(route: string, kind: Failure['kind'], changes: Partial<RouteReport> = {}): RouteReport {
  const { label = route, explicit = false } = ROUTES.find(({ id }) => id === route) ?? {};
  return {
    route,
    label,
    host: `unix:///${route}`,
    explicit,
    result: { ok: false, kind, why: 'x', advice: '' },
    ...changes,
  };
}

const MISSING = ['docker', 'podman-rootless', 'colima'].map((route) => failed(route, 'missing'));

it('nothing is advised when an engine answered', async () => {
  const answered: RouteReport = {
    ...failed('docker', 'missing'),
    result: { ok: true, family: 'docker', apiVersion: '1' },
  };
  expect(await adviceFor([...MISSING, answered], await machine('linux'))).toEqual([]);
});

it('where nothing is installed, it says so', async () => {
  const advice = await adviceFor(MISSING, await machine('linux'));
  expect(advice.join(' ')).toMatch(/none seems to be installed.*Install Docker or Podman/);
});

it.each([
  ['usr/sbin/dockerd', /systemctl start docker/],
  ['bin/podman', /systemctl --user start podman\.socket/],
  ['bin/colima', /colima start/],
])('where %s is installed and off, it says how to start it', async (program, words) => {
  expect((await adviceFor(MISSING, await machine('linux', program)))[1]).toMatch(words);
});

it.each([
  ['denied', /usermod -aG docker .*log out and in/],
  ['refused', /stopped and left its socket.*systemctl start docker/],
  ['timeout', /overloaded or paused/],
  ['too-old', /API 1\.41/],
  ['tls', /DOCKER_TLS_VERIFY=1/],
] as const)('a socket that is there comes before missing ones: %s', async (kind, words) => {
  const reports = [failed('podman-root', 'missing'), failed('docker', kind), ...MISSING.slice(1)];
  const advice = await adviceFor(reports, await machine('linux', 'bin/colima'));
  expect(advice[0]).toContain('Docker (unix:///docker)');
  expect(advice[1]).toMatch(words);
});

it('an engine that was named is the one it speaks of, in the words of what usually lives there', async () => {
  const s = await machine('darwin');
  const host = `unix://${s.home}/.orbstack/run/docker.sock`;
  const advice = await adviceFor([failed('env-host', 'missing', { host })], s);
  expect(advice).toEqual([`DOCKER_HOST (${host}): x.`, 'Start OrbStack: orb start']);
});

it('what the failure itself advised comes first', async () => {
  const result: Failure = { ok: false, kind: 'denied', why: 'Permission denied', advice: 'ssh-add' };
  expect(await adviceFor([failed('flag-host', 'denied', { result })], await machine('linux'))).toContain(
    'ssh-add',
  );
});

it('every usual place has words for being off and for being forbidden', () => {
  for (const { id, start, denied, explicit } of ROUTES) {
    if (!explicit)
      expect([id, denied.length > 10, start.length > 10 || id === 'docker-config']).toEqual([id, true, true]);
  }
});
