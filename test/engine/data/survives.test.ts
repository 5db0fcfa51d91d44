import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import {
  survival,
  TRIALS,
  type Answer,
  type PlaceKind,
  type Trial,
} from '../../../src/model/data/survives.ts';
import { rawContainer } from '../../support/raw-container.ts';
import { hasEngine, ownEngine, type OwnEngine } from '../../support/engines.ts';
import { until } from '../../support/until.ts';

/** Where each kind of place is in the test's container; the folder of the host is one in the engine's own namespace. */
const PLACES: readonly { kind: PlaceKind; path: string }[] = [
  { kind: 'writable', path: '/own' },
  { kind: 'volume', path: '/named' },
  { kind: 'anonymous', path: '/unnamed' },
  { kind: 'bind', path: '/host' },
  { kind: 'tmpfs', path: '/memory' },
];
const OBEDIENT = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done'];

describe.each((['docker', 'podman'] as const).filter(hasEngine))('on %s', (family) => {
  describe.each([false, true])('with --rm %s', (autoRemove) => {
    it.each(TRIALS)('what is said to survive %s does, and nothing else', async (trial) => {
      const stage = await begin(family, autoRemove);
      await stage.put(trial);
      const said = Object.fromEntries(
        PLACES.map(({ kind }) => {
          const keeper = { family, autoRemove, state: 'running' } as const;
          return [kind, survival({ kind, source: '/srv', sharedWith: [] }, keeper)[trial].survives];
        }),
      );
      const found = await stage.found();
      // Where it is a race, both ends are right, but nothing else.
      for (const [kind, answer] of Object.entries(said))
        if (answer === 'maybe') found[kind as PlaceKind] = 'maybe';
      expect(found).toEqual(said);
    });
  });

  it('an anonymous volume that another container has survives rm -v', async () => {
    const stage = await begin(family, false);
    const [volume] = await stage.unnamed();
    await rawContainer(stage.engine.endpoint, 'other', {
      Image: 'tiny:1',
      Cmd: OBEDIENT,
      HostConfig: { Binds: [`${volume}:/shared`] },
    });
    await stage.put('rm -v');
    expect(await stage.unnamed()).toEqual([volume]);
  });
});

type Found = Partial<Record<PlaceKind, Answer['survives']>>;

type Stage = {
  engine: OwnEngine;
  put(trial: Trial): Promise<void>;
  unnamed(): Promise<string[]>;
  /** Which places still hold what was written into them, looked at from the same container or a new one. */
  found(): Promise<Found>;
};

async function begin(family: 'docker' | 'podman', autoRemove: boolean): Promise<Stage> {
  const engine = await ownEngine(family);
  onTestFinished(() => engine.discard());
  let api = await connect(engine.endpoint);
  onTestFinished(() => api.close());
  const body = { Image: 'tiny:1', Cmd: OBEDIENT, StopTimeout: 5, Volumes: { '/unnamed': {} } };
  const host = `${engine.folder}/host-folder`;
  const HostConfig = {
    AutoRemove: autoRemove,
    Binds: ['kept:/named', `${host}:/host`],
    Tmpfs: { '/memory': '' },
  };
  const id = await rawContainer(engine.endpoint, 'box', { ...body, HostConfig });
  const box = { id, name: 'box' };
  await inside(api, id, `mkdir /own; for p in own named unnamed host memory; do echo kept > /$p/file; done`);
  const unnamed = async (): Promise<string[]> =>
    (await api.list('volume')).flatMap((v) => (v.kind === 'volume' && v.anonymous ? [v.name] : []));
  const [volume] = await unnamed();
  const isThere = async (): Promise<boolean> => (await api.list('container', [id])).length > 0;

  async function put(trial: Trial): Promise<void> {
    if (trial === 'stop') await api.carryOut({ do: 'stop', container: box });
    if (trial === 'restart') await api.carryOut({ do: 'restart', container: box }).catch(() => undefined);
    if (trial === 'rm' || trial === 'rm -v') {
      const volumes = trial === 'rm -v';
      await api.carryOut({ do: 'remove-container', container: box, force: true, volumes });
    }
    if (trial === 'engine restart' || trial === 'host reboot') {
      api.close();
      await engine.stop(trial === 'engine restart' ? 5000 : 0);
      // What is under /run is gone after a boot; podman, which is no service, knows no other restart.
      for (const name of family === 'podman' ? ['run', 'tmp'] : [])
        await rm(join(engine.folder, name), { recursive: true, force: true });
      await engine.start();
      api = await connect(engine.endpoint);
    }
    const isBoot = trial === 'engine restart' || trial === 'host reboot';
    const isRemoved = trial === 'stop' || (isBoot && family === 'docker');
    if (autoRemove && isRemoved) await until(async () => !(await isThere()));
  }

  async function found(): Promise<Found> {
    const look = 'for p in own named unnamed host memory; do [ -f /$p/file ] && printf "$p "; done; true';
    let text = '';
    if (await isThere()) {
      await api.carryOut({ do: 'start', container: box }).catch(unlessItRuns);
      for (const { path } of PLACES) {
        const file = await api.readFile(id, `${path}/file`);
        if (file !== null) text += path;
      }
    } else {
      const left = (await unnamed()).filter((name) => name === volume);
      const binds = ['kept:/named', `${host}:/host`, ...left.map((name) => `${name}:/unnamed`)];
      const other = { Image: 'tiny:1', Cmd: OBEDIENT, HostConfig: { Binds: binds } };
      text = await inside(api, await rawContainer(engine.endpoint, 'looker', other), look);
    }
    return Object.fromEntries(
      PLACES.map(({ kind, path }) => [kind, text.includes(path.slice(1)) ? 'yes' : 'no']),
    );
  }
  return { engine, put, unnamed, found };
}

async function inside(api: Engine, id: string, script: string): Promise<string> {
  const session = await api.exec(id, { command: ['sh', '-c', script], tty: false, columns: 80, rows: 24 });
  let text = '';
  for await (const chunk of session.stream) text += String(chunk);
  await session.exitCode();
  return text;
}

/** A container with --rm that podman has not removed in time runs already. */
function unlessItRuns(error: unknown): void {
  if (!(error instanceof EngineError)) throw error;
}
