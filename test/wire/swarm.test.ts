import { describe, expect, it } from 'vitest';
import { hasEngine, ownEngine } from '../support/engines.ts';
import { runScript } from './run-script.ts';
import { openBench } from './wire-bench.ts';

describe.skipIf(!hasEngine('docker'))('through the wire to a swarm', () => {
  it('a service has the label, and what is in a secret is not kept', { timeout: 60_000 }, async () => {
    const engine = await ownEngine('docker');
    try {
      await using bench = await openBench(engine.endpoint, engine.host);
      const { out, err } = await runScript(
        bench.host,
        `docker swarm init --advertise-addr 127.0.0.1 >/dev/null; printf swordfish | docker secret create $N - >/dev/null
         docker service create -d --no-resolve-image --name $N --secret $N --label a=b tiny:1 sleep 1000 >/dev/null
         docker service inspect -f '{{.Spec.Labels}}' $N; docker service rm $N >/dev/null; docker swarm leave --force >/dev/null`,
      );
      expect({ out, err }).toEqual({ out: 'map[a:b slipway.run:run-1]\n', err: '' });
      const told = JSON.stringify(bench.told);
      for (const secret of ['swordfish', btoa('swordfish'), 'SWMTKN']) expect(told).not.toContain(secret);
    } finally {
      await engine.discard();
    }
  });
});
