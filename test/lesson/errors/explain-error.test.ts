import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { EngineFamily } from '../../../src/engine/engine.ts';
import { ERROR_TABLE } from '../../../src/lesson/errors/error-table.ts';
import type { ErrorContext } from '../../../src/lesson/errors/error-row.ts';
import { explainedBy } from '../../../src/lesson/errors/explain-error.ts';
import { type TestEngine, testEngines } from '../../support/engines.ts';
import { freshName, runScript } from '../../wire/run-script.ts';
import {
  PROVOKED,
  PROVOKED_BY_OLD_DOCKER,
  PROVOKED_BY_PODMAN,
  type Provoked,
  RECORDED,
} from './provoked-errors.ts';
import { PROVOKED_BY_REGISTRY } from './provoked-registry-errors.ts';
import { PROVOKED_BY_TLS } from './provoked-tls-errors.ts';

const OLD = '/usr/bin/docker';

function hasOldDocker(): boolean {
  try {
    return / 20\./.test(execFileSync(OLD, ['--version'], { encoding: 'utf8' }));
  } catch {
    return false; // Not there: a newer client has other words.
  }
}

const contextOf = (family: EngineFamily, command = '', more: Partial<ErrorContext> = {}): ErrorContext => ({
  family,
  images: ['tiny:1'],
  containers: [],
  volumes: [],
  networks: [],
  sandbox: false,
  command,
  ...more,
});

function expectReadable(texts: readonly string[]): void {
  for (const text of texts) {
    expect(text).not.toBe('');
    expect(text).not.toMatch(/undefined|NaN|\s{2}|^\s/);
    expect(text.length).toBeLessThan(300);
  }
}

const things = (family: EngineFamily) => {
  const name = freshName();
  return {
    R: `${name}-run`,
    S: `${name}-new`,
    I: `${name}-img:1`,
    V: `${name}-vol`,
    L: `${name}-net`,
    P: String(20_000 + (process.pid % 9000) + (family === 'docker' ? 0 : 9000)),
    OLD,
  };
};

describe.each(await testEngines())('the real words of $name', (engine: TestEngine) => {
  const env = things(engine.name);
  beforeAll(async () => {
    const { code, err } = await runScript(
      engine.host,
      `set -e; docker network create $L; docker run -d --name $R --stop-timeout 0 --network $L -v $V:/v -p $P:80 tiny:1 sleep 1d
       printf "FROM tiny:1\\nLABEL of=$I\\n" >$T/Dockerfile; DOCKER_BUILDKIT=0 docker build -t $I $T; docker create --name $S $I true`,
      env,
    );
    if (code !== 0) throw new Error(err);
  });
  afterAll(() =>
    runScript(
      engine.host,
      'docker rm -f $R $S; docker rmi -f $I; docker network rm $L; docker volume rm $V',
      env,
    ),
  );

  const explains = (rows: readonly Provoked[]): void => {
    const here = rows.filter(([, , on]) => on === undefined || on === engine.name);
    it.each(here.map(([id, script]) => [id, script] as const))('%s: %s', async (id, script) => {
      const { out, err } = await runScript(engine.host, script, env);
      const found = explainedBy(out + err, contextOf(engine.name, script));
      expect({ id: found?.row.id, words: out + err }).toEqual({ id, words: out + err });
      expectReadable([found?.explained.meaning ?? '', found?.explained.tryThis ?? '']);
      expect(found?.explained.said).not.toBe('');
    });
  };
  explains(PROVOKED);
  if (engine.name === 'podman') explains(PROVOKED_BY_PODMAN);
  describe.skipIf(!hasOldDocker())('through an older docker client', () => explains(PROVOKED_BY_OLD_DOCKER));
});

test.each(RECORDED)('words written down elsewhere: %s: %s', (id, text) => {
  const found = explainedBy(text, contextOf('docker'));
  expect(found?.row.id).toBe(id);
  expectReadable([found?.explained.meaning ?? '', found?.explained.tryThis ?? '']);
});

test('every row is tested, and forty and more with what an engine says here', () => {
  const provoked = new Set(
    [
      ...PROVOKED,
      ...PROVOKED_BY_PODMAN,
      ...PROVOKED_BY_OLD_DOCKER,
      ...PROVOKED_BY_TLS,
      ...PROVOKED_BY_REGISTRY,
    ].map(([id]) => id),
  );
  const ids = ERROR_TABLE.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !provoked.has(id) && !RECORDED.some(([other]) => other === id))).toEqual([]);
  expect(provoked.size).toBeGreaterThanOrEqual(40);
});
