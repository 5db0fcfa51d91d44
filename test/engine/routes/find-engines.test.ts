import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import { ROUTES, findEngines } from '../../../src/engine/routes/find-engines.ts';
import type { RouteSearch, SearchOptions } from '../../../src/engine/routes/find-engines.ts';
import type { RouteReport } from '../../../src/engine/routes/route.ts';
import type { Surroundings } from '../../../src/engine/routes/surroundings.ts';
import { UsageError } from '../../../src/engine/routes/usage-error.ts';
import { asNobody } from '../../support/as-nobody.ts';
import { listen, listenAsEngine, temporaryFolder } from '../../support/engine-server.ts';
import { leaveStaleSocket } from '../../support/stale-socket.ts';

/** A machine with nothing on it: `/` and the home are empty folders. */
async function bareMachine(changes: Partial<Surroundings> = {}): Promise<Surroundings> {
  const root = await temporaryFolder();
  return { env: {}, home: join(root, 'home'), platform: 'linux', uid: 1000, flags: {}, root, ...changes };
}

async function search(s: Surroundings, options: Partial<SearchOptions> = {}): Promise<RouteSearch> {
  const found = await findEngines(s, { connect, ...options });
  onTestFinished(() => found.engines.forEach(({ engine }) => engine.close()));
  return found;
}

function reportOf({ reports }: Pick<RouteSearch, 'reports'>, route: string): RouteReport {
  const report = reports.find((one) => one.route === route);
  if (report === undefined) throw new Error(`no report for ${route}`);
  return report;
}

async function put(path: string, text = ''): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const DOCKER = 'var/run/docker.sock';

/** With an engine in the usual place, which must not be taken for the one that was named. */
async function machineWithDocker(changes: Partial<Surroundings>): Promise<Surroundings> {
  const s = await bareMachine(changes);
  await listenAsEngine(join(s.root, DOCKER));
  return s;
}

describe('on a bare machine', () => {
  it('every route of the platform says “no such file”, in the order of the table', async () => {
    const { reports, engines } = await search(await bareMachine());
    expect(engines).toEqual([]);
    expect(reports.map(({ result }) => !result.ok && result.why)).toEqual(reports.map(() => 'no such file'));
    const ids = reports.map(({ route }) => route);
    expect(ids).toEqual(ROUTES.map(({ id }) => id).filter((id) => ids.includes(id)));
    expect(ids.slice(0, 3)).toEqual(['docker', 'docker-rootless', 'docker-desktop-linux']);
  });

  it.each([
    ['darwin', 'orbstack', 'docker-desktop-linux'],
    ['linux', 'podman-root', 'orbstack'],
  ] as const)('on %s looks for %s and not for %s', async (platform, there, notThere) => {
    const ids = (await search(await bareMachine({ platform }))).reports.map(({ route }) => route);
    expect(ids).toContain(there);
    expect(ids).not.toContain(notThere);
  });

  it('tries named pipes on Windows', async () => {
    const asked = vi.fn<typeof connect>(connect);
    const { reports } = await search(await bareMachine({ platform: 'win32' }), { connect: asked });
    expect(reports.map(({ host }) => host)).toContain('npipe:////./pipe/docker_engine');
    expect(asked).toHaveBeenCalledWith(
      { via: 'pipe', path: String.raw`\\.\pipe\docker_engine` },
      expect.anything(),
    );
  });

  it('connects to nothing, as there is nothing to connect to', async () => {
    const asked = vi.fn<typeof connect>(connect);
    await search(await bareMachine(), { connect: asked });
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('an engine in a usual place', () => {
  it.each([
    ['docker', DOCKER, {}],
    ['docker-rootless', 'run/user/1000/docker.sock', {}],
    ['docker-desktop-linux', 'home/.docker/desktop/docker.sock', {}],
    ['podman-rootless', 'run/user/1000/podman/podman.sock', {}],
    ['podman-root', 'run/podman/podman.sock', {}],
    ['docker-desktop-mac', 'home/.docker/run/docker.sock', { platform: 'darwin' }],
    ['orbstack', 'home/.orbstack/run/docker.sock', { platform: 'darwin' }],
    ['colima', 'home/.colima/work/docker.sock', {}],
    ['rancher-desktop', 'home/.rd/docker.sock', {}],
    ['lima', 'home/.lima/dev/sock/podman.sock', {}],
    ['podman-machine', 'tmp/podman/default-api.sock', {}],
    ['finch', 'run/finch.sock', {}],
    ['docker-snap', 'run/snap.docker/docker.sock', {}],
    [
      'wsl',
      'mnt/wsl/docker-desktop/shared-sockets/guest-services/docker.proxy.sock',
      { env: { WSL_DISTRO_NAME: 'x' } },
    ],
  ] as const)('is found by the route %s', async (route, path, changes) => {
    const s = await bareMachine(changes);
    const socket = join(s.root, path);
    await listenAsEngine(socket);
    const { engines } = await search(s);
    expect(engines.map(({ report }) => [report.route, report.host])).toEqual([[route, `unix://${socket}`]]);
    expect(engines[0]?.report.result).toEqual({ ok: true, family: 'docker', apiVersion: '1.41' });
    await engines[0]?.engine.ping();
  });

  it('is looked for where XDG_RUNTIME_DIR and COLIMA_HOME say', async () => {
    const s = await bareMachine();
    const env = { XDG_RUNTIME_DIR: join(s.root, 'x'), COLIMA_HOME: join(s.root, 'c') };
    await listenAsEngine(join(s.root, 'x/docker.sock'));
    await listenAsEngine(join(s.root, 'c/default/docker.sock'));
    const { engines } = await search({ ...s, env });
    expect(engines.map(({ report }) => report.label)).toEqual(['Docker, rootless', 'Colima (default)']);
  });

  it('is offered once when two routes lead to its socket', async () => {
    const s = await bareMachine();
    const socket = join(s.root, 'run/podman/podman.sock');
    await listenAsEngine(socket);
    await mkdir(join(s.root, 'var/run'), { recursive: true });
    await symlink(socket, join(s.root, DOCKER));
    const { engines, reports } = await search(s);
    expect(engines.map(({ report }) => report.route)).toEqual(['docker']);
    expect(reportOf({ reports }, 'podman-root').result).toMatchObject({
      kind: 'same',
      why: `the same socket as unix://${join(s.root, DOCKER)}`,
    });
  });

  it('is reported as soon as it is decided, though another route is still waiting', async () => {
    const s = await bareMachine();
    await listenAsEngine(join(s.root, DOCKER));
    await listenAsEngine(join(s.root, 'run/podman/podman.sock'), () => undefined);
    const order: string[] = [];
    const found = await search(s, { timeoutMs: 300, onReport: ({ route }) => order.push(route) });
    expect(order.at(-1)).toBe('podman-root');
    expect(found.reports[0]?.route).toBe('docker');
    expect(reportOf(found, 'podman-root').result).toMatchObject({
      kind: 'timeout',
      why: 'no answer within 0.3 s',
    });
  });
});

describe('a route that leads nowhere says why', () => {
  it('when a plain file or a folder is in the place of the socket', async () => {
    const s = await bareMachine();
    await put(join(s.root, DOCKER));
    await mkdir(join(s.root, 'run/podman/podman.sock'), { recursive: true });
    const found = await search(s);
    expect(reportOf(found, 'docker').result).toMatchObject({
      kind: 'not-engine',
      why: 'not a socket but a plain file',
    });
    expect(reportOf(found, 'podman-root').result).toMatchObject({ why: 'not a socket but a folder' });
  });

  it('when a link leads to a socket that is not there', async () => {
    const s = await bareMachine();
    await mkdir(join(s.root, 'var/run'), { recursive: true });
    await symlink('/nowhere/docker.sock', join(s.root, DOCKER));
    const why = 'a link to /nowhere/docker.sock, which is not there';
    expect(reportOf(await search(s), 'docker').result).toMatchObject({ kind: 'missing', why });
  });

  it('when nobody listens', async () => {
    const s = await bareMachine();
    await leaveStaleSocket(join(s.root, DOCKER));
    expect(reportOf(await search(s), 'docker').result).toMatchObject({
      kind: 'refused',
      why: 'nobody listens (connection refused)',
    });
  });

  it('when something else answers', async () => {
    const s = await bareMachine();
    await listen(
      createServer((socket) => void socket.end('SSH-2.0-OpenSSH\r\n')),
      join(s.root, DOCKER),
    );
    expect(reportOf(await search(s), 'docker').result).toMatchObject({ ok: false, kind: 'not-engine' });
  });

  it('when its API is too old', async () => {
    const s = await bareMachine();
    await listenAsEngine(join(s.root, DOCKER), (request, response) => {
      response.setHeader('api-version', '1.30');
      response.end(
        request.url?.endsWith('/version')
          ? JSON.stringify({ Version: '17.06', ApiVersion: '1.30', MinAPIVersion: '1.12' })
          : 'OK',
      );
    });
    const { result } = reportOf(await search(s), 'docker');
    expect(result).toMatchObject({ ok: false, kind: 'too-old' });
    expect(!result.ok && result.why).toContain('1.30');
  });

  it.skipIf(process.getuid?.() !== 0)('when the user may not use the socket', async () => {
    const root = await temporaryFolder();
    await listenAsEngine(join(root, DOCKER));
    await listenAsEngine(join(root, 'run/podman/podman.sock'));
    const script = `
      const { chmodSync } = await import('node:fs');
      const s = { env: {}, home: '/nowhere', platform: 'linux', uid: 65534, flags: {}, root: '${root}' };
      const { reports } = await m.findEngines(s, { connect: m.connect });
      console.log(JSON.stringify(reports.filter(({ result }) => result.kind !== 'missing')));
    `;
    await chmod(root, 0o755);
    await chmod(join(root, DOCKER), 0o660);
    await chmod(join(root, 'run/podman'), 0o700);
    const said = await asNobody(['engine/routes/find-engines.ts', 'engine/connect.ts'], script);
    expect(JSON.parse(said)).toMatchObject([
      { route: 'docker', result: { kind: 'denied', why: 'permission denied' } },
      { route: 'podman-root', result: { kind: 'denied', why: 'permission denied (its folder is closed)' } },
    ]);
  });
});

describe('an engine that was named', () => {
  it.each([
    ['--host', 'flag-host', { flags: { host: 'unix:///nowhere' } }],
    ['DOCKER_HOST', 'env-host', { env: { DOCKER_HOST: 'unix:///nowhere' } }],
    ['CONTAINER_HOST', 'container-host', { env: { CONTAINER_HOST: 'unix:///nowhere' } }],
  ])('by %s is the only one tried, also when it does not answer', async (label, route, changes) => {
    const { reports, engines } = await search(await machineWithDocker(changes));
    expect(engines).toEqual([]);
    expect(reports).toMatchObject([{ route, label, explicit: true, result: { ok: false, kind: 'missing' } }]);
  });

  it.each([
    [{ flags: { host: 'tcp://127.0.0.1:1' }, env: { DOCKER_HOST: 'x', DOCKER_CONTEXT: 'x' } }, 'flag-host'],
    [{ env: { DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_CONTEXT: 'x', CONTAINER_HOST: 'x' } }, 'env-host'],
    [{ env: { DOCKER_HOST: '', CONTAINER_HOST: 'tcp://127.0.0.1:1' } }, 'container-host'],
  ])('by the first of several ways counts: %j', async (changes, route) => {
    const { reports } = await search(await bareMachine(changes));
    expect(reports.map((report) => report.route)).toEqual([route]);
    expect(reports[0]?.result).toMatchObject({ kind: 'refused' });
  });

  it('is a usage error when the value is no address, or two flags name one each', async () => {
    await expect(search(await bareMachine({ env: { DOCKER_HOST: 'nonsense' } }))).rejects.toMatchObject({
      name: 'UsageError',
      from: 'DOCKER_HOST',
    });
    const both = await bareMachine({ flags: { host: 'unix:///x', context: 'y' } });
    await expect(search(both)).rejects.toThrow('--host and --context both name an engine');
  });

  it('by an unknown context is a usage error when a flag or a variable names it', async () => {
    const flag = search(await bareMachine({ flags: { context: 'nope' } }));
    await expect(flag).rejects.toThrow('--context “nope” cannot be used: there is no context “nope”');
    const variable = search(await bareMachine({ env: { DOCKER_CONTEXT: 'nope' } }));
    await expect(variable).rejects.toBeInstanceOf(UsageError);
  });

  it('by the config file is the choice even when that context is gone', async () => {
    const s = await machineWithDocker({});
    await put(join(s.home, '.docker/config.json'), '{"currentContext":"gone"}');
    const { reports, engines } = await search(s);
    expect(engines).toEqual([]);
    expect(reports).toMatchObject([
      { route: 'context', label: 'docker context “gone”', explicit: true, result: { kind: 'missing' } },
    ]);
  });

  it('as context “default” is DOCKER_HOST, else the usual socket', async () => {
    const s = await machineWithDocker({ flags: { context: 'default' } });
    expect((await search(s)).engines.map(({ report }) => report.route)).toEqual(['flag-context']);
    const other = { ...s, env: { DOCKER_HOST: 'unix:///nowhere' } };
    expect((await search(other)).reports[0]).toMatchObject({
      route: 'flag-context',
      host: 'unix:///nowhere',
    });
  });
});

it('a config file that cannot be read is told, and the usual places are still tried', async () => {
  const s = await bareMachine();
  await listenAsEngine(join(s.root, DOCKER));
  await put(join(s.home, '.docker/config.json'), '{');
  const { reports, engines } = await search(s);
  expect(engines.map(({ report }) => report.route)).toEqual(['docker']);
  expect(reports[0]).toMatchObject({ route: 'docker-config', result: { kind: 'protocol' } });
});

it('a search that is aborted closes what it has opened and throws “cancelled”', async () => {
  const s = await bareMachine();
  await listenAsEngine(join(s.root, DOCKER));
  await listenAsEngine(join(s.root, 'run/podman/podman.sock'), () => undefined);
  const abort = new AbortController();
  const closed = vi.fn<() => void>();
  const watched: typeof connect = async (...args) => {
    const engine = await connect(...args);
    onTestFinished(() => engine.close());
    return Object.assign(Object.create(engine), { close: closed });
  };
  const found = search(s, {
    connect: watched,
    signal: abort.signal,
    onReport: ({ result }) => result.ok && abort.abort(),
  });
  await expect(found).rejects.toMatchObject({ kind: 'cancelled' });
  expect(closed).toHaveBeenCalledOnce();
});
