import { describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import { testEngines } from '../support/engines.ts';

/** Of Debian 12, which every `npm test` uses; compared as numbers by their first part. */
const OLDER = { docker: 20, podman: 4 };

describe.each(await testEngines())('the newer $name', ({ name, endpoint }) => {
  it('is newer', async () => {
    const engine = await connect(endpoint);
    const { version } = await engine.about().finally(() => engine.close());
    process.stdout.write(`${name} ${version}, API ${engine.apiVersion}\n`);
    expect(Number.parseInt(version)).toBeGreaterThan(OLDER[name]);
  });
});
