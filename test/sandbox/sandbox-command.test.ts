import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Places, sandboxPlaces } from '../../src/sandbox/places.ts';
import { sandboxCommand } from '../../src/sandbox/sandbox-command.ts';
import { openSandbox, stopSandbox } from '../../src/sandbox/sandbox.ts';
import { hasEngine } from '../support/engines.ts';

let places: Places;

beforeEach(async () => {
  places = sandboxPlaces(await mkdtemp(join(tmpdir(), 'slipway-sandbox-')));
});

afterEach(async () => {
  await stopSandbox(places);
  await rm(places.state, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io = { out: (text: string) => (out += text), err: (text: string) => (err += text) };
  const code = await sandboxCommand(args, io, places);
  return { code, out, err };
}

describe('slipway sandbox', () => {
  it.each([[], ['sotp'], ['stop', 'now']])('with %s shows its usage and fails', async (...args: string[]) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain('Usage: slipway sandbox');
    if (args.length > 0) expect(err).toContain(`“${args.at(-1)}”`);
  });

  it('says that nothing runs', async () => {
    expect(await run('status')).toMatchObject({ code: 3, out: expect.stringContaining('not running') });
    expect(await run('stop')).toMatchObject({ code: 0, out: 'The sandbox was not running.\n' });
    expect(JSON.parse((await run('status', '--json')).out)).toMatchObject({
      running: false,
      data: places.data,
    });
  });
});

describe.skipIf(!hasEngine('docker'))('slipway sandbox, with one running', () => {
  it('shows it, resets it and stops it', async () => {
    await openSandbox({ places });
    const { code, out } = await run('status');
    expect(code).toBe(0);
    for (const part of [
      'is running',
      `unix://${places.socket}`,
      'leases     1',
      'for the engine',
      places.data,
    ])
      expect(out).toContain(part);
    const json = JSON.parse((await run('status', '--json')).out);
    expect(json).toMatchObject({ running: true, leases: 1, engine: 'ready' });
    expect(json.engineMemory).toBeGreaterThan(20e6);
    expect((await run('reset')).out).toMatch(/as new \(\d\.\d s\)/);
    expect(await run('stop')).toMatchObject({ code: 0, out: expect.stringContaining('has ended') });
    expect((await run('status')).code).toBe(3);
  });
});
