import { describe, expect, it } from 'vitest';
import type { Everything } from '../../../src/lesson/fence/baseline.ts';
import { mayTouch } from '../../../src/lesson/prove/may-touch.ts';
import { aContainer, aNetwork, anImage, aVolume } from '../../model/build-state.ts';

const BOX = `ab12${'0'.repeat(60)}`;
const THERE: Everything = {
  container: [aContainer('keep', { id: BOX })],
  image: [anImage('tiny:1')],
  volume: [aVolume('notes')],
  network: [aNetwork('lan'), aNetwork('bridge', { builtIn: true })],
  service: [],
  swarm: [],
};

const touches = (method: string, path: string, body?: string, cut = false, status = 200): boolean =>
  mayTouch({ method, path, status, request: body === undefined ? null : { text: body, cut } }, THERE);

describe('a call', () => {
  it.each([
    ['GET', '/containers/keep/json'],
    ['HEAD', '/containers/keep/archive'],
    ['POST', '/containers/other/start'],
    ['DELETE', '/containers/other'],
    ['POST', '/libpod/containers/other/exec'],
    ['POST', '/exec/123/start'],
    ['POST', '/commit'],
    ['POST', '/images/tiny:1/tag'],
    ['DELETE', '/volumes/other'],
  ])('that only looks, or is about something new, touches nothing: %s %s', (method, path) => {
    expect(touches(method, path)).toBe(false);
  });
  it.each([
    ['POST', '/containers/keep/exec'],
    ['POST', `/containers/${BOX}/stop`],
    ['DELETE', '/containers/ab12'],
    ['POST', '/libpod/containers/keep/restart'],
    ['PUT', '/containers/keep/archive'],
    ['DELETE', '/volumes/notes'],
    ['POST', '/networks/lan/connect'],
    ['POST', '/containers/prune'],
    ['POST', '/volumes/prune'],
    ['POST', '/images/prune'],
    ['DELETE', '/images/tiny:1'],
    ['POST', '/something/new'],
  ])(
    'that is about something that was there may touch it, as may one that is not known: %s %s',
    (method, path) => {
      expect(touches(method, path)).toBe(true);
    },
  );
  it('that was refused touches nothing, but for a start, which leaves its reason', () => {
    expect(touches('DELETE', '/containers/keep', undefined, false, 409)).toBe(false);
    expect(touches('POST', '/containers/keep/rename', undefined, false, 409)).toBe(false);
    expect(touches('DELETE', '/containers/keep', undefined, false, 500)).toBe(true);
    expect(touches('POST', '/containers/keep/start', undefined, false, 400)).toBe(true);
  });
  it('that makes a box touches what it is made upon, and nothing else', () => {
    const create = (host: object): string => JSON.stringify({ Image: 'tiny:1', HostConfig: host });
    expect(touches('POST', '/containers/create', create({ NetworkMode: 'bridge' }))).toBe(false);
    expect(touches('POST', '/containers/create', create({ Binds: ['notes:/n'] }))).toBe(true);
    expect(touches('POST', '/containers/create', create({ VolumesFrom: ['keep'] }))).toBe(true);
    // A network forgets its members when they go.
    expect(touches('POST', '/containers/create', create({ NetworkMode: 'lan' }))).toBe(false);
    expect(touches('POST', '/containers/create', create({}), true)).toBe(true);
    expect(touches('POST', '/containers/create')).toBe(true);
  });
});
