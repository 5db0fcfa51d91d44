import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EMPTY_RUN_SPEC } from '../../src/engine/run-line.ts';
import type { Command, RunSpec } from '../../src/engine/commands.ts';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EngineError, isEngineGone } from '../../src/engine/errors.ts';
import { baseImageArchive } from '../../src/sandbox/base-image.ts';
import { hasEngine, ownEngine } from '../support/engines.ts';
import type { OwnEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';

const NAMES = (['docker', 'podman'] as const).filter(hasEngine);

async function throwAway(name: 'docker' | 'podman'): Promise<{ own: OwnEngine; engine: Engine }> {
  const own = await ownEngine(name);
  onTestFinished(() => own.discard());
  const engine = await connect(own.endpoint);
  onTestFinished(() => engine.close());
  return { own, engine };
}

const run = (image: string, given: Partial<RunSpec>): Command => ({
  do: 'run',
  spec: {
    ...EMPTY_RUN_SPEC,
    image,
    command: ['sh', '-c', 'while :; do echo tick; sleep 0.1; done'],
    ...given,
  },
});

async function drain(iterable: AsyncIterable<unknown>, onItem: () => void): Promise<unknown> {
  try {
    for await (const item of iterable) if (item) onItem();
    return 'ended';
  } catch (error) {
    return error;
  }
}

describe.each(NAMES)('a %s that is killed', (name) => {
  it('ends every stream at once with an error, and is found again when it is back', async () => {
    const { own, engine } = await throwAway(name);
    const id = (await engine.carryOut(run(own.image, {}))).affected[0]!;
    const { signal } = new AbortController();
    const flowing = new Set<string>();
    const ends = [
      drain(engine.watch({ signal, onReady: () => flowing.add('events') }), () => undefined),
      drain(engine.logs(id, { tail: 1, follow: true, signal }), () => flowing.add('logs')),
      drain(engine.stats(id, { signal }), () => flowing.add('stats')),
    ];
    const session = await engine.exec(id, { command: ['sh'], tty: true, columns: 80, rows: 24 });
    session.stream.on('data', () => flowing.add('exec'));
    await until(() => flowing.size === 4);

    process.kill(own.pid, 'SIGKILL');
    for (const error of await Promise.all(ends)) {
      expect(error).toBeInstanceOf(EngineError);
      expect(isEngineGone(error)).toBe(true);
    }
    await until(() => session.stream.closed);
    expect(isEngineGone(await engine.list('container').catch((error: unknown) => error))).toBe(true);

    await own.start();
    await engine.ping();
    // Not the containers: podman cannot list those whose network went with its namespace.
    expect(await engine.list('image')).toHaveLength(1);
  });
});

describe.each(NAMES)('a %s that is stopped in its tracks', (name) => {
  it('is given up on within five seconds, and answers again when it goes on', async () => {
    const { own, engine } = await throwAway(name);
    process.kill(own.pid, 'SIGSTOP');
    // The signal is on its way when `kill` returns; all threads have to have stopped.
    await until(() => /^\d+ \(.*\) T/.test(readFileSync(`/proc/${own.pid}/stat`, 'utf8')));
    const before = performance.now();
    await expect(engine.ping()).rejects.toMatchObject({ kind: 'timeout' });
    expect(performance.now() - before).toBeLessThan(5000);
    process.kill(own.pid, 'SIGCONT');
    await expect(engine.ping()).resolves.toBeUndefined();
  });
});

describe.each(NAMES)('on a %s of its own', (name) => {
  it('pruning volumes spares named ones unless all are meant', async () => {
    const { own, engine } = await throwAway(name);
    const mounts = [{ source: '', target: '/x', readOnly: false }];
    const container = (await engine.carryOut(run(own.image, { mounts, command: ['true'] }))).affected[0]!;
    await engine.carryOut({ do: 'create-volume', name: 'kept', driver: '' });
    const remove = { do: 'remove-container', container: { id: container, name: '' }, force: true } as const;
    await engine.carryOut({ ...remove, volumes: false });
    expect(await engine.list('volume')).toHaveLength(2);

    const some = await engine.carryOut({ do: 'prune', what: 'volume', all: false });
    expect(some.affected).toHaveLength(1);
    expect((await engine.list('volume')).map(({ id }) => id)).toEqual(['kept']);
    const all = await engine.carryOut({ do: 'prune', what: 'volume', all: true });
    expect(all.affected).toEqual(['kept']);
    expect(await engine.list('volume')).toEqual([]);
  });

  it('pruning takes stopped containers, unused networks and images, and no more', async () => {
    const { own, engine } = await throwAway(name);
    const running = (await engine.carryOut(run(own.image, {}))).affected[0]!;
    const stopped = (await engine.carryOut(run(own.image, { command: ['true'] }))).affected[0]!;
    const network = { do: 'create-network', driver: '', subnet: '', internal: false } as const;
    await engine.carryOut({ ...network, name: 'unused' });
    await until(async () => {
      const [item] = await engine.list('container', [stopped]);
      return item?.kind === 'container' && item.state === 'exited';
    });
    expect((await engine.carryOut({ do: 'prune', what: 'container', all: false })).affected).toEqual([
      stopped,
    ]);
    expect((await engine.list('container')).map(({ id }) => id)).toEqual([running]);
    expect((await engine.carryOut({ do: 'prune', what: 'network', all: false })).affected).toEqual([
      'unused',
    ]);
    await engine.carryOut({ do: 'prune', what: 'image', all: true });
    expect(await engine.list('image')).toHaveLength(1);
  });

  it('an archive is loaded and says what it brought', async () => {
    const { own, engine } = await throwAway(name);
    const archive = Readable.from([await baseImageArchive()]);
    expect(await engine.load(archive)).toEqual([own.image]);
    await expect(engine.load(Readable.from([Buffer.from('no archive')]))).rejects.toBeInstanceOf(EngineError);
  });

  it('pulling what cannot be pulled fails in the engine’s words', async () => {
    const { engine } = await throwAway(name);
    const pull = engine.carryOut({ do: 'pull', image: 'localhost:1/nothing:1' });
    await expect(pull).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.stringContaining('localhost:1'),
    });
  });
});
