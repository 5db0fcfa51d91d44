import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine, JsonValue } from '../../../src/engine/engine.ts';
import type { Kind } from '../../../src/engine/objects.ts';
import { differences, takeBaseline, type Baseline } from '../../../src/lesson/fence/baseline.ts';
import { cleanUp, type CleanedUp } from '../../../src/lesson/fence/clean-up.ts';
import { listLeftovers, type Leftovers } from '../../../src/lesson/fence/leftovers.ts';
import { madeBetween, madeByCall } from '../../../src/lesson/fence/made.ts';
import type { Fence } from '../../../src/lesson/fence/ownership.ts';
import { runLines } from '../../../src/lesson/run-lines.ts';
import { ENGINE_NAMES } from '../../support/engine-host-talk.ts';
import { hasEngine, ownEngine, type OwnEngine } from '../../support/engines.ts';
import { openLessonClient, type LessonClient } from '../lesson-client.ts';

const SLEEP = 'sh -c \'trap "exit 0" TERM; while :; do sleep 0.1; done\'';

/** Docker's client sends an empty body, which podman 4.3 refuses. */
function commit(container: string, repository: string, tag = '1'): string {
  const url = `http://engine/v1.41/commit?container=${container}&repo=${repository}&tag=${tag}`;
  return `curl -sf --unix-socket "\${DOCKER_HOST#unix://}" -H 'Content-Type: application/json' -d '{}' '${url}'`;
}

/** Of somebody else, before the lesson. */
const BEFORE = [
  'docker volume create theirs-data',
  'docker network create theirs-net',
  `docker run -d --name theirs -v theirs-data:/d --network theirs-net tiny:1 ${SLEEP}`,
  commit('theirs', 'theirs-site', '1'),
  'docker tag theirs-site:1 moved:1',
  `docker run -d --name old-label --label slipway.run=$RUN tiny:1 ${SLEEP}`,
  'docker volume create --label slipway.run=$RUN old-volume',
];
/** Of the lesson, over the wire. */
const LESSON = [
  'docker volume create notes',
  'docker network create lan',
  `docker run -d --name keep -v implied:/i -v /anonymous -v notes:/n --network lan tiny:1 ${SLEEP}`,
  `docker exec keep sh -c 'echo hi >/note'`,
  commit('keep', 'snap', '1'),
  commit('keep', 'snap', '2'),
  'docker run --name again snap:2 cat /note',
  'docker run --rm -v left-by-rm:/x tiny:1 true',
  `docker run -d --name sharing -v together:/t tiny:1 ${SLEEP}`,
  `printf 'FROM tiny:1\\nRUN echo built >/built\\n' | docker build -t built:1 -`,
  'docker tag tiny:1 mine:1',
  'docker tag built:1 moved:1',
];
/** Of somebody else, while the lesson goes on, and past the wire. */
const MEANWHILE = [
  `docker run -d --name inherits snap:1 ${SLEEP}`,
  'docker volume create plain-volume',
  'docker network create plain-net',
  `docker run -d --name other-run --label slipway.run=another -v plain-volume:/p --network plain-net tiny:1 ${SLEEP}`,
  `docker run -d --name shares -v together:/t tiny:1 ${SLEEP}`,
  commit('theirs', 'plain-image', '1'),
  'docker tag tiny:1 their-name:1',
];

const THEIRS: readonly (readonly [Kind, string])[] = [
  ...['theirs', 'old-label', 'inherits', 'other-run', 'shares'].map((name) => ['container', name] as const),
  ...['theirs-site:1', 'moved:1', 'plain-image:1', 'their-name:1', 'tiny:1', 'snap:1'].map(
    (name) => ['image', name] as const,
  ),
  ...['theirs-data', 'old-volume', 'plain-volume', 'together'].map((name) => ['volume', name] as const),
  ...['theirs-net', 'plain-net'].map((name) => ['network', name] as const),
];

describe.each(ENGINE_NAMES.filter(hasEngine))(
  'a clean-up on %s with somebody else’s things around',
  (name) => {
    let own: OwnEngine;
    let engine: Engine;
    let client: LessonClient;
    let baseline: Baseline;
    let found: Leftovers;
    let cleaned: CleanedUp;
    let fence: Fence;
    let before: JsonValue[];
    let after: JsonValue[];
    let afterLesson: Baseline;

    const run = async (lines: readonly string[], env: Record<string, string>): Promise<void> => {
      const results = await runLines(lines, { env, cwd: client.folder });
      expect(results.filter(({ code }) => code !== 0)).toEqual([]);
    };
    const inspectTheirs = (): Promise<JsonValue[]> =>
      Promise.all(THEIRS.map(async ([kind, item]) => stable(await engine.inspect(kind, item))));

    beforeAll(async () => {
      own = await ownEngine(name);
      engine = await connect(own.endpoint);
      client = await openLessonClient(engine);
      const direct = { ...client.env, DOCKER_HOST: own.host, CONTAINER_HOST: own.host, RUN: client.run };
      await run(BEFORE, direct);
      baseline = await takeBaseline(engine);
      await run(LESSON, client.env);
      afterLesson = await takeBaseline(engine);
      const made = [...madeBetween(baseline, afterLesson), ...client.calls().flatMap(madeByCall)];
      await run(MEANWHILE, direct);
      fence = { label: 'slipway.run', runs: new Set([client.run]), made: new Set(made), baseline };
      found = await listLeftovers(engine, fence);
      before = await inspectTheirs();
      cleaned = await cleanUp(engine, found.leftovers);
      after = await inspectTheirs();
    }, 120_000);

    afterAll(async () => {
      await client.close();
      engine.close();
      await own.discard();
    });

    it('lists all that is ours and nothing else, containers first', () => {
      const lines = [
        ...new Set(found.leftovers.map(({ line }) => line.replace(/[0-9a-f]{64}/, 'ANONYMOUS'))),
      ];
      expect(lines.filter((line) => line.startsWith('docker rm ')).toSorted()).toEqual([
        'docker rm -f again',
        'docker rm -f keep',
        'docker rm -f sharing',
      ]);
      expect(lines.filter((line) => line.startsWith('docker rmi ')).toSorted()).toEqual([
        'docker rmi built:1',
        'docker rmi mine:1',
        'docker rmi snap:1',
        'docker rmi snap:2',
      ]);
      expect(lines.filter((line) => line.startsWith('docker volume ')).toSorted()).toEqual([
        'docker volume rm ANONYMOUS',
        'docker volume rm implied',
        'docker volume rm left-by-rm',
        'docker volume rm notes',
      ]);
      expect(lines.filter((line) => line.startsWith('docker network '))).toEqual(['docker network rm lan']);
      const kinds = found.leftovers.map(({ kind }) => kind);
      expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
        'container',
        'image',
        'volume',
        'network',
      ]);
    });

    it('says of each why it is ours', () => {
      const why = Object.fromEntries(found.leftovers.map((leftover) => [leftover.name, leftover.why]));
      expect(why).toMatchObject({
        keep: 'made by a command of this lesson',
        implied: 'made for keep',
        notes: 'made in this lesson',
        lan: 'made in this lesson',
        'mine:1': 'a name given in this lesson',
      });
    });

    it('says what looks like ours and is left alone', () => {
      const left = found.leftAlone.map(({ name: item, why }) => `${item}: ${why}`);
      expect(left.toSorted()).toEqual([
        'inherits: has the label of this lesson only from its image, and was started elsewhere',
        'moved:1: named another image before the lesson, so it is not known whose it is',
        'together: is also used by shares',
      ]);
    });

    it('changes nothing of anybody else', () => {
      expect(before).toHaveLength(THEIRS.length);
      expect(after).toEqual(before);
    });

    it('takes away the rest, and says why an image stays that somebody else uses', async () => {
      expect(cleaned.kept.map(({ leftover }) => leftover.name)).toEqual(['snap:1']);
      expect(cleaned.kept[0]?.why).toMatch(/container/);
      const now = await takeBaseline(engine);
      const names = differences(baseline, now).map(({ id }) => id);
      for (const { kind, id, name: item } of cleaned.removed)
        expect(names).not.toContain(kind === 'image' ? item : id);
      expect(cleaned.removed).toHaveLength(found.leftovers.length - 1);
      expect((await listLeftovers(engine, fence)).leftovers.map(({ line }) => line)).toEqual([
        'docker rmi snap:1',
      ]);
    });
  },
);

describe.each(ENGINE_NAMES.filter(hasEngine))('a list that is no longer true, on %s', (name) => {
  it('does not take away what was replaced, given another name, or is gone', async () => {
    const own = await ownEngine(name);
    const engine = await connect(own.endpoint);
    const client = await openLessonClient(engine);
    try {
      const baseline = await takeBaseline(engine);
      const direct = { ...client.env, DOCKER_HOST: own.host, CONTAINER_HOST: own.host };
      await runLines(
        [
          'docker volume create swapped',
          'docker volume create stays-ours',
          'docker create --name gone tiny:1 true',
          commit('gone', 'named', '1'),
        ],
        { env: client.env, cwd: client.folder },
      );
      const made = new Set(client.calls().flatMap(madeByCall));
      const { leftovers } = await listLeftovers(engine, {
        label: 'slipway.run',
        runs: new Set([client.run]),
        made,
        baseline,
      });
      await runLines(
        [
          'docker volume rm swapped',
          'docker volume create swapped',
          'docker rm gone',
          'docker tag tiny:1 named:1',
        ],
        { env: direct, cwd: client.folder },
      );
      const cleaned = await cleanUp(engine, leftovers);
      expect(cleaned.kept.map(({ leftover, why }) => `${leftover.name}: ${why}`)).toEqual([
        'swapped: its labels are not what they were a moment ago',
      ]);
      await engine.inspect('volume', 'swapped');
      await engine.inspect('image', 'named:1');
      await expect(engine.inspect('volume', 'stays-ours')).rejects.toMatchObject({ kind: 'not-found' });
    } finally {
      await client.close();
      engine.close();
      await own.discard();
    }
  });

  it('stops where it is told to, and says of the rest that it was not reached', async () => {
    const own = await ownEngine(name);
    const engine = await connect(own.endpoint);
    const client = await openLessonClient(engine);
    try {
      const baseline = await takeBaseline(engine);
      await runLines(['docker volume create one'], { env: client.env, cwd: client.folder });
      const runs = new Set([client.run]);
      const { leftovers } = await listLeftovers(engine, {
        label: 'slipway.run',
        runs,
        made: new Set(),
        baseline,
      });
      const cleaned = await cleanUp(engine, leftovers, AbortSignal.abort());
      expect(cleaned.kept.map(({ why }) => why)).toEqual(['the clean-up was stopped before it']);
      await engine.inspect('volume', 'one');
      await own.stop();
      const [lost] = (await cleanUp(engine, leftovers)).kept;
      expect(lost?.leftover.name).toBe('one');
      await expect(takeBaseline(engine, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
    } finally {
      await client.close();
      engine.close();
      await own.discard();
    }
  });
});

/** Without the names that the lesson gave to images which stay. */
function stable(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.filter((item) => !isOwnName(item)).map(stable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [key, stable(item)]));
}

function isOwnName(value: JsonValue): boolean {
  return (
    typeof value === 'string' &&
    /^(docker\.io\/library\/|localhost\/)?(built|mine)(:1|@sha256:\w+)$/.test(value)
  );
}
