import { describe, expect, test } from 'vitest';
import { bulkCommandLine } from '../../src/engine/command-line.ts';
import { pruneCommands, wouldPrune } from '../../src/model/prune.ts';
import type { State } from '../../src/model/state.ts';
import {
  aContainer,
  ANONYMOUS,
  anImage,
  aNetwork,
  aVolume,
  holding,
  mountOf,
  pressed,
  type Held,
} from './build-state.ts';

const HELD: Held = {
  container: [
    aContainer('web', { mounts: [mountOf('used')], networks: ['used'] }),
    aContainer('old', { state: 'exited', exitCode: 0, imageId: 'sha256:old', networks: [] }),
    aContainer('made', { state: 'created', networks: [] }),
    aContainer('held', { state: 'paused' }),
    aContainer('gone', { state: 'dead' }),
  ],
  image: [
    anImage('tiny:1'),
    anImage('old:1'),
    anImage('unused:1'),
    anImage('', { id: 'sha256:0123456789abcdef' }),
  ],
  volume: [aVolume('used'), aVolume('notes'), aVolume(ANONYMOUS, { anonymous: true })],
  network: [aNetwork('bridge', { builtIn: true }), aNetwork('used'), aNetwork('idle')],
};
const DOCKER_20 = holding(HELD);
const DOCKER_23 = holding({ ...HELD, apiVersion: '1.42' });
const PODMAN = holding({ ...HELD, family: 'podman' });
const line = (state: State, ...args: [Parameters<typeof pruneCommands>[1], boolean]): string =>
  bulkCommandLine(pruneCommands(state, ...args), state.engine!.family);

describe('a prune', () => {
  test('takes containers that do not run', () => {
    expect(wouldPrune(DOCKER_20, 'container', false)).toEqual([
      'old  (exited)',
      'made  (created)',
      'gone  (dead)',
    ]);
  });
  test('takes images without a name, or all that no container uses', () => {
    expect(wouldPrune(DOCKER_20, 'image', false)).toEqual(['0123456789ab  1.9 MB']);
    expect(wouldPrune(DOCKER_20, 'image', true)).toEqual(['unused:1  1.9 MB', '0123456789ab  1.9 MB']);
  });
  test('takes volumes without a name, or all that no container uses', () => {
    expect(wouldPrune(DOCKER_20, 'volume', false)).toEqual([ANONYMOUS]);
    expect(wouldPrune(DOCKER_20, 'volume', true)).toEqual(['notes', ANONYMOUS]);
  });
  test('takes networks that are not the engine’s own and not used', () => {
    expect(wouldPrune(DOCKER_20, 'network', false)).toEqual(['idle']);
  });
  test.each([
    ['docker 20', DOCKER_20, false, `docker volume rm ${ANONYMOUS}`],
    ['docker 20', DOCKER_20, true, `docker volume rm notes ${ANONYMOUS}`],
    ['docker 23', DOCKER_23, false, 'docker volume prune -f'],
    ['docker 23', DOCKER_23, true, 'docker volume prune -f -a'],
    ['podman', PODMAN, false, `podman volume rm ${ANONYMOUS}`],
    ['podman', PODMAN, true, 'podman volume prune -f'],
  ] as const)('of volumes on %s (%#) asks for no more than it listed', (_, state, all, asked) => {
    expect(line(state, 'volume', all)).toBe(asked);
  });
  test('of the others is one command', () => {
    expect(line(DOCKER_20, 'container', false)).toBe('docker container prune -f');
    expect(line(DOCKER_20, 'image', true)).toBe('docker image prune -f -a');
    expect(line(PODMAN, 'network', false)).toBe('podman network prune -f');
  });
});

describe('the question before it', () => {
  const asking = (state: State, pane: string) => {
    const overlay = pressed(state, pane, 'X').state.overlays.at(-1);
    if (overlay?.kind !== 'choice') throw new Error('no choice');
    return overlay.choice;
  };
  test('has Cancel chosen, lists what would go, and offers only what would do something', () => {
    const choice = asking(DOCKER_20, '3');
    expect(choice.options[0]).toMatchObject({ label: 'Cancel', outcome: null });
    expect(choice.body).toContain('  notes');
    const nothing = asking(holding({ volume: [] }), '3');
    expect(nothing.options.map((o) => o.label)).toEqual(['Cancel']);
    expect(nothing.body.every((text) => text.endsWith('nothing'))).toBe(true);
  });
  test('asks the engine for nothing when Enter is pressed at once', () => {
    for (const pane of ['1', '2', '3', '4'])
      expect(pressed(DOCKER_20, pane, 'X', 'enter').effects).toEqual([]);
  });
  test('names six, and counts the rest', () => {
    const volume = Array.from({ length: 9 }, (_, i) => aVolume(`v${i}`));
    expect(asking(holding({ volume }), '3').body).toContain('  … and 3 more');
  });
  test('offers the build cache to docker only', () => {
    const labels = (state: State): string =>
      asking(state, '2')
        .options.map((o) => o.label)
        .join();
    expect(labels(DOCKER_20)).toContain('build cache');
    expect(labels(PODMAN)).not.toContain('build cache');
  });
});
