import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEngine, testEngines } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { comparable, expectSame, runScript } from './run-script.ts';
import { type WireBench, openBench } from './wire-bench.ts';

/** Debian's own client: up to 20.10 it speaks to BuildKit without a plugin. */
function buildKitClient(): string | null {
  for (const client of ['docker', '/usr/bin/docker']) {
    const major = Number(/version (\d+)/.exec(said(client, '--version'))?.[1] ?? 0);
    if ((major > 0 && major < 23) || /buildx/.test(said(client, 'buildx', 'version'))) return client;
  }
  return null;
}

function said(...[file, ...args]: [string, ...string[]]): string {
  try {
    return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    // Not there, or it has no such command: both are a no.
    return '';
  }
}

const BUILDKIT = buildKitClient();
const HAS_COMPOSE = said('docker-compose', '--version') !== '';
const loud = (missing: string): void => console.error(`!!! NOT TESTED THROUGH THE WIRE: ${missing} !!!`);
if (BUILDKIT === null) loud('BuildKit: no docker client with it is here (Debian 12: docker.io)');
if (!HAS_COMPOSE) loud('compose up, scale and down (Debian 12: docker-compose)');

const COMPOSE = `printf 'version: "3"\\nservices:\\n  web:\\n    image: tiny:1\\n    command: sleep 1000\\n    stop_grace_period: 0s\\n    volumes: [data:/data]\\nvolumes:\\n  data: {}\\n' >$T/docker-compose.yml
  compose() { docker-compose --no-ansi -p $N "$@"; }`;

describe.each(await testEngines())('other clients through the wire to $name', (engine: TestEngine) => {
  let bench: WireBench;
  beforeAll(async () => void (bench = await openBench(engine.endpoint, engine.host)));
  afterAll(() => bench[Symbol.asyncDispose]());

  const same = (lines: string, proof: RegExp, env: Record<string, string> = {}): Promise<void> =>
    expectSame([engine.host, bench.host], lines, proof, env);

  it('a program that reads nothing of much input still ends, and leaves nothing open', async () => {
    const lines = 'seq 1 2000000 | docker run -i --rm --name $N tiny:1 echo done';
    const { out } = await runScript(bench.host, lines);
    // Podman 4.3 resets such a connection, with the wire and without: of 25 runs 2 lost their output either way.
    if (engine.name === 'docker') expect(out).toBe('done\n');
    await until(() => bench.calls().every(({ endedAfter }) => endedAfter !== null));
  });

  if (BUILDKIT !== null && engine.name === 'docker')
    it('BuildKit builds with a secret, over a session of its own', async () => {
      const lines = `printf 'FROM tiny:1\\nARG NPM_TOKEN\\nRUN --mount=type=secret,id=s wc -c /run/secrets/s > /note\\nCOPY big /big\\n' >$T/Dockerfile
        printf 12345 >$T/s; seq 1 300000 >$T/big
        ${BUILDKIT} build -q --no-cache --secret id=s,src=$T/s --build-arg NPM_TOKEN=hunter2 -t $N $T >$T/out 2>&1; echo code $?
        docker run --rm --name $N $N sh -c 'cat /note; wc -c /big'; docker rmi -f $N >/dev/null`;
      await same(lines, /code 0\s+5.*1988895/s, { DOCKER_BUILDKIT: '1' });
      const calls = bench.calls();
      expect(calls).toContainEqual(
        expect.objectContaining({ path: '/session', mode: 'upgraded', status: 101 }),
      );
      // Buildx speaks to the builder itself, in HTTP/2: what it says there nobody reads.
      const build = calls.find(({ path }) => path === '/build' || path === '/grpc');
      expect(build).toMatchObject({ masked: build?.path === '/build', problem: '' });
      expect(JSON.stringify(bench.told)).not.toMatch(/hunter2|12345/);
    });

  if (HAS_COMPOSE)
    it('compose goes up, scales and goes down', { timeout: 90_000 }, async () => {
      const lines = `${COMPOSE}
        compose up -d 2>/dev/null; compose ps -q | wc -l; compose up -d --scale web=3 2>/dev/null; compose ps -q | wc -l
        compose exec -T web echo inside; docker ps -q --filter label=slipway.run=run-1 --filter name=$N | wc -l >$T/mine
        compose down -v 2>/dev/null; echo code $?; docker volume ls -q --filter name=$N | wc -l; test $(cat $T/mine) = 3 && echo labelled >&2`;
      const direct = comparable(await runScript(engine.host, lines));
      const through = comparable(await runScript(bench.host, lines));
      expect(direct.out).toMatch(/1\s+3\s+inside\s+code 0\s+0/);
      expect(through.out).toBe(direct.out);
      expect(through.err).toBe(`${direct.err}labelled\n`);
    });

  if (engine.name === 'podman') {
    it('podman’s own client runs, attaches, and gives exit codes', () =>
      same(
        `seq 1 20000 | podman --remote run --rm -i --name $N tiny:1 sh -c 'wc -c; exit 5'; echo code $?
         podman --remote run -d --name $N tiny:1 sleep 1000 >/dev/null; podman --remote exec $N sh -c 'echo in; exit 4'; echo code $?
         podman --remote ps --format '{{.Names}}' --filter name=$N; podman --remote rm -f -t 0 $N >/dev/null; podman --remote inspect $N; echo code $?`,
        /108894\s+code 5\s+in\s+code 4\s+N.*code 125/s,
      ));

    it('what podman’s own client creates gets the label beside those it has', async () => {
      const { out } = await runScript(
        bench.host,
        `podman --remote volume create $N-1 >/dev/null; podman --remote volume create --label a=b $N-2 >/dev/null
         podman --remote network create --label a=b $N >/dev/null; podman --remote create --name $N --label a=b tiny:1 true >/dev/null
         podman --remote pod create --infra=false --name $N-p >/dev/null
         podman --remote volume inspect $N-1 $N-2 --format '{{.Labels}}'; podman --remote network inspect $N --format '{{.Labels}}'
         podman --remote inspect $N --format '{{index .Config.Labels "slipway.run"}} {{.Config.Labels.a}}'; podman --remote pod inspect $N-p --format '{{.Labels}}'
         podman --remote rm $N >/dev/null; podman --remote pod rm $N-p >/dev/null; podman --remote network rm $N >/dev/null; podman --remote volume rm $N-1 $N-2 >/dev/null`,
      );
      expect(out.split('\n')).toEqual([
        'map[slipway.run:run-1]',
        'map[a:b slipway.run:run-1]',
        'map[a:b slipway.run:run-1]',
        'run-1 b',
        'map[slipway.run:run-1]',
        '',
      ]);
    });
  }
});
