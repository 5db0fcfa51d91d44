import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { differences, takeBaseline, type Baseline } from '../../../src/lesson/fence/baseline.ts';
import { cleanUp, type CleanedUp } from '../../../src/lesson/fence/clean-up.ts';
import { listLeftovers, type Leftovers } from '../../../src/lesson/fence/leftovers.ts';
import { madeByCall } from '../../../src/lesson/fence/made.ts';
import { runLines } from '../../../src/lesson/run-lines.ts';
import { hasEngine, privateDockerd, type OwnEngine } from '../../support/engines.ts';
import { openLessonClient, type LessonClient } from '../lesson-client.ts';

const INIT = 'docker swarm init --advertise-addr 127.0.0.1';
const service = (name: string): string =>
  `docker service create -d --name ${name} --no-resolve-image --stop-grace-period 0s tiny:1 sleep 1d`;

describe.skipIf(!hasEngine('docker'))('a clean-up where there is a swarm', { timeout: 60_000 }, () => {
  let own: OwnEngine;
  let engine: Engine;
  let client: LessonClient;
  let baseline: Baseline;

  beforeEach(async () => {
    own = await privateDockerd();
    engine = await connect(own.endpoint);
    client = await openLessonClient(engine);
  });
  afterEach(async () => {
    await client.close();
    engine.close();
    await own.discard();
  });

  const run = async (lines: readonly string[], env: Record<string, string>): Promise<void> => {
    const results = await runLines(lines, { env, cwd: client.folder });
    expect(results.filter(({ code }) => code !== 0)).toEqual([]);
  };
  const somebodyElse = (...lines: string[]): Promise<void> =>
    run(lines, { ...client.env, DOCKER_HOST: own.host });
  const lesson = (...lines: string[]): Promise<void> => run(lines, client.env);
  const list = (): Promise<Leftovers> => {
    const made = new Set(client.calls().flatMap(madeByCall));
    return listLeftovers(engine, { label: 'slipway.run', runs: new Set([client.run]), made, baseline });
  };
  const tidy = async (): Promise<CleanedUp & Leftovers> => {
    const found = await list();
    return { ...found, ...(await cleanUp(engine, found.leftovers)) };
  };
  const linesOf = ({ leftovers }: Leftovers): string[] => leftovers.map(({ line }) => line);
  const serviceNames = async (): Promise<string[]> => (await engine.services()).map(({ name }) => name);

  it('leaves a swarm that the lesson began, and everything is as before', async () => {
    baseline = await takeBaseline(engine);
    await lesson(INIT, 'docker network create -d overlay --attachable mesh', service('pool'));
    const done = await tidy();
    expect(linesOf(done)[0]).toBe('docker swarm leave --force');
    expect(done.kept).toEqual([]);
    expect((await engine.about()).swarmNode).toBe('');
    expect(differences(baseline, await takeBaseline(engine))).toEqual([]);
  });

  it('takes away the bridge of a swarm that the learner has left', async () => {
    baseline = await takeBaseline(engine);
    await lesson(INIT, 'docker swarm leave --force');
    expect(linesOf(await tidy())).toEqual(['docker network rm docker_gwbridge']);
    expect(differences(baseline, await takeBaseline(engine))).toEqual([]);
  });

  it('never leaves a swarm that was there before, and takes only its own service', async () => {
    await somebodyElse(INIT, service('theirs'));
    baseline = await takeBaseline(engine);
    await lesson(service('pool'));
    const done = await tidy();
    expect(linesOf(done)).toEqual(['docker service rm pool']);
    expect(await serviceNames()).toEqual(['theirs']);
    expect((await engine.about()).swarmNode).toBe(baseline.swarm?.[0]);
  });

  it('never leaves a swarm that somebody began while the lesson went on', async () => {
    baseline = await takeBaseline(engine);
    await somebodyElse(INIT);
    expect(linesOf(await tidy())).toEqual([]);
    expect((await engine.about()).swarmNode).not.toBe('');
  });

  it('leaves a swarm of its own alone while it runs a service of somebody else', async () => {
    baseline = await takeBaseline(engine);
    await lesson(INIT, service('pool'));
    await somebodyElse(service('theirs'));
    const done = await tidy();
    expect(done.leftAlone).toMatchObject([{ kind: 'swarm', why: expect.stringContaining('theirs') }]);
    expect(linesOf(done)).toEqual(['docker service rm pool']);
    expect(await serviceNames()).toEqual(['theirs']);
  });

  it('keeps a swarm to which a service has come since it was listed', async () => {
    baseline = await takeBaseline(engine);
    await lesson(INIT);
    const { leftovers } = await list();
    await somebodyElse(service('theirs'));
    const { kept } = await cleanUp(
      engine,
      leftovers.filter(({ kind }) => kind === 'swarm'),
    );
    expect(kept).toMatchObject([{ why: 'runs theirs since' }]);
    expect(await serviceNames()).toEqual(['theirs']);
  });
});
