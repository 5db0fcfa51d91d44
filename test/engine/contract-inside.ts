import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import type { Endpoint } from '../../src/engine/endpoint.ts';
import type { Engine, PathChange } from '../../src/engine/engine.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { isOwnHelper } from '../../src/engine/own-helper.ts';
import { rawContainer } from '../support/raw-container.ts';
import { until } from '../support/until.ts';

/** What a real engine has to tell of the inside of containers and images. */
export function insideContract({ endpoint, image }: { endpoint: Endpoint; image: string }): void {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect(endpoint);
  });
  afterAll(() => engine.close());

  /** Runs a script in a new container, which says `ready` when it is through and then waits. */
  const box = async (script: string, more: object = {}): Promise<string> => {
    const Cmd = ['sh', '-c', `${script}; echo ready; exec sleep 600`];
    const id = await rawContainer(endpoint, newName(), { Image: image, Cmd, ...more });
    await until(async () => (await logOf(id)).includes('ready'));
    return id;
  };
  const logOf = async (id: string): Promise<string> => {
    const lines: string[] = [];
    const { signal } = new AbortController();
    for await (const batch of engine.logs(id, { tail: 50, follow: false, signal }))
      lines.push(...batch.map(({ text }) => text));
    return lines.join('\n');
  };
  const kill = async (id: string): Promise<void> => {
    await engine.carryOut({ do: 'kill', container: { id, name: id }, signal: 'KILL' });
    await until(async () => (await engine.containerDetails(id)).state === 'exited');
  };
  const text = async (id: string, path: string): Promise<string> => {
    const found = await engine.readFile(id, path);
    return found?.kind === 'file' ? found.text : `(${found?.kind ?? 'nothing'})`;
  };

  describe('a file of a container', () => {
    it('is read while it runs and when it has stopped', async () => {
      const id = await box('echo hello >/note');
      expect(await engine.readFile(id, '/note')).toEqual({ kind: 'file', text: 'hello\n' });
      await kill(id);
      expect(await text(id, '/note')).toBe('hello\n');
    });

    it('is not there, or is a folder, or something else', async () => {
      const id = await box('echo x >/note; mkdir /dir; mkfifo /pipe');
      expect(await engine.readFile(id, '/nope')).toBeNull();
      expect(await engine.readFile(id, '/nope/deeper')).toBeNull();
      expect(await engine.readFile(id, '/note/deeper')).toBeNull();
      expect(await engine.readFile(id, '/dir')).toEqual({ kind: 'folder' });
      expect(await engine.readFile(id, '/pipe')).toEqual({ kind: 'other' });
    });

    it('is found through links, and a circle of links is nothing', async () => {
      const id = await box(
        'mkdir /dir; echo in >/dir/x; ln -s dir/x /rel; ln -s /rel /twice; ln -s /dir /folder; ln -s loop /loop; ln -s /gone /broken',
      );
      expect(await text(id, '/rel')).toBe('in\n');
      expect(await text(id, '/twice')).toBe('in\n');
      expect(await text(id, '/folder/x')).toBe('in\n');
      expect(await text(id, '/folder')).toBe('(folder)');
      expect(await text(id, '/loop')).toBe('(nothing)');
      expect(await text(id, '/broken')).toBe('(nothing)');
    });

    it('may have any name, and no name leads out of the container', async () => {
      const odd = '/a b?x=1&y#é%2f';
      const id = await box(`echo odd >'${odd}'; echo n >/note`);
      expect(await text(id, odd)).toBe('odd\n');
      expect(await text(id, '/../../note')).toBe('n\n');
      expect(await text(id, 'note')).toBe('n\n');
    });

    it('is cut, and what is no text, or would move the cursor, does no harm', async () => {
      const id = await box(
        `head -c 300000 /dev/zero | tr '\\0' a >/long; printf '\\377\\000b\\033[2Jc\\r\\nd' >/bytes; printf 'aé' >/cut`,
      );
      expect(await engine.readFile(id, '/long', { limit: 1000 })).toEqual({
        kind: 'file',
        text: 'a'.repeat(1000),
      });
      expect(await text(id, '/long')).toBe('a'.repeat(64 * 1024));
      expect(await text(id, '/bytes')).toBe('\ufffdbc\nd');
      expect(await engine.readFile(id, '/cut', { limit: 2 })).toEqual({ kind: 'file', text: 'a' });
    });

    it('in a tmpfs is there while the container runs, and only then', async () => {
      // /etc is under the mount in the image: what is hidden must not be taken for what is there.
      const id = await box(
        'echo ram >/ram/f; mkdir /ram/dir; ln -s /ram/f /link; ln -s /ram /way; head -c 100000 /dev/zero >/ram/big',
        { HostConfig: { Tmpfs: { '/ram': 'size=1m', '/etc': '' } } },
      );
      expect(await text(id, '/ram/f')).toBe('ram\n');
      expect(await text(id, '/link')).toBe('ram\n');
      expect(await text(id, '/way/f')).toBe('ram\n');
      expect(await text(id, '/ram/dir')).toBe('(folder)');
      expect(await text(id, '/ram/nope')).toBe('(nothing)');
      expect(await engine.readFile(id, '/ram/big', { limit: 10 })).toEqual({
        kind: 'file',
        text: '',
        isBinary: true,
      });
      expect(await text(id, '/dev/shm')).toBe('(folder)');
      await kill(id);
      expect(await text(id, '/ram/f')).toBe('(nothing)');
      expect(await text(id, '/etc/motd')).toBe('(nothing)');
    });

    it('of a container that is not there is an error, and so is giving up', async () => {
      expect(await failureOf(engine.readFile('not-there', '/x'))).toMatchObject({ kind: 'not-found' });
      const id = await box('true');
      const signal = AbortSignal.abort();
      expect(await failureOf(engine.readFile(id, '/x', { signal }))).toMatchObject({ kind: 'cancelled' });
    });
  });

  describe('a file of a volume', () => {
    it('is read where no container has it, and nothing of that stays', async () => {
      const volume = newName();
      onTestFinished(async () => {
        await engine.carryOut({ do: 'remove-volume', volume: { id: volume, name: volume }, force: true });
      });
      const id = await box('echo kept >/vol/note', { HostConfig: { Binds: [`${volume}:/vol`] } });
      await engine.carryOut({
        do: 'remove-container',
        container: { id, name: id },
        force: true,
        volumes: false,
      });
      const read = (path: string): Promise<unknown> => engine.readVolumeFile(volume, path, { image });
      expect(await read('/note')).toEqual({ kind: 'file', text: 'kept\n' });
      expect(await read('nope')).toBeNull();
      expect(await read('/../etc/motd')).toBeNull();
      expect(await usersOf(volume)).toEqual([]);
    });

    it('that is not there is not found, and is not made', async () => {
      const volume = newName();
      const failure = await failureOf(engine.readVolumeFile(volume, '/x', { image }));
      expect(failure.kind).toBe('not-found');
      expect(await engine.list('volume', [volume])).toEqual([]);
    });
  });

  describe('the changes of a container', () => {
    it('are none in a fresh one, also where something is mounted', async () => {
      const volume = newName();
      onTestFinished(async () => {
        await engine.carryOut({ do: 'remove-volume', volume: { id: volume, name: volume }, force: true });
      });
      const id = await box('true', {
        HostConfig: { Binds: [`${volume}:/deep/vol`], Tmpfs: { '/ram': '' } },
        Volumes: { '/anon': {} },
      });
      expect(await engine.changes(id)).toEqual([]);
    });

    it('are what was added, changed and deleted', async () => {
      const id = await box('echo data >/note; rm /bin/vi; echo x >>/etc/motd');
      const has = (kind: PathChange['kind'], path: string) => ({ kind, path });
      const changes = await engine.changes(id);
      expect(changes).toContainEqual(has('added', '/note'));
      expect(changes).toContainEqual(has('deleted', '/bin/vi'));
      expect(changes).toContainEqual(has('changed', '/etc/motd'));
      await kill(id);
      expect(await engine.changes(id)).toEqual(expect.arrayContaining(changes));
    });

    it('of one that is not there are not found', async () => {
      expect((await failureOf(engine.changes('not-there'))).kind).toBe('not-found');
    });
  });

  describe('details', () => {
    it('of a container are what it was made with', async () => {
      const before = Date.now();
      const volume = newName();
      onTestFinished(async () => {
        await engine.carryOut({ do: 'remove-volume', volume: { id: volume, name: volume }, force: true });
      });
      const id = await box('true', {
        Env: ['COLOUR=blue=green', 'EMPTY='],
        Labels: { colour: 'red' },
        ExposedPorts: { '80/tcp': {} },
        HostConfig: {
          Memory: 64 * 1024 * 1024,
          PidsLimit: 20,
          Binds: [`${volume}:/vol:ro`],
          Tmpfs: { '/ram': 'size=1m' },
          Mounts: [{ Type: 'tmpfs', Target: '/ram2' }],
          PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '' }] },
        },
      });
      const details = await engine.containerDetails(id);
      expect(details).toMatchObject({
        id,
        image,
        state: 'running',
        exitCode: 0,
        oomKilled: false,
        restartCount: 0,
        health: '',
        env: { COLOUR: 'blue=green', EMPTY: '' },
        labels: { colour: 'red' },
        memoryLimit: 64 * 1024 * 1024,
        pidsLimit: 20,
      });
      expect(details.command.slice(0, 2)).toEqual(['sh', '-c']);
      expect(details.createdAt).toBeGreaterThanOrEqual(before - 5);
      const mounts = details.mounts.map(({ type, name, target, writable }) => ({
        type,
        name,
        target,
        writable,
      }));
      expect(mounts.toSorted((a, b) => a.target.localeCompare(b.target))).toEqual([
        { type: 'tmpfs', name: '', target: '/ram', writable: true },
        { type: 'tmpfs', name: '', target: '/ram2', writable: true },
        { type: 'volume', name: volume, target: '/vol', writable: false },
      ]);
      expect(details.published).toMatchObject([{ container: 80, protocol: 'tcp' }]);
    });

    it('of a container tell how it ended', async () => {
      const name = newName();
      const id = await rawContainer(endpoint, name, { Image: image, Cmd: ['sh', '-c', 'exit 3'] });
      await until(async () => (await engine.containerDetails(id)).state === 'exited');
      expect(await engine.containerDetails(id)).toMatchObject({
        name,
        exitCode: 3,
        memoryLimit: 0,
      });
    });

    it('of an image are its layers, its settings and its history', async () => {
      const details = await engine.imageDetails(image);
      expect(details.layers.length).toBe(await engine.countLayers(image));
      expect(details.layers[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(details).toMatchObject({ command: ['sh'], env: { PATH: expect.stringContaining('/bin') } });
      expect((await engine.history(image)).join('\n')).toContain('COPY tiny /');
      expect((await failureOf(engine.imageDetails('not-there:1'))).kind).toBe('not-found');
      expect((await failureOf(engine.history('not-there:1'))).kind).toBe('not-found');
    });
  });

  it('services are none without a swarm, and podman has none at all', async () => {
    if (engine.features.includes('swarm')) expect(await engine.services()).toEqual([]);
    else expect((await failureOf(engine.services())).kind).toBe('unsupported');
    expect(engine.features.includes('swarm')).toBe(engine.family === 'docker');
  });

  describe('a script', () => {
    const run = (script: string, more: object = {}) =>
      engine.runScript({ image, script, stdin: '', ...more });

    it('reads its input, writes, and ends with its code', async () => {
      const script = `read -r line; echo "got $line"; echo 'it''s "fine"' >&2; exit 3`;
      expect(await run(script, { stdin: '{"a": "$(id) \\" b"}\n' })).toEqual({
        exitCode: 3,
        stdout: 'got {"a": "$(id) \\" b"}\n',
        stderr: 'its "fine"\n',
      });
    });

    it('has no network, nothing to write to, and no rights', async () => {
      const script = `
        tail -n +3 /proc/net/dev | grep -cv lo:
        (echo x >/file) 2>/dev/null || echo read-only
        grep CapEff /proc/self/status`;
      const { stdout } = await run(script);
      expect(stdout).toMatch(/^0\nread-only\nCapEff:\s+0+\n$/);
    });

    it('that forks without end is stopped by its limit', async () => {
      const { exitCode, stderr } = await run('i=0; while [ $i -lt 60 ]; do sleep 3 & i=$((i+1)); done');
      expect(exitCode).not.toBe(0);
      expect(stderr).toMatch(/fork/i);
    });

    it('that takes too long is ended, and what it wrote is there', async () => {
      const before = performance.now();
      const end = await run('echo begun; sleep 600', { within: 500 });
      expect(end).toMatchObject({ exitCode: null, stdout: 'begun\n' });
      expect(performance.now() - before).toBeLessThan(10_000);
    });

    it('that writes too much is cut', async () => {
      const { stdout } = await run('yes', { within: 500 });
      expect(stdout.length).toBeLessThanOrEqual(64 * 1024);
      expect(stdout).toMatch(/^y\ny\n/);
    });

    it('leaves no container, also when it is given up or cannot start', async () => {
      const stop = new AbortController();
      const label = newName();
      const running = failureOf(run(`: ${label}; sleep 600`, { signal: stop.signal }));
      await until(async () => (await helpersWith(label)).includes('running'));
      stop.abort();
      expect((await running).kind).toBe('cancelled');
      expect(await helpersWith(label)).toEqual([]);
      expect((await failureOf(run('true', { image: 'not-there:1' }))).kind).toBe('not-found');
      expect((await failureOf(run('x'.repeat(200_000)))).kind).toBe('rejected');
    });
  });

  /** States of our helpers whose command has this in it. */
  async function helpersWith(word: string): Promise<string[]> {
    const items = await engine.list('container');
    return items.flatMap((item) =>
      item.kind === 'container' && isOwnHelper(item) && item.command.includes(word) ? [item.state] : [],
    );
  }

  async function usersOf(volume: string): Promise<string[]> {
    const items = await engine.list('container');
    return items.flatMap((item) =>
      item.kind === 'container' && item.mounts.some(({ name }) => name === volume) ? [item.name] : [],
    );
  }
}

function newName(): string {
  return `inside-${randomBytes(5).toString('hex')}`;
}

async function failureOf(promise: Promise<unknown>): Promise<EngineError> {
  const result = await promise.then(
    (value) => new Error(`it did not fail: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (result instanceof EngineError) return result;
  throw result;
}
