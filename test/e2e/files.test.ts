import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasEngine, ownEngine } from '../support/engines.ts';
import { runContainer, withEngine } from './on-engine.ts';
import { openSlipway } from './open-slipway.ts';

const SCRIPT =
  'mkdir -p /srv/notes; echo hello from inside >/srv/notes/readme; head -c 300000 /dev/urandom >/srv/notes/big; exec sleep 600';

const sum = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.each((['docker', 'podman'] as const).filter(hasEngine))('on %s', (name) => {
  it('files are browsed, read, copied out and in, and asked about before they are overwritten', async () => {
    const engine = await ownEngine(name);
    await runContainer(engine, 'web', { command: ['sh', '-c', SCRIPT] });
    const here = await mkdtemp(join(tmpdir(), 'slipway-files-'));
    onTestFinished(() => rm(here, { recursive: true, force: true }));
    await using slipway = await openSlipway(engine.host, { ready: 'web', columns: 120, rows: 40 });

    slipway.press('f');
    await slipway.until(/srv\//);
    slipway.press('/');
    slipway.type('srv\n');
    await slipway.untilGone(/etc\//);
    slipway.press('enter');
    await slipway.until(/notes\//);
    slipway.press('enter');
    await slipway.until(/readme +18 B/);
    slipway.press('end', 'enter');
    await slipway.until('hello from inside');
    expect(slipway.screen()).toContain('web:/srv/notes/readme');
    slipway.press('esc');
    await slipway.untilGone('hello from inside');

    slipway.press('home', 'c', 'ctrl-u');
    slipway.type(`${here}/copy`);
    await slipway.until(`cp web:/srv/notes/big ${here}/copy`);
    slipway.press('enter');
    await slipway.until(/✓ \w+ cp web:\/srv\/notes\/big/);
    const copy = await readFile(join(here, 'copy'));
    expect(copy.length).toBe(300_000);

    slipway.press('c', 'ctrl-u');
    slipway.type(`${here}/copy\n`);
    await slipway.until('Overwrite it?');
    slipway.press('enter');
    await slipway.untilGone('Overwrite it?');

    await writeFile(join(here, 'mine'), randomBytes(500_000));
    slipway.press('p');
    slipway.type(`${here}/mine\n`);
    await slipway.until(/mine +500 kB/);
    const inside = await withEngine(engine, (api) =>
      api.files.copyOut(
        { of: 'container', id: 'web' },
        '/srv/notes/mine',
        { signal: AbortSignal.timeout(10_000) },
        async (archive) => Buffer.concat(await archive.toArray()),
      ),
    );
    expect(sum(inside.subarray(512, 512 + 500_000))).toBe(sum(await readFile(join(here, 'mine'))));
    slipway.press('esc');
    await slipway.until(/backspace up/i);
    slipway.press('h');
    await slipway.until(/notes\//);
  });
});
