import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import { sandboxAbility } from '../../src/sandbox/ability.ts';
import { keepEngine } from '../../src/sandbox/kept-engine.ts';
import { makePlaces, removeRun, sandboxPlaces } from '../../src/sandbox/places.ts';
import { hasEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { runSpec } from './run-spec.ts';

it.skipIf(!hasEngine('docker'))(
  'a sandbox that holds more than it may warns first, then stops its containers and says so',
  { timeout: 60_000 },
  async () => {
    const places = sandboxPlaces(await mkdtemp(join(tmpdir(), 'slipway-disk-')));
    await makePlaces(places);
    const ability = await sandboxAbility('docker');
    if (!ability.can) throw new Error(ability.why);
    const told: string[] = [];
    const kept = await keepEngine(places, {
      way: ability.way,
      limits: { memory: 512 * 1024 ** 2, pids: 500 },
      diskLimit: 40e6,
      lookEvery: 100,
      onStep: () => {},
      onWarning: (text) => told.push(text),
      signal: new AbortController().signal,
    });
    onTestFinished(async () => {
      await kept.close(true);
      await removeRun(places);
      await rm(places.state, { recursive: true, force: true });
    });
    const engine = await connect({ via: 'unix', path: places.socket });
    onTestFinished(() => engine.close());
    const warnings = async () => (await kept.status()).warnings.join('\n');
    const fill = (name: string) => runSpec('head -c 34000000 /dev/zero > /big; sleep 1000', { name });
    await engine.carryOut({ do: 'run', spec: fill('first') });
    await until(async () => /holds 3\d\.\d MB of 40\.0 MB/.test(await warnings()));
    expect(await warnings()).toContain('at the limit its containers stop');
    await engine.carryOut({ do: 'run', spec: fill('second') });
    await until(async () => (await warnings()).includes('its containers were stopped'));
    const states = (await engine.list('container')).map((row) => row.kind === 'container' && row.state);
    expect(states).toEqual(['exited', 'exited']);
    expect(told).toEqual([
      expect.stringContaining('at the limit its containers stop'),
      expect.stringContaining('its containers were stopped'),
    ]);
  },
);
