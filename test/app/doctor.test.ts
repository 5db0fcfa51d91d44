import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { doctor } from '../../src/app/doctor.ts';
import type { DoctorOptions, DoctorReport } from '../../src/app/doctor-report.ts';
import { connect } from '../../src/engine/connect.ts';
import { listenAsEngine, temporaryFolder } from '../support/engine-server.ts';
import { leaveStaleSocket } from '../support/stale-socket.ts';

type Run = { code: number; text: string; root: string };

async function run(
  options: Partial<DoctorOptions> & {
    env?: NodeJS.ProcessEnv;
    prepare?: (root: string) => Promise<unknown>;
  } = {},
): Promise<Run> {
  const root = await temporaryFolder();
  await options.prepare?.(root);
  let text = '';
  const code = await doctor({
    connect,
    surroundings: {
      env: options.env ?? {},
      home: join(root, 'home'),
      platform: 'linux',
      uid: 0,
      flags: {},
      root,
    },
    sandboxReport: async () => ['can be started here'],
    stdout: { isTTY: true, columns: 120, rows: 40, write: (part: string) => (text += part) },
    ...options,
  });
  return { code, text, root };
}

const withEngine = (root: string): Promise<unknown> => listenAsEngine(join(root, 'var/run/docker.sock'));

it('with an engine: exit code 0, and what that engine is', async () => {
  const { code, text, root } = await run({ prepare: withEngine });
  expect(code).toBe(0);
  expect(text).toContain(
    `  ok    Docker            unix://${root}/var/run/docker.sock: docker 20.10.24, API 1.41, overlay2, cgroup v2, as root, Debian GNU/Linux 12 (bookworm) amd64`,
  );
  expect(text).toMatch(/ok {6}disk +\d+\.\d GB free of \d+\.\d GB at \//);
  expect(text).not.toContain('What to do');
});

it('without an engine: exit code 1, every route with its reason, and what to do', async () => {
  const { code, text } = await run({
    prepare: (root) => leaveStaleSocket(join(root, 'var/run/docker.sock')),
  });
  expect(code).toBe(1);
  expect(text).toMatch(/no +Docker +unix:.*: nobody listens \(connection refused\)/);
  expect(text).toMatch(/no +Podman, root +unix:.*: no such file/);
  expect(text).toMatch(/What to do\n.*nobody listens.*\n.*systemctl start docker/);
});

it('with a variable that is no address: exit code 2, the variable named, the rest still told', async () => {
  const { code, text } = await run({ env: { DOCKER_HOST: 'nonsense' } });
  expect(code).toBe(2);
  expect(text).toMatch(/no +DOCKER_HOST +DOCKER_HOST is not an engine's address: “nonsense”/);
  expect(text).toContain('Valid forms: unix://');
  expect(text).toContain('Terminal');
});

it('facts stand in a column, whatever the length of the names', async () => {
  const { text, root } = await run({ prepare: withEngine });
  const rows = text.split('\n').filter((line) => line.includes(`unix://${root}`));
  expect(rows.length).toBeGreaterThan(5);
  expect(new Set(rows.map((line) => line.indexOf('unix://'))).size).toBe(1);
});

it('an engine that answers the hello and nothing more is told with its words', async () => {
  const { code, text } = await run({
    prepare: (root) =>
      listenAsEngine(join(root, 'var/run/docker.sock'), (request, response) => {
        response.setHeader('api-version', '1.41');
        const isPing = request.url?.endsWith('/_ping') ?? false;
        response.statusCode = isPing ? 200 : 500;
        response.end(isPing ? 'OK' : '{"message":"my disk is on fire"}');
      }),
  });
  expect(code).toBe(0);
  expect(text).toMatch(/ok +Docker .*API 1\.41, my disk is on fire/);
});

it('tells about the terminal, the sandbox and Node', async () => {
  const env = { TERM: 'xterm-256color', LANG: 'de_DE.UTF-8', TMUX: '/tmp/x,1,0' };
  const { text } = await run({ env });
  expect(text).toMatch(/ok +type +TERM=xterm-256color/);
  expect(text).toMatch(/ok +size +120 × 40/);
  expect(text).toMatch(/ok +colours +256 \(TERM=xterm-256color\)/);
  expect(text).toMatch(/ok +UTF-8 +LANG=de_DE\.UTF-8/);
  expect(text).toMatch(/note +where +inside tmux/);
  expect(text).toContain('Sandbox\n  can be started here');
  expect(text).toContain(process.version);
});

it('says what is wrong with a terminal that is too small, or none', async () => {
  const small = await run({ stdout: writer({ isTTY: true, columns: 60, rows: 20 }) });
  expect(small.code).toBe(1);
  expect(written).toMatch(/no +size +60 × 20; 80 × 24 are needed/);
  await run({ stdout: writer({}), env: { LANG: 'C' } });
  expect(written).toMatch(/note +output +not a terminal/);
  expect(written).toMatch(/no +UTF-8 +LANG=C: lines and marks may be garbled/);
});

let written = '';
function writer(size: { isTTY?: boolean; columns?: number; rows?: number }): DoctorOptions['stdout'] {
  written = '';
  return { ...size, write: (part) => (written += part) };
}

it('--json is the whole report', async () => {
  const { code, text } = await run({ json: true, prepare: withEngine });
  const report: DoctorReport = JSON.parse(text);
  expect(code).toBe(0);
  expect(report).toMatchObject({
    ok: true,
    routes: expect.arrayContaining([
      expect.objectContaining({
        route: 'docker',
        result: { ok: true, family: 'docker', apiVersion: '1.41' },
        about: expect.objectContaining({ version: '20.10.24', storageDriver: 'overlay2' }),
      }),
    ]),
    rights: { uid: 0, sudo: 'root' },
    sandbox: ['can be started here'],
    terminal: { isTerminal: true, size: { columns: 120, rows: 40 } },
    node: { version: process.version },
  });
});

it('knows the difference between being in the docker group and not', async () => {
  const { text } = await run({ prepare: withDockerGroup, json: true });
  expect(JSON.parse(text)).toMatchObject({ rights: { dockerGroup: 'no' } });
  expect(JSON.parse((await run({ json: true })).text)).toMatchObject({ rights: { dockerGroup: 'unknown' } });
});

async function withDockerGroup(root: string): Promise<void> {
  await mkdir(join(root, 'etc'));
  await writeFile(join(root, 'etc/group'), 'root:x:0:\ndocker:x:99999:somebody\n');
}
