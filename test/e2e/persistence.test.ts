import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasEngine, ownEngine } from '../support/engines.ts';
import { runContainer } from './on-engine.ts';
import { openSlipway } from './open-slipway.ts';

const WRITING = 'echo kept > /data/file; trap "exit 0" TERM; while :; do sleep 0.1; done';

describe.each((['docker', 'podman'] as const).filter(hasEngine))('the data on a real %s', (name) => {
  it('is shown with what it survives, backed up, and restored with the same checksum', async () => {
    const engine = await ownEngine(name);
    onTestFinished(() => engine.discard());
    const folder = await mkdtemp(join(tmpdir(), 'slipway-persist-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const mounts = [
      { source: 'notes', target: '/data', readOnly: false },
      { source: '', target: '/scratch', readOnly: false },
    ];
    await runContainer(engine, 'web', { mounts, command: ['sh', '-c', WRITING] });
    await using slipway = await openSlipway(engine.host, { columns: 120, rows: 40 });

    slipway.press('1', 'd');
    await slipway.until(/own layer +\d/);
    await slipway.until(/survives stop, restart, engine restart, host reboot; not rm, rm/);
    slipway.press('D');
    await slipway.until(/own layer +[\d.]+ k?B +web +yes +yes +no +no +yes +yes/);
    await slipway.until(/volume notes +5 B +web +yes +yes +yes +yes +yes +yes/);
    await slipway.until(/no-name volume \S+ +\d+ B +web +yes +yes +yes +no +yes +yes/);
    slipway.press('esc');
    await slipway.untilGone('Where data lives');

    const first = join(folder, 'first.tar');
    slipway.press('3', '/');
    slipway.type('notes\n');
    slipway.press('b');
    await slipway.until('Back up a volume');
    slipway.press('ctrl-e', 'ctrl-u');
    slipway.type(`${first}\n`);
    await slipway.until('✓ done');
    slipway.press('esc');
    await slipway.untilGone('✓ done');
    slipway.press('r');
    await slipway.until('Restore a volume');
    slipway.type(first);
    slipway.press('tab', 'ctrl-e', 'ctrl-u');
    slipway.type('again\n');
    await slipway.until(/✓ done[^]*its checksum says/);
    slipway.press('esc');
    await slipway.untilGone('✓ done');

    const second = join(folder, 'second.tar');
    slipway.press('3', '/', 'ctrl-u');
    slipway.type('again\n');
    slipway.press('b');
    await slipway.until('Back up a volume');
    slipway.press('ctrl-e', 'ctrl-u');
    slipway.type(`${second}\n`);
    await slipway.until('✓ done');
    expect(await digest(second)).toBe(await digest(first));
  }, 60_000);
});

async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
