import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import { loadBundledImage } from '../../src/sandbox/bundled-images.ts';
import { WEB_IMAGE } from '../../src/sandbox/web-image.ts';
import { testEngines } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { runSpec } from './run-spec.ts';

const engines = await testEngines();

describe.each(engines)('web:1 on $name', (test) => {
  it('serves its page to whoever asks, says so in its log, and ends at once when it is asked to', async () => {
    const engine = await connect(test.endpoint);
    await loadBundledImage(engine, WEB_IMAGE);
    const { affected } = await engine.carryOut({
      do: 'run',
      spec: { ...runSpec(''), image: WEB_IMAGE, command: [] },
    });
    const id = affected[0] ?? '';
    const docker = (...words: string[]) => {
      const { stdout, stderr } = spawnSync('docker', ['-H', test.host, ...words], { encoding: 'utf8' });
      return stdout + stderr;
    };
    await until(() => docker('exec', id, 'wget', '-O', '-', 'http://127.0.0.1/').includes('from a box'));
    expect(docker('logs', id)).toContain('GET / HTTP/1.1');
    const since = performance.now();
    docker('stop', '-t', '20', id);
    expect(performance.now() - since).toBeLessThan(10_000);
    const [stopped] = await engine.list('container', [id]);
    expect(stopped).toMatchObject({ state: 'exited', exitCode: 0 });
    await engine.carryOut({
      do: 'remove-container',
      container: { id, name: '' },
      force: true,
      volumes: true,
    });
    engine.close();
  });
});
