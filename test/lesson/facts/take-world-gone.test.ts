import { tmpdir } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import { takeWorld } from '../../../src/lesson/facts/take-world.ts';
import type { WorldOptions } from '../../../src/lesson/facts/take-world.ts';
import { hasEngine, ownEngine } from '../../support/engines.ts';
import { check, ofContainer } from '../check-parts.ts';

const NAMES = (['docker', 'podman'] as const).filter(hasEngine);

describe.each(NAMES)('a %s that is killed', (name) => {
  it('is gone in the world, before and while facts are asked for, and there again when it is back', async () => {
    const own = await ownEngine(name);
    onTestFinished(() => own.discard());
    const engine = await connect(own.endpoint);
    onTestFinished(() => engine.close());
    const script = { script: { file: 'take-world-none.sh', input: {} } };
    const options: WorldOptions = {
      checks: [check(script), check(ofContainer('keep', { file: { path: '/etc/motd', exists: true } }))],
      began: { lesson: 0, step: 0 },
      events: [],
      registry: null,
      typed: [],
      calls: [],
      isOurs: () => () => false,
      workFolder: tmpdir(),
      scripts: { folder: tmpdir() },
      features: [],
      image: own.image,
      elsewhere: null,
      signal: new AbortController().signal,
    };
    expect(await takeWorld(engine, options)).toMatchObject({ gone: null });

    // Killed just when the lists are there: what is asked for then fails.
    const dying = await takeWorld(engine, {
      ...options,
      isOurs: () => {
        process.kill(own.pid, 'SIGKILL');
        return () => false;
      },
    });
    expect(dying.gone).toMatchObject({ why: expect.stringMatching(/./) });
    const gone = await takeWorld(engine, options);
    expect(gone).toMatchObject({ containers: [], images: [], gone: { why: expect.stringMatching(/./) } });
    expect(gone.facts.size).toBe(0);

    await own.start();
    expect(await takeWorld(engine, options)).toMatchObject({ gone: null, engine: { family: name } });
  });
});
