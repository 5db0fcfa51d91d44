import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import type { Check, Test } from '../../../src/lesson/check.ts';
import { takeWorld } from '../../../src/lesson/facts/take-world.ts';
import type { WorldOptions } from '../../../src/lesson/facts/take-world.ts';
import { factKey } from '../../../src/lesson/world.ts';
import type { Fact, FactWanted, World } from '../../../src/lesson/world.ts';
import { startFakeEngine } from '../../support/fake-engine.ts';
import { testEngines } from '../../support/engines.ts';
import { rawContainer } from '../../support/raw-container.ts';
import { until } from '../../support/until.ts';
import { check, ofContainer, ofImage, ofVolume } from '../check-parts.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'take-world-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(await testEngines())('on $name', ({ endpoint, image }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect(endpoint);
  });
  afterAll(() => engine.close());

  const look = (tests: readonly Test[], more: Partial<WorldOptions> = {}): Promise<World> =>
    takeWorld(
      engine,
      optionsFor(
        tests.map((test) => check(test)),
        image,
        more,
      ),
    );
  const box = async (script: string, more: object = {}, name = newName()): Promise<string> => {
    const Cmd = ['sh', '-c', `${script}; echo ready; exec sleep 600`];
    const id = await rawContainer(endpoint, name, { Image: image, Cmd, ...more });
    const question: FactWanted = { ask: 'logs', container: name };
    await until(async () => {
      const world = await look([ofContainer(name, { logs: { contains: 'ready' } })]);
      return JSON.stringify(world.facts.get(factKey(question))).includes('ready');
    });
    return id;
  };

  it('says who the engine is, and what it can do', async () => {
    const world = await look([], { features: ['compose'] });
    expect(world.engine).toMatchObject({ family: engine.family, rootless: false });
    expect(world.engine.version).not.toBe('');
    expect([...world.engine.features].includes('swarm')).toBe(engine.family === 'docker');
    expect(world.engine.features.has('compose')).toBe(true);
    expect(world.gone).toBeNull();
  });

  it('knows a named container in detail, and others by the list', async () => {
    const [name, other] = [newName(), newName()];
    const id = await box('true', { Env: ['A=b'], HostConfig: { Tmpfs: { '/ram': '' } } }, name);
    await box('true', { Env: ['A=b'] }, other);
    const world = await look([ofContainer(name, { env: { A: 'b' } })]);
    const found = world.containers.find((container) => container.id === id)!;
    expect(found).toMatchObject({
      name,
      image: 'tiny:1',
      state: 'running',
      ours: false,
      networks: ['bridge'],
    });
    expect(found.env).toMatchObject({ A: 'b' });
    expect(found.mounts).toMatchObject([{ type: 'tmpfs', target: '/ram' }]);
    expect(world.containers.find((container) => container.name === other)).toMatchObject({ env: {} });
    expect(world.networks.find((network) => network.name === 'bridge')!.members).toContain(name);
  });

  it('knows in detail what a filter may let through, to the millisecond', async () => {
    const name = newName();
    const began = Date.now() - 1;
    const id = await box('true', { Env: ['A=b'] }, name);
    const other = { image: 'tiny:1', since: 'step' } as const;
    const mismatch = check(ofContainer('nobody'), [{ if: { other }, say: '' }]);
    const options = optionsFor([mismatch], image, { began: { lesson: began, step: began } });
    const found = (await takeWorld(engine, options)).containers.find((container) => container.id === id)!;
    expect(found.env).toMatchObject({ A: 'b' });
    expect(found.createdAt % 1000 === 0 && found.createdAt < began).toBe(false);
  });

  it('knows the image’s layers, whatever it is called', async () => {
    for (const name of ['tiny:1', 'localhost/tiny:1', 'docker.io/library/tiny:1']) {
      const world = await look([ofImage(name, { sameLayers: { as: 'tiny:1' } })]);
      const found = world.images.find(({ tags }) => tags.includes('tiny:1'))!;
      expect(found.layers.length).toBeGreaterThan(0);
      expect(found.command).toEqual(['sh']);
    }
  });

  it('has the files, changes and logs that were asked for, also of a container that has stopped', async () => {
    const name = newName();
    const id = await box('echo hello >/note; rm /bin/vi; echo bye', {}, name);
    await engine.carryOut({ do: 'kill', container: { id, name }, signal: 'KILL' });
    const world = await look([
      ofContainer(
        name,
        { file: { path: '/note', contains: 'x' } },
        { file: { path: '/nope', exists: true } },
        { file: { path: '/etc', exists: true } },
        { diff: { added: '/note' } },
        { logs: { contains: 'bye' } },
      ),
    ]);
    expect(fileOf(world, { ask: 'container-file', container: name, path: '/note' })).toBe('hello\n');
    expect(fileOf(world, { ask: 'container-file', container: name, path: '/nope' })).toBeNull();
    expect(fileOf(world, { ask: 'container-file', container: name, path: '/etc' })).toBe('');
    expect(valueOf(world, { ask: 'logs', container: name })).toEqual({ logs: 'bye\nready' });
    const changes = valueOf(world, { ask: 'changes', container: name });
    expect(changes).toMatchObject({ changes: expect.arrayContaining([{ kind: 'added', path: '/note' }]) });
  });

  it('reads a volume through whoever has it, and where nobody has it', async () => {
    const volume = newName();
    onTestFinished(async () => {
      await engine.carryOut({ do: 'remove-volume', volume: { id: volume, name: volume }, force: true });
    });
    const id = await box('echo kept >/vol/note', { HostConfig: { Binds: [`${volume}:/vol`] } });
    const question: FactWanted = { ask: 'volume-file', volume, path: 'note' };
    const tests = [ofVolume(volume, { file: { path: 'note', contains: 'x' } })];
    expect(fileOf(await look(tests), question)).toBe('kept\n');
    await engine.carryOut({
      do: 'remove-container',
      container: { id, name: id },
      force: true,
      volumes: false,
    });
    const world = await look(tests);
    expect(fileOf(world, question)).toBe('kept\n');
    expect(world.containers.filter(({ mounts }) => mounts.some(({ name }) => name === volume))).toEqual([]);
  });

  it('says why a fact is not known, and knows the others', async () => {
    const name = newName();
    await box('true', {}, name);
    const world = await look([
      ofContainer(name, { file: { path: '/etc/motd', contains: 'x' } }),
      { script: { file: 'nope.sh', input: {} } },
      { subject: 'file', of: '../secret', predicates: [] },
      { subject: 'service', of: { name: 'nope' }, predicates: [] },
    ]);
    expect(world.gone).toBeNull();
    expect(fileOf(world, { ask: 'container-file', container: name, path: '/etc/motd' })).toContain('tiny');
    expect(factOf(world, { ask: 'script', file: 'nope.sh', input: {} })).toMatchObject({ known: false });
    expect(factOf(world, { ask: 'host-file', path: '../secret' })).toMatchObject({
      known: false,
      why: expect.stringContaining('../secret'),
    });
    const service = factOf(world, { ask: 'service', service: 'nope' });
    if (engine.family === 'docker') expect(service).toEqual({ known: true, value: { service: null } });
    else expect(service).toMatchObject({ known: false, advice: expect.stringContaining('swarm') });
  });

  it('has a script’s verdict, or why there is none', async () => {
    const files = await mkdtemp(join(folder, 'files-'));
    await writeFile(
      join(files, 'good.sh'),
      'read -r x; printf \'{"status":"mistake","say":"no \\033[2J%s"}\' "${#x}"',
    );
    await writeFile(join(files, 'bad.sh'), 'echo broken >&2; exit 4');
    await writeFile(join(files, 'odd.sh'), 'echo perhaps');
    const script = (file: string) => ({ script: { file, input: { a: 'b' } } });
    const world = await look(['good.sh', 'bad.sh', 'odd.sh'].map(script), { scripts: { folder: files } });
    const ask = (file: string) => factOf(world, { ask: 'script', file, input: { a: 'b' } });
    expect(ask('good.sh')).toEqual({ known: true, value: { script: { status: 'mistake', say: 'no 9' } } });
    expect(ask('bad.sh')).toMatchObject({ known: false, why: expect.stringMatching(/code 4: broken/) });
    expect(ask('odd.sh')).toMatchObject({ known: false, why: expect.stringContaining('did not print') });
    const refused = { why: 'This lesson comes from elsewhere.', advice: 'Agree first.' };
    const blocked = await look([script('good.sh')], { scripts: refused });
    expect(factOf(blocked, { ask: 'script', file: 'good.sh', input: { a: 'b' } })).toEqual({
      known: false,
      ...refused,
    });
  });

  it('can be given up', async () => {
    const given = look([], { signal: AbortSignal.abort() });
    await expect(given).rejects.toMatchObject({ name: EngineError.name, kind: 'cancelled' });
  });

  it('is taken quickly', async () => {
    const name = newName();
    await Promise.all([box('true', {}, name), ...Array.from({ length: 9 }, () => box('true'))]);
    const tests = [
      ofContainer(name, { is: { state: 'running' } }, { diff: { empty: true } }, { logs: { contains: 'x' } }),
      ofImage('tiny:1', { history: { has: 'x' } }),
    ];
    const times: number[] = [];
    for (let i = 0; i < 15; i++) {
      const before = performance.now();
      await look(tests);
      times.push(performance.now() - before);
    }
    const median = times.toSorted((a, b) => a - b)[7]!;
    // Measured beside other work: 32 ms on dockerd 20.10, 46 ms on podman 4.3; a busy machine gets more.
    expect(median).toBeLessThan(400);
  });
});

describe('on the host', () => {
  const anEngine = async (): Promise<Engine> => {
    const fake = await startFakeEngine();
    onTestFinished(() => fake[Symbol.asyncDispose]());
    const engine = await connect(fake.endpoint);
    onTestFinished(() => engine.close());
    return engine;
  };

  it('files are read below the work folder, and nowhere else', async () => {
    const engine = await anEngine();
    const work = join(folder, 'work');
    await mkdir(join(work, 'sub'), { recursive: true });
    await writeFile(join(folder, 'secret'), 'secret');
    await writeFile(join(work, 'note'), 'a\u001b[2Jb\n');
    await symlink('../secret', join(work, 'out'));
    await symlink('note', join(work, 'in'));
    await symlink('..', join(work, 'up'));
    const paths = ['note', 'in', 'sub', 'nope', 'nope/x', 'out', 'up/secret', '../secret', '/etc/passwd'];
    const tests = paths.map((of): Test => ({ subject: 'file', of, predicates: [] }));
    const options = optionsFor(
      tests.map((test) => check(test)),
      'tiny:1',
      { workFolder: work },
    );
    const world = await takeWorld(engine, options);
    const known = paths.map((path) => {
      const fact = factOf(world, { ask: 'host-file', path });
      return fact.known ? (fact.value as { file: string | null }).file : 'refused';
    });
    expect(known).toEqual(['ab\n', 'ab\n', '', null, null, 'refused', 'refused', 'refused', 'refused']);
  });

  it('a registry is asked for tags and digests, and one that is away is none', async () => {
    const engine = await anEngine();
    const server = createServer((request, response) => {
      const answers: Record<string, string> = {
        '/v2/': '{}',
        '/v2/site/tags/list?n=1000': '{"tags":["1","2"]}',
        '/v2/_catalog?n=100': '{"repositories":["site"]}',
        '/v2/site/manifests/1': '',
      };
      const body = answers[request.url ?? ''];
      response.writeHead(body === undefined ? 404 : 200, { 'docker-content-digest': 'sha256:abc' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const of = (where: string): Test => ({
      subject: 'registry',
      of: where,
      predicates: [
        { tag: { of: 'site', is: '1' } },
        { repository: 'other' },
        { tag: { of: 'site', is: '9' } },
      ],
    });
    const options = optionsFor([check(of(at)), check(of('127.0.0.1:1')), check(of('/etc'))], 'tiny:1', {});
    const world = await takeWorld(engine, options);
    const ask = (where: string, repository: string, tag: string) =>
      factOf(world, { ask: 'registry', at: where, repository, tag });
    const repositories = { site: ['1', '2'] };
    const known = (registry: unknown) => ({ known: true, value: { registry } });
    expect(ask(at, 'site', '1')).toEqual(known({ repositories, digests: { 'site:1': 'sha256:abc' } }));
    expect(ask(at, 'site', '9')).toEqual(known({ repositories, digests: {} }));
    expect(ask(at, 'other', '')).toEqual(known({ repositories: { site: [] }, digests: {} }));
    expect(ask('127.0.0.1:1', 'site', '1')).toEqual(known(null));
    expect(ask('/etc', 'site', '1')).toMatchObject({
      known: false,
      advice: expect.stringContaining('host:port'),
    });
  });
});

function optionsFor(checks: readonly Check[], image: string, more: Partial<WorldOptions>): WorldOptions {
  return {
    checks,
    began: { lesson: Date.now(), step: Date.now() },
    events: [],
    registry: null,
    typed: [],
    calls: [],
    isOurs: () => () => false,
    workFolder: folder,
    scripts: { folder },
    features: [],
    image,
    elsewhere: null,
    signal: new AbortController().signal,
    ...more,
  };
}

function factOf(world: World, question: FactWanted): Fact {
  const fact = world.facts.get(factKey(question));
  if (fact === undefined) throw new Error(`not asked: ${factKey(question)}`);
  return fact;
}

function valueOf(world: World, question: FactWanted): unknown {
  const fact = factOf(world, question);
  return fact.known ? fact.value : fact.why;
}

function fileOf(world: World, question: FactWanted): unknown {
  return (valueOf(world, question) as { file: unknown }).file;
}

function newName(): string {
  return `world-${randomBytes(5).toString('hex')}`;
}
