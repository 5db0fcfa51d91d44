import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { wipe } from '../e2e/on-engine.ts';
import { openPane } from '../e2e/terminal-pane.ts';
import { ENGINE_NAMES } from '../support/engine-host-talk.ts';
import { type OwnEngine, type TestEngine, hasEngine, ownEngine, testEngines } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { expectSame, runScript } from '../wire/run-script.ts';
import { type WireBench, openBench } from '../wire/wire-bench.ts';

const project = (web: object): string =>
  `cat >$T/compose.yaml <<'X'\n${JSON.stringify({ services: { web: { image: 'tiny:1', ...web } }, volumes: { data: {} } })}\nX
   compose() { docker compose --ansi never -p $N "$@"; }
   `;
const STAYS = project({
  command: ['sh', '-c', 'echo is up; exec sleep 1000'],
  stop_grace_period: '0s',
  volumes: ['data:/data'],
});
const ENDS = project({
  command: ['sh', '-c', 'for i in 1 2 3; do echo line $$i; sleep 0.2; done; exit 5'],
});
const DOWN = 'compose down -v --remove-orphans 2>/dev/null';
const ITS = '-q --filter label=com.docker.compose.project=$N';

/** Each is a claim, a script, and what stands in its output when it does what it is there for. */
const SCRIPTS: readonly (readonly [claim: string, lines: string, proof: RegExp])[] = [
  [
    'up, scale and down',
    `${STAYS} compose up -d; compose ps --format '{{.Name}} {{.Service}} {{.State}}'
     compose up -d --scale web=3 2>/dev/null; compose ps -q | wc -l; compose logs --no-log-prefix
     ${DOWN}; echo code $?; for kind in container volume network; do docker $kind ls ${ITS}; done | wc -l`,
    /N-web-1 web running\s+3(\s+\S*is up){3}\s+code 0\s+0/,
  ],
  [
    'exec, run and cp reach the services',
    `${STAYS} compose up -d 2>/dev/null; compose exec -T web sh -c 'echo inside; exit 4'; echo code $?
     seq 1 50000 | compose run --rm -T web sh -c 'wc -c; exit 6'; echo code $?
     echo there >$T/x; compose cp $T/x web:/x 2>/dev/null; compose exec -T web cat /x; ${DOWN}`,
    /inside\s+code 4\s+288894\s+code 6\s+there/,
  ],
  [
    'up follows until the end, and gives the exit code',
    `${ENDS} compose up --exit-code-from web --no-log-prefix 2>/dev/null; echo code $?; ${DOWN}`,
    /line 1\s+\S*line 2\s+\S*line 3[^]*code 5/,
  ],
  [
    'logs -f follows until the end',
    `${ENDS} compose up -d 2>/dev/null; compose logs -f --no-log-prefix; ${DOWN}`,
    /line 1\s+\S*line 2\s+\S*line 3/,
  ],
  [
    'up stops what it has started when it is asked to end',
    `${STAYS} docker compose -p $N up >$T/o 2>&1 & up=$!
     until docker logs $N-web-1 2>/dev/null | grep -q up || ! kill -0 $up; do sleep 0.05; done; kill $up; wait $up; echo code $?
     docker inspect -f '{{.State.Running}}' $N-web-1; ${DOWN}`,
    /code \d+\s+false/,
  ],
];

describe.each(await testEngines())('compose v2 through the wire to $name', (engine: TestEngine) => {
  let bench: WireBench;
  beforeAll(async () => void (bench = await openBench(engine.endpoint, engine.host)));
  afterAll(() => bench[Symbol.asyncDispose]());

  test.each(SCRIPTS)('%s: the same as without it', { timeout: 60_000 }, async (_claim, lines, proof) => {
    await expectSame([engine.host, bench.host], lines, proof);
  });

  it('what it makes has the label', { timeout: 60_000 }, async () => {
    const { out } = await runScript(
      bench.host,
      `${STAYS} compose up -d --scale web=3 2>/dev/null; compose run -d web >/dev/null 2>&1
       for kind in container volume network; do docker $kind ls ${ITS} --filter label=slipway.run=run-1 | wc -l; done; ${DOWN}`,
    );
    expect(out.trim().split(/\s+/)).toEqual(['4', '1', '1']);
  });

  it('leaves no call open and no problem told', async () => {
    await until(() => bench.calls().every(({ endedAfter }) => endedAfter !== null));
    expect(bench.calls().filter(({ problem }) => problem !== '')).toEqual([]);
  });
});

for (const name of ENGINE_NAMES) {
  describe.skipIf(!hasEngine(name))(`compose v2 in the terminal pane, on ${name},`, () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine(name);
    });
    afterAll(async () => {
      await wipe(engine);
      await engine.discard();
    });

    it('shows its row and its calls, and takes the row away', { timeout: 60_000 }, async () => {
      const files = {
        'shop/compose.yaml': 'services: {web: {image: tiny:1, command: sleep 1000, stop_grace_period: 0s}}',
      };
      await using pane = await openPane(engine.host, { columns: 160, rows: 50, files });
      pane.type('docker compose -f ~/shop/compose.yaml up -d');
      await pane.slipway.until(/● +shop-web-1 .*Up/);
      await pane.slipway.until('It starts the container shop-web-1.');
      await pane.slipway.until(
        /POST .*networks\/create .*✓ 201[^]*POST .*create\?name.*✓ 201[^]*start ✓ 204/,
      );
      await pane.slipway.until(/•shop_default/);
      pane.type('docker compose -f ~/shop/compose.yaml down');
      await pane.slipway.untilGone(/shop-web-1 .*Up/);
    });
  });
}
