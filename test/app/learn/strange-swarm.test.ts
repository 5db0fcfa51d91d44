import { describe, expect, it } from 'vitest';
import { strangeSwarm } from '../../../src/app/learn/strange-swarm.ts';

const needs = (features: readonly 'swarm'[]): Parameters<typeof strangeSwarm>[0] => ({
  needs: { docker: '20.10', podman: null, features },
});

describe('a lesson on swarms', () => {
  it('is for reading where somebody’s swarm is', () => {
    expect(strangeSwarm(needs(['swarm']), { swarmNode: 'theirs' }, { made: ['swarm:another'] })).toEqual([
      expect.stringContaining('in a swarm already'),
    ]);
  });
  it('goes on in the swarm that it began itself', () => {
    expect(strangeSwarm(needs(['swarm']), { swarmNode: 'own' }, { made: ['swarm:own'] })).toEqual([]);
  });
  it.each([
    ['the engine is in none', needs(['swarm']), ''],
    ['a lesson needs none', needs([]), 'theirs'],
  ])('is played where %s', (_, lesson, swarmNode) => {
    expect(strangeSwarm(lesson, { swarmNode }, { made: [] })).toEqual([]);
  });
});
