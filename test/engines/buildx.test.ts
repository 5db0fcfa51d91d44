import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openPane } from '../e2e/terminal-pane.ts';
import { hasEngine, ownEngine, type TestEngine, testEngines } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { expectSame, runScript } from '../wire/run-script.ts';
import { type WireBench, openBench } from '../wire/wire-bench.ts';

const dockerfile = (...lines: string[]): string =>
  `cat >$T/Dockerfile <<'X'\nFROM tiny:1\n${lines.join('\n')}\nX\n`;

const prints = (text: number) => ({ 'dockerfile-inline': `FROM tiny:1\nRUN echo ${text} >/n` });

/** Each is a claim, a script, and what stands in its output when it does what it is there for. */
const SCRIPTS: readonly (readonly [claim: string, lines: string, proof: RegExp])[] = [
  [
    'a build has its secret and its argument, and the next one has its steps in the cache',
    `${dockerfile('ARG A', 'RUN --mount=type=secret,id=s wc -c </run/secrets/s >/n; echo $A >>/n', 'COPY big /')}
     printf 12345 >$T/s; seq 1 300000 >$T/big; build() { docker build --secret id=s,src=$T/s --build-arg A=b -t $N $T "$@"; }
     build -q --no-cache; echo code $?; build --progress plain 2>&1 | grep -o CACHED | sort -u
     docker run --rm --name $N $N sh -c 'cat /n; wc -c /big'; docker rmi -f $N >/dev/null`,
    /code 0\s+CACHED\s+5\s+b\s+1988895/,
  ],
  [
    'a build that fails gives the code of its step',
    `${dockerfile('RUN exit 3')}
     docker build --no-cache $T 2>$T/e; echo code $?; grep -o -m 1 'exit code: 3' $T/e`,
    /code 1\s+exit code: 3/,
  ],
  [
    '30 MB come back as files, and as an archive',
    `mkdir $T/c; ${dockerfile('FROM scratch', 'COPY big /')} mv $T/Dockerfile $T/c
     head -c 30000000 /dev/urandom >$T/c/big; tar c -C $T/c . | docker build -q -o $T/made -; cmp $T/c/big $T/made/big && echo same
     docker build -q -o - $T/c | tar x -O big | cmp - $T/c/big && echo same again`,
    /same\s+same again/,
  ],
  [
    'bake builds two at once',
    `cat >$T/docker-bake.json <<'X'\n${JSON.stringify({ target: { t1: prints(1), t2: prints(2) } })}\nX
     docker buildx bake -f $T/docker-bake.json --set t1.tags=$N-1 --set t2.tags=$N-2 t1 t2 2>/dev/null; echo code $?
     for n in 1 2; do docker run --rm $N-$n cat /n; done; docker rmi -f $N-1 $N-2 >/dev/null`,
    /code 0\s+1\s+2/,
  ],
  [
    'a build that is broken off ends',
    `${dockerfile('RUN echo $((6 * 7)) is up; sleep 1000')}
     docker build --no-cache --progress plain $T >$T/o 2>&1 & build=$!
     until grep -qs '42 is up' $T/o || ! kill -0 $build; do sleep 0.05; done; kill $build; wait $build; echo code $?; grep -o -m 1 '42 is up' $T/o`,
    /code [1-9]\d*\s+42 is up/,
  ],
  [
    'builders are listed, and looked at',
    'docker buildx ls; docker buildx inspect; docker buildx du >/dev/null; echo code $?',
    /running.*Driver: +docker\b.*code 0/s,
  ],
  [
    'compose builds, too',
    `${dockerfile('ARG A', 'RUN echo built $A >/n', 'CMD cat /n')}
     printf 'services: {one: {build: {context: ., args: {A: b}}}}' >$T/compose.yaml
     docker compose -p $N build >/dev/null 2>&1; echo code $?; docker compose -p $N run --rm one 2>/dev/null; docker compose -p $N down --rmi local 2>/dev/null`,
    /code 0\s+built b/,
  ],
];

describe.each(await testEngines())('buildx through the wire to $name', (engine: TestEngine) => {
  let bench: WireBench;
  beforeAll(async () => void (bench = await openBench(engine.endpoint, engine.host)));
  afterAll(() => bench[Symbol.asyncDispose]());

  if (engine.name === 'podman') {
    // It would start a container of moby/buildkit instead.
    it('finds no BuildKit, as without the wire', () =>
      expectSame(
        [engine.host, bench.host],
        'docker buildx inspect 2>&1; echo code $?',
        /Driver: +docker-container/,
      ));
    return;
  }

  test.each(SCRIPTS)('%s: the same as without it', { timeout: 60_000 }, async (_claim, lines, proof) => {
    await expectSame([engine.host, bench.host], lines, proof);
  });

  it('speaks HTTP/2 to BuildKit, of which nothing is kept', async () => {
    await runScript(
      bench.host,
      `${dockerfile('ARG NPM_TOKEN', 'RUN --mount=type=secret,id=s test -s /run/secrets/s')}
       printf swordfish >$T/s; docker build -q --no-cache --secret id=s,src=$T/s --build-arg NPM_TOKEN=hunter2 $T`,
    );
    const upgraded = bench.calls().filter(({ path }) => path === '/grpc' || path === '/session');
    expect(new Set(upgraded.map(({ path }) => path))).toEqual(new Set(['/grpc', '/session']));
    for (const call of upgraded)
      expect(call).toMatchObject({ mode: 'upgraded', status: 101, request: null, response: null });
    expect(JSON.stringify(bench.told)).not.toMatch(/hunter2|swordfish/);
  });

  it('leaves no call open and no problem told', async () => {
    await until(() => bench.calls().every(({ endedAfter }) => endedAfter !== null));
    expect(bench.calls().filter(({ problem }) => problem !== '')).toEqual([]);
  });
});

describe.skipIf(!hasEngine('docker'))('buildx in the terminal pane', () => {
  it('shows its progress, its image and what it says to BuildKit', { timeout: 60_000 }, async () => {
    const engine = await ownEngine('docker');
    try {
      const files = { 'shop/Dockerfile': 'FROM tiny:1\nRUN echo built >/n\n' };
      await using pane = await openPane(engine.host, { columns: 160, rows: 50, files });
      pane.type('docker build -t shop:1 ~/shop');
      await pane.until(/\[\+\] Building .*FINISHED[^]*\[2\/2\] RUN echo built[^]*me> *$/m);
      await pane.slipway.until(/•shop:1 /);
      await pane.slipway.until(/POST +\/grpc .*⇄ 101[^]*POST +\/session .*⇄ 101/);
      expect(pane.status()).not.toContain('✗');
    } finally {
      await engine.discard();
    }
  });
});

describe.skipIf(!hasEngine('podman'))('docker build in the terminal pane, on podman,', () => {
  it('builds without BuildKit, which would have to be fetched', { timeout: 60_000 }, async () => {
    const engine = await ownEngine('podman');
    try {
      const files = { 'shop/Dockerfile': 'FROM tiny:1\nRUN echo built >/n\n' };
      await using pane = await openPane(engine.host, { columns: 160, rows: 50, files });
      pane.type('docker build -t shop:1 ~/shop');
      await pane.slipway.until(/•\S*shop:1 /);
    } finally {
      await engine.discard();
    }
  });
});
