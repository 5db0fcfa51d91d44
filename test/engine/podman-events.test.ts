import { expect, it } from 'vitest';
import { podmanEvents } from '../../src/engine/podman-events.ts';

const HEX = 'ab'.repeat(32);
const raw = { at: 1, container: '' };

it.each([
  [
    'a removal',
    { type: 'container', action: 'remove', id: HEX, name: 'c' },
    ['container', 'destroy', HEX, 'c'],
  ],
  ['a death', { type: 'container', action: 'died', id: HEX, name: 'c' }, ['container', 'die', HEX, 'c']],
  [
    'a volume without an id',
    { type: 'volume', action: 'create', id: '', name: 'v' },
    ['volume', 'create', 'v', 'v'],
  ],
  [
    'an image',
    { type: 'image', action: 'tag', id: HEX, name: 'docker.io/library/x:1' },
    ['image', 'tag', `sha256:${HEX}`, 'x:1'],
  ],
  [
    'a connection, which names the container',
    { type: 'network', action: 'connect', id: HEX, name: 'c' },
    ['container', 'connect', HEX, 'c'],
  ],
])('%s is told in Docker’s words', (_what, event, [kind, action, id, name]) => {
  expect(podmanEvents({ ...raw, ...event })).toEqual([{ at: 1, kind, action, id, name }]);
});

it.each([
  { type: 'container', action: 'init' },
  { type: 'container', action: 'cleanup' },
  { type: 'pod', action: 'create' },
  { type: 'system', action: 'refresh' },
])('$type $action tells nothing', (event) => {
  expect(podmanEvents({ ...raw, id: HEX, name: 'x', ...event })).toEqual([]);
});
