import { expect, test } from 'vitest';
import { selectCpuTexts, selectUsedBy } from '../../src/model/select-usage.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, after, holding, mountOf, NOW, unreadable } from './build-state.ts';

const names = (users: readonly { name: string }[] | undefined): string[] => (users ?? []).map((c) => c.name);

test('an image, a volume and a network know the containers that use them, each once', () => {
  const used = selectUsedBy(
    holding({
      container: [
        aContainer('web', { mounts: [mountOf('notes'), mountOf('notes')], networks: ['own'] }),
        aContainer('db', { mounts: [{ ...mountOf('notes'), type: 'bind' }], state: 'exited' }),
        unreadable('container', 'odd'),
      ],
    }),
  );
  expect(names(used.images.get('sha256:tiny'))).toEqual(['web', 'db']);
  expect(names(used.volumes.get('notes'))).toEqual(['web']);
  expect(names(used.networks.get('own'))).toEqual(['web']);
  expect(names(used.networks.get('bridge'))).toEqual(['db']);
});

test('what is used is worked out once while the containers stay', () => {
  const state = holding({ container: [aContainer('web')] });
  expect(selectUsedBy(after(state, { type: 'time-passed', now: NOW + 1 }))).toBe(selectUsedBy(state));
});

function sampled(state: State, cpuPercent: number | null): State {
  const sample = {
    at: NOW,
    cpuPercent,
    memory: 1,
    memoryLimit: 0,
    networkIn: 0,
    networkOut: 0,
    blockIn: 0,
    blockOut: 0,
    pids: 1,
  };
  return after(state, { type: 'stats-sampled', samples: [{ container: 'c-web', sample }] });
}

test.each([
  [null, ''],
  [0, '0.0%'],
  [12.34, '12.3%'],
  [99.96, '100%'],
  [250.4, '250%'],
])('CPU of %s reads %j', (percent, text) => {
  const state = sampled(holding({ container: [aContainer('web')] }), percent);
  expect(selectCpuTexts(state).get('c-web')).toBe(text);
});

test('a sample that reads the same gives the same texts', () => {
  const first = sampled(holding({ container: [aContainer('web')] }), 1.01);
  const texts = selectCpuTexts(first);
  expect(selectCpuTexts(sampled(first, 1.02))).toBe(texts);
  expect(selectCpuTexts(sampled(first, 2))).not.toBe(texts);
});
