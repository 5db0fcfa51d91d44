import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Clients, clientEnvironment, clientsAdvice } from '../../src/app/client-environment.ts';
import { findProgram } from '../../src/sandbox/find-program.ts';
import { hasEngine, type TestEngine, testEngines } from '../support/engines.ts';
import { freshHome } from '../support/fresh-home.ts';

const IMAGE = 'tiny:1';
const SYSTEM = ['env', 'sh', 'cat', 'echo', 'python3', 'podman', 'runc', 'crun', 'conmon'];

/** A home whose docker is told by every file to speak to something that is not there. */
async function misledHome() {
  const home = await freshHome();
  onTestFinished(home.remove);
  await mkdir(join(home.folder, '.docker'));
  await writeFile(join(home.folder, '.docker/config.json'), '{"currentContext":"gone"}');
  await writeFile(join(home.folder, 'Dockerfile'), 'FROM tiny:1\nENV made=here\n');
  return home;
}

const MISLEADING = {
  DOCKER_HOST: 'tcp://127.0.0.1:1',
  DOCKER_CONTEXT: 'gone',
  DOCKER_TLS_VERIFY: '1',
  DOCKER_CERT_PATH: '/nowhere',
  DOCKER_API_VERSION: '1.12',
  CONTAINER_HOST: 'tcp://127.0.0.1:1',
  CONTAINER_CONNECTION: 'gone',
  CONTAINER_SSHKEY: '/nowhere',
  BUILDX_BUILDER: 'gone',
};

/** Runs a line as a shell in that environment would; with `only`, on a PATH with nothing else on it. */
async function clientShell(engine: TestEngine, only?: readonly string[]) {
  const home = await misledHome();
  const bin = join(home.folder, 'bin');
  await mkdir(bin);
  for (const name of only ?? []) {
    const file = await findProgram(name);
    if (file) await symlink(file, join(bin, name));
  }
  const { variables, programs, clients } = await clientEnvironment({
    socket: engine.endpoint.via === 'unix' ? engine.endpoint.path : '',
    family: engine.name,
    findProgram: async (name) => (only && !only.includes(name) ? null : findProgram(name)),
    folder: join(home.folder, 'private'),
  });
  const path = [only ? bin : process.env['PATH'], programs].filter((folder) => folder != null).join(':');
  const env = { ...home.env, ...MISLEADING, ...variables, PATH: path };
  for (const [name, value] of Object.entries(env)) if (value === null) delete env[name as keyof typeof env];
  const run = async (line: string) => {
    const options = { cwd: home.folder, env: env as NodeJS.ProcessEnv };
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', line], options);
    return stdout.trim();
  };
  return { run, clients };
}

const engines = await testEngines();
const engineNamed = (name: string): TestEngine => {
  const engine = engines.find((candidate) => candidate.name === name);
  if (!engine) throw new Error(`no ${name}`);
  return engine;
};

describe.each(engines)('on $name', (engine) => {
  test('docker speaks to the socket, whatever contexts and variables say', async () => {
    const { run, clients } = await clientShell(engine);
    expect(clients.docker).toBe('itself');
    expect(await run(`docker run --rm ${engine.image} echo hello`)).toBe('hello');
    const image = await run('docker build -q . 2>/dev/null');
    expect(image).toMatch(/^(sha256:)?[0-9a-f]{64}$/);
    await run(`docker rmi ${image}`);
    // Without a name it is the current one; `docker context show` is younger than Debian 12's client.
    expect(await run("docker context inspect --format '{{.Name}}'")).toBe('default');
  });
});

describe.runIf(hasEngine('podman'))('with podman', () => {
  test('podman speaks to the socket', async () => {
    const { run } = await clientShell(engineNamed('podman'));
    expect(await run('podman info --format "{{.Host.ServiceIsRemote}} {{.Host.RemoteSocket.Path}}"')).toMatch(
      /^true /,
    );
    expect(await run(`podman run --rm ${IMAGE} echo hello`)).toBe('hello');
  });

  test('where docker is missing, podman does its work', async () => {
    const { run, clients } = await clientShell(engineNamed('podman'), SYSTEM);
    expect(clients).toEqual({ docker: 'podman', podman: true });
    expect(await run(`docker run --rm -e word='two  words' ${IMAGE} sh -c 'echo "$word"'`)).toBe(
      'two  words',
    );
    expect(await run('docker ps --format "{{.ID}}" >/dev/null && echo fine')).toBe('fine');
    const image = await run('docker build -q .');
    expect(image).toMatch(/^[0-9a-f]{64}$/);
    await run(`docker rmi ${image}`);
    expect(await run(`docker run --rm ${IMAGE} sh -c 'exit 7' || echo $?`)).toBe('7');
  });

  test('`docker compose` goes to the program that there is', async () => {
    const { run } = await clientShell(engineNamed('podman'), SYSTEM);
    const line = 'printf "#!/bin/sh\\necho compose: \\$*\\n" > bin/podman-compose && PATH=$PWD/bin:$PATH';
    expect(await run(`${line} && /bin/chmod +x bin/podman-compose && docker compose up -d`)).toBe(
      'compose: up -d',
    );
    await expect(run('/bin/rm bin/podman-compose; docker compose up')).rejects.toThrow(/compose/);
  });
});

test.runIf(hasEngine('docker'))(
  'a docker engine refuses podman, which then does nothing of its own',
  async () => {
    const { run } = await clientShell(engineNamed('docker'));
    await expect(run('podman ps')).rejects.toThrow('ping response was 404');
  },
);

test('where there is no client at all, that is said', async () => {
  const none = await clientEnvironment({
    socket: '/x',
    family: 'docker',
    findProgram: async () => null,
    folder: '/nowhere',
  });
  expect(none.clients).toEqual({ docker: 'none', podman: false });
  expect(none.programs).toBeNull();
  expect(clientsAdvice(none.clients, 'docker')).toContain('neither docker nor podman');
});

test.each<[Clients, 'docker' | 'podman', string]>([
  [{ docker: 'itself', podman: false }, 'podman', ''],
  [{ docker: 'itself', podman: true }, 'docker', ''],
  [{ docker: 'podman', podman: true }, 'podman', ''],
  [{ docker: 'podman', podman: true }, 'docker', 'cannot speak to a Docker engine'],
])('%o on %s: %j', (clients, family, words) => {
  const advice = clientsAdvice(clients, family);
  expect(words === '' ? advice : advice.includes(words)).toBe(words === '' ? '' : true);
});

test('a pipe of Windows is named as docker names it', async () => {
  const options = { family: 'docker', findProgram: async () => null, folder: '/nowhere' } as const;
  const { variables } = await clientEnvironment({ ...options, socket: String.raw`\\.\pipe\slipway-1` });
  expect(variables['DOCKER_HOST']).toBe('npipe:////./pipe/slipway-1');
});
