import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from '../../src/engine/objects.ts';
import { ENGINE_NAMES } from '../support/engine-host-talk.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { choose, openInFence, ownLesson, type Player, rightAnswers } from './learn-pane.ts';
import { runContainer, withEngine, wipe } from './on-engine.ts';

for (const name of ENGINE_NAMES) {
  describe.skipIf(!hasEngine(name))(
    `a lesson beside somebody else’s things, on ${name}`,
    { timeout: 120_000 },
    () => {
      let engine: OwnEngine;
      beforeAll(async () => {
        engine = await ownEngine(name);
      });
      afterEach(() => wipe(engine));
      afterAll(() => engine.discard());

      it('takes other names, and leaves all of theirs as it was and nothing of its own', async () => {
        await makeTheirs(engine);
        const before = await everything(engine);
        await using player = await openInFence('thin-layer', engine.host);
        await player.next();
        expectOtherNames(player);
        await player.playStep();
        await resetStep(player);
        await player.playStep();
        await resetLesson(player);
        expectOtherNames(player);
        for (let step = 1; step <= 5; step++) {
          expect(player.position()).toBe(`step ${step} of 6`);
          await player.playStep();
          await player.next();
        }
        await player.keys(...rightAnswers(await ownLesson('thin-layer'), 'recap'));
        await player.until(/✓ [abc]\)/);
        await player.next();
        expect(player.position()).toBe('notebook');
        expect(await everything(engine)).not.toEqual(before);
        await leave(player);
        expect(await everything(engine)).toEqual(before);
      });
    },
  );
}

/** Running and stopped, with files in their layers, on a network and with a volume, all called as the lesson's are. */
async function makeTheirs(engine: OwnEngine): Promise<void> {
  await withEngine(engine, async (api) => {
    await api.carryOut({ do: 'create-volume', name: 'keep', driver: '' });
    await api.carryOut({ do: 'create-network', name: 'keep', driver: '', subnet: '', internal: false });
    const [tiny] = await api.list('image');
    for (const as of ['snap:1', 'copy:1'])
      await api.carryOut({ do: 'tag', image: { id: tiny!.id, name: 'tiny:1' }, as });
  });
  const mounts = [{ source: 'keep', target: '/data', readOnly: false }];
  const writes = 'echo theirs | tee /data/theirs > /theirs; rm /bin/vi';
  const stays = `${writes}; touch /ready; trap "exit 0" TERM; while :; do sleep 0.1; done`;
  const running = await runContainer(engine, 'keep', {
    mounts,
    network: 'keep',
    command: ['sh', '-c', stays],
  });
  await runContainer(engine, 'look', {
    command: ['sh', '-c', `mkdir /data; ${writes}`],
    labels: { whose: 'theirs' },
  });
  await withEngine(engine, async (api) => {
    await until(async () => (await api.readFile(running, '/ready')) !== null);
    await until(async () => {
      const all = await api.list('container');
      return all.some((item) => item.kind === 'container' && item.state === 'exited');
    });
  });
}

/** All that an engine tells of everything on it: what theirs is, since when, and what is in its layer and its volume. */
async function everything(engine: OwnEngine): Promise<Record<string, unknown>> {
  return withEngine(engine, async (api) => {
    const all: Record<string, unknown> = {};
    for (const kind of KINDS)
      for (const { id } of await api.list(kind)) all[`${kind} ${id}`] = await api.inspect(kind, id);
    for (const { id } of await api.list('container')) {
      all[`layer of ${id}`] = (await api.changes(id)).map(({ kind, path }) => `${kind} ${path}`).toSorted();
      for (const path of ['/theirs', '/data/theirs']) all[`${path} in ${id}`] = await api.readFile(id, path);
    }
    return all;
  });
}

/** What the first task makes is named after what is not taken. */
function expectOtherNames(player: Player): void {
  expect(player.position()).toBe('step 1 of 6');
  expect(player.nextCommand()).toMatch(/^docker run -d --name keep-\w+ tiny:1 sleep 1d$/);
}

/** In the middle of the second step; what the first one had made is made again. */
async function resetStep(player: Player): Promise<void> {
  await player.next();
  await player.type(player.nextCommand());
  await player.until(/✓ The layer of "keep-\w+"/);
  await player.keys('r');
  expect(await player.slipway.until('anew?')).toMatch(/This goes:[^]*docker rm -f keep-/);
  await choose(player.slipway, 'Remove it, and begin the step anew');
  await player.until(/· The layer of "keep-\w+"/);
  await isOver(player);
}

async function resetLesson(player: Player): Promise<void> {
  await player.keys('R');
  const asked = await player.slipway.until('anew?');
  for (const own of [/docker rm -f keep-\w/, /docker rm (-f )?look-\w/]) expect(asked).toMatch(own);
  await choose(player.slipway, 'Remove it, and begin the lesson anew');
  await player.slipway.until(/8 The thin layer.*step 1 of 6/, { timeout: 20_000 });
  await isOver(player);
}

/** Nothing is being done for the learner any more. */
async function isOver({ slipway }: Player): Promise<void> {
  await slipway.untilGone(/(Cleaning up|Running docker .*) …/, { timeout: 20_000 });
}

async function leave({ slipway, keys }: Player): Promise<void> {
  await keys('x');
  const asked = await slipway.until('Leave the lesson?');
  for (const kind of [/docker rm (-f )?keep-/, /docker rm (-f )?copy-/, /docker (rmi|image rm) \S*snap-/])
    expect(asked).toMatch(kind);
  expect(asked).not.toMatch(/docker \S+ (-f )?(keep|look|copy|snap:1) /);
  await choose(slipway, 'Leave, and remove it');
  await slipway.untilGone('8 The thin layer', { timeout: 20_000 });
}
