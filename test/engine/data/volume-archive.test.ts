import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import { checkArchive } from '../../../src/engine/data/check-archive.ts';
import { tapped } from '../../../src/engine/data/tapped.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { isOwnHelper } from '../../../src/engine/own-helper.ts';
import { EMPTY_RUN_SPEC } from '../../../src/engine/run-line.ts';
import { testEngines } from '../../support/engines.ts';
import { until } from '../../support/until.ts';

/** Names, kinds, modes, owners, times, link targets and checksums of all that is in a volume. */
const LISTING = `cd /v && find . | sort | while read -r f; do
  stat -c '%n %F %a %u %g' "$f"; [ -L "$f" ] && readlink "$f"; [ -f "$f" ] && [ ! -L "$f" ] && sha256sum "$f" | cut -c1-64; done; true`;
const MAKE = `cd /v && mkdir -p empty dev sub/deep proc && echo hello > a.txt && chown 1000:1001 a.txt && chmod 640 a.txt
  chmod 2770 sub && chown 5:6 sub && ln -s /etc/passwd out && ln -s deep sub/in && ln a.txt hard && echo x > dev/x && echo y > proc/y
  head -c 3000000 /dev/urandom > big && echo z > "na me ü" && chmod 751 . && chown 33:44 .
  echo long > $(printf 'l%.0s' $(seq 1 150))`;

describe.each(await testEngines())('a volume on $name', ({ endpoint, image }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect(endpoint);
  });
  afterAll(() => engine.close());

  async function newVolume(): Promise<string> {
    const name = `slipway-data-${randomBytes(4).toString('hex')}`;
    await engine.carryOut({ do: 'create-volume', name, driver: '' });
    onTestFinished(async () => {
      await engine.carryOut({ do: 'remove-volume', volume: { id: name, name }, force: false });
    });
    return name;
  }

  async function inside(volume: string, script: string): Promise<string> {
    const mounts = [{ source: volume, target: '/v', readOnly: false }];
    // In one piece: podman’s log mixes up lines that are written in parts.
    const command = ['sh', '-c', `{ ${script}\n} > /tmp/all; cat /tmp/all`];
    const { affected } = await engine.carryOut({
      do: 'run',
      spec: { ...EMPTY_RUN_SPEC, image, command, mounts },
    });
    const id = affected[0]!;
    await until(async () =>
      (await engine.list('container', [id])).some((c) => c.kind === 'container' && c.state === 'exited'),
    );
    let text = '';
    const signal = new AbortController().signal;
    for await (const lines of engine.logs(id, { tail: 1000, follow: false, signal }))
      text += lines.map((line) => `${line.text}\n`).join('');
    await engine.carryOut({
      do: 'remove-container',
      container: { id, name: id },
      force: true,
      volumes: false,
    });
    return text;
  }

  async function helpers(volume: string): Promise<number> {
    const all = await engine.list('container');
    return all.filter(
      (c) => c.kind === 'container' && isOwnHelper(c) && c.mounts.some((m) => m.name === volume),
    ).length;
  }

  it('is the same after it went through an archive: modes, owners, links, empty folders, a large file', async () => {
    const [from, to] = [await newVolume(), await newVolume()];
    await inside(from, MAKE);
    const check = checkArchive();
    await engine.data.readVolume({ volume: from, image }, async (archive) => {
      const passing = tapped((bytes) => check.write(bytes));
      const filled = engine.data.fillVolume(
        { volume: to, image },
        { archive: passing, root: () => check.end().root },
      );
      await Promise.all([pipeline(archive, passing), filled]);
    });
    const listing = await inside(from, LISTING);
    expect(listing).toContain('./proc/y');
    expect(listing).toContain('. directory 751 33 44');
    expect(await inside(to, LISTING)).toBe(listing);
    expect(await helpers(from)).toBe(0);
    expect(await helpers(to)).toBe(0);
  });

  it('that is not there is not made by reading it', async () => {
    const at = { volume: `slipway-none-${randomBytes(4).toString('hex')}`, image };
    await expect(engine.data.readVolume(at, () => Promise.resolve())).rejects.toMatchObject({
      kind: 'not-found',
    });
    const volumes = await engine.list('volume');
    expect(volumes.map((v) => v.name)).not.toContain(at.volume);
  });

  it('is free again when reading it was stopped in the middle', async () => {
    const volume = await newVolume();
    await inside(volume, 'head -c 20000000 /dev/zero > /v/big');
    const stop = new AbortController();
    const read = engine.data.readVolume({ volume, image, signal: stop.signal }, async (archive) => {
      for await (const _ of archive) stop.abort();
    });
    await expect(read).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await helpers(volume)).toBe(0);
  });
});
