import { describe, expect, test } from 'vitest';
import { describeCall, statusInWords, touchedBy, type DescribedCall } from '../../src/wire/describe-call.ts';
import { LIBPOD_ROUTES } from '../../src/wire/libpod-routes.ts';
import { ROUTES } from '../../src/wire/route-table.ts';

const json = (value: unknown) => ({ text: JSON.stringify(value), cut: false });
const ID = 'c0ffee'.repeat(10) + 'beef';

/** `POST /containers/create?name=web`, with more where it matters. */
function call(asked: string, more: Partial<DescribedCall> = {}): DescribedCall {
  const [method = '', address = ''] = asked.split(' ');
  const [path = '', query = ''] = address.split('?');
  return { method, path, query, status: null, mode: 'plain', request: null, response: null, ...more };
}

const says = (asked: string, more?: Partial<DescribedCall>): string =>
  describeCall(call(asked, more)).sentence;

const LONG = 'a-name-of-more-than-thirty-two-letters/and-then-some-more';
/** Queries and bodies that make a sentence as long as it gets. */
const QUERIES = [
  '',
  `all=1&follow=1&force=1&v=1&stdin=1&stream=0&filters={"a":["b"]}`,
  `name=${LONG}&t=${LONG}&fromImage=${LONG}&tag=x&repo=${LONG}&path=/${LONG}&container=${LONG}&signal=${LONG}`,
  `names=${LONG}&reference=${LONG}&references=${LONG}&images=${LONG}&fromSrc=-&condition=removed&version=2`,
];
const BODY = json({
  Name: LONG,
  name: LONG,
  Image: LONG,
  image: LONG,
  Container: LONG,
  container: LONG,
  serveraddress: LONG,
  Cmd: ['sh', '-c', LONG],
});

const everyRoute = [...ROUTES, ...LIBPOD_ROUTES];

test.each(everyRoute)('$ask is one short sentence, whatever the names are', ({ ask }) => {
  const [method, pattern = ''] = ask.split(' ');
  for (const name of ['web', LONG.replace('/', '-'), ID])
    for (const query of QUERIES)
      for (const request of [null, BODY]) {
        const path = pattern.replace(/:\w+\*?/g, name);
        const { sentence } = describeCall(call(`${method} ${path}?${query}`, { request }));
        expect(sentence).toMatch(/^[a-z][^{}\n]*[^.\s]$/);
        expect([...sentence].length, sentence).toBeLessThanOrEqual(90);
        expect(sentence).not.toMatch(/undefined|does not know/);
      }
});

test('each route is in the table once', () => {
  const asks = everyRoute.map(({ ask }) => ask.replace(/:\w+/g, ':'));
  expect(asks).toEqual([...new Set(asks)]);
});

test.each([
  ['HEAD /_ping', 'asks whether the engine is there, and which API it speaks'],
  ['GET /containers/json', 'lists the running containers'],
  ['GET /containers/json?all=1', 'lists all containers, stopped ones too'],
  ['GET /containers/json?all=1&filters={"name":["a"]}', 'lists all containers that match a filter'],
  ['POST /containers/create', 'creates a container from an image; it does not run yet'],
  ['POST /containers/web/start', 'starts the container web'],
  [`POST /containers/${ID}/start`, 'starts the container c0ffeec0ffee'],
  ['POST /containers/web/stop?t=1', 'asks the container web to end; if it does not, kills it'],
  ['POST /containers/web/kill?signal=KILL', 'kills the container web at once (SIGKILL)'],
  ['POST /containers/web/kill?signal=HUP', 'sends the signal HUP to the container web'],
  [
    'POST /containers/web/wait?condition=next-exit',
    'waits until the container web ends, to learn its exit code',
  ],
  ['DELETE /containers/web', 'removes the container web'],
  ['GET /containers/web/logs?follow=1', 'follows what the container web prints, as it comes'],
  ['POST /volumes/create', 'creates a volume, and makes up a name for it'],
  ['POST /images/prune', 'removes images that have no name any more'],
  ['POST /images/prune?filters={"dangling":{"false":true}}', 'removes all images that no container needs'],
  ['POST /volumes/prune?filters={"all":{"true":true}}', 'removes all volumes that no container uses'],
  ['DELETE /containers/web?force=1&v=1', 'removes the container web, even if it runs, with nameless volumes'],
  ['GET /containers/web/archive?path=/etc/hosts', 'copies /etc/hosts out of the container web'],
  [
    'POST /images/create?fromImage=docker.io/library/nginx&tag=1.27',
    'pulls the image nginx:1.27 from its registry',
  ],
  ['POST /images/create?fromSrc=-&repo=mine', 'makes an image of an archive of files'],
  [
    'GET /images/registry.example/team/web:2/json',
    'reads everything about the image registry.example/team/web:2',
  ],
  ['DELETE /images/sha256:' + ID, 'removes the image c0ffeec0ffee, or only this name while it has others'],
  ['POST /build?t=mine:1', 'builds the image mine:1 from a Dockerfile'],
  ['POST /session', 'opens a line by which the builder asks the client for files and secrets'],
  ['GET /events', 'listens to what happens in the engine, for as long as it is connected'],
  ['POST /networks/back/connect', 'connects a container to the network back'],
  ['GET /nodes/abc', 'reads everything about the machine abc of the swarm'],
  ['GET /libpod/containers/json?all=true', 'lists all containers, stopped ones too'],
  ['POST /libpod/containers/web/start', 'starts the container web'],
  ['GET /libpod/containers/web/exists', 'asks whether there is the container web'],
  ['POST /libpod/images/pull?reference=tiny:1', 'pulls the image tiny:1 from its registry'],
  [
    'POST /libpod/images/pull?reference=tiny:1&policy=missing',
    'makes sure that the image tiny:1 is here; pulls it if not',
  ],
  ['DELETE /libpod/images/remove?images=tiny:1', 'removes the image tiny:1'],
  ['DELETE /libpod/images/remove?images=a&images=b', 'removes several images'],
  ['DELETE /libpod/pods/shop', 'removes the pod shop and its containers'],
])('%s: “%s”', (asked, sentence) => {
  expect(says(asked)).toBe(sentence);
});

test('names come from the query and the body, too', () => {
  expect(says('POST /containers/create?name=web', { request: json({ Image: 'tiny:1' }) })).toBe(
    'creates the container web from tiny:1; it does not run yet',
  );
  expect(says('POST /libpod/containers/create', { request: json({ name: 'web', image: 'tiny:1' }) })).toBe(
    'creates the container web from tiny:1; it does not run yet',
  );
  expect(says('POST /volumes/create', { request: json({ Name: 'data' }) })).toBe(
    'creates the volume data, if there is none of that name',
  );
  expect(says('POST /containers/web/exec', { request: json({ Cmd: ['ls', '-l'] }) })).toBe(
    'prepares ls -l to be run in the container web',
  );
});

test('a path that no table has is owned up to', () => {
  expect(describeCall(call('POST /moons/full/rise'))).toEqual({
    sentence: 'asks for something to be done that Slipway does not know; the path says more',
    changes: true,
    greeting: false,
    touches: [],
  });
  expect(describeCall(call('GET /moons')).changes).toBe(false);
  expect(says('BREW /pot')).toBe('asks something that Slipway does not know; the path says more');
});

test.each([
  'POST /containers/create',
  'POST /containers/web/start',
  'POST /exec/1/start',
  'DELETE /images/a',
  'POST /images/create',
  'POST /build',
  'POST /session',
  'POST /libpod/images/pull',
  'PUT /containers/web/archive',
])('%s changes the engine', (asked) => {
  expect(describeCall(call(asked)).changes).toBe(true);
});

test.each([
  'GET /containers/json',
  'POST /containers/web/wait',
  'POST /containers/web/attach',
  'POST /containers/web/resize',
  'POST /auth',
  'POST /images/a/push',
  'HEAD /containers/web/archive',
  'POST /grpc',
])('%s changes nothing', (asked) => {
  expect(describeCall(call(asked)).changes).toBe(false);
});

test.each([
  'HEAD /_ping',
  'GET /_ping',
  'GET /version',
  'GET /info',
  'GET /libpod/_ping',
  'GET /libpod/info',
])('%s is how clients greet an engine', (asked) => {
  expect(describeCall(call(asked)).greeting).toBe(true);
  expect(describeCall(call(asked)).changes).toBe(false);
});

describe('the rows that a call has touched are', () => {
  test.each([
    [call('POST /containers/web/start', { status: 204 }), [{ kind: 'container', ref: 'web' }]],
    [
      call('POST /containers/create?name=web', { status: 201, response: json({ Id: ID }) }),
      [{ kind: 'container', ref: ID }],
    ],
    [call('POST /containers/create?name=web', { status: 201 }), [{ kind: 'container', ref: 'web' }]],
    [
      call('POST /volumes/create', { status: 201, request: json({}), response: json({ Name: ID }) }),
      [{ kind: 'volume', ref: ID }],
    ],
    [
      call('POST /networks/back/connect', { status: 200, request: json({ Container: 'web' }) }),
      [
        { kind: 'container', ref: 'web' },
        { kind: 'network', ref: 'back' },
      ],
    ],
    [
      call('POST /images/create?fromImage=docker.io/library/a&tag=2', { status: 200 }),
      [
        { kind: 'image', ref: 'docker.io/library/a:2' },
        { kind: 'image', ref: 'a:2' },
      ],
    ],
    [call('POST /images/create?fromImage=a/b&tag=2', { status: 200 }), [{ kind: 'image', ref: 'a/b:2' }]],
    [
      call(`POST /images/create?fromImage=a&tag=sha256:${ID}`, { status: 200 }),
      [{ kind: 'image', ref: `a@sha256:${ID}` }],
    ],
    [
      call('POST /build?t=a:1&t=b:1', { status: 200 }),
      [
        { kind: 'image', ref: 'a:1' },
        { kind: 'image', ref: 'b:1' },
      ],
    ],
    [
      call('POST /images/a%2Fb/tag?repo=c&tag=2', { status: 201 }),
      [
        { kind: 'image', ref: 'a/b' },
        { kind: 'image', ref: 'c:2' },
      ],
    ],
    [call('POST /libpod/containers/web/start', { status: 204 }), [{ kind: 'container', ref: 'web' }]],
    [
      call('POST /libpod/networks/create', { status: 200, response: json({ id: ID, name: 'back' }) }),
      [{ kind: 'network', ref: ID }],
    ],
  ] as const)('%o', (made, touched) => {
    expect(touchedBy(made).toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual(touched);
  });

  test.each([
    ['none before the answer', call('POST /containers/web/start')],
    ['none when it was refused', call('POST /containers/web/start', { status: 404 })],
    ['none when it was so already', call('POST /containers/web/start', { status: 304 })],
    ['none when it was only asked about', call('GET /containers/web/json', { status: 200 })],
  ])('%s', (_, made) => {
    expect(touchedBy(made)).toEqual([]);
  });
});

test.each([
  ['POST /containers/create', 201, 'it was created'],
  ['POST /containers/web/start', 304, 'it was so already: nothing was changed'],
  ['POST /containers/web/start', 404, 'there is no such container'],
  ['POST /containers/create', 404, 'there is no such image'],
  ['GET /containers/web/archive', 404, 'there is no such container, or no such file in it'],
  ['POST /exec/1/start', 404, 'there is no such command'],
  ['GET /moons', 404, 'there is no such thing'],
  ['GET /nodes', 503, 'the engine cannot do that now; often it is not part of a swarm'],
  ['GET /info', 418, 'the engine refused it'],
  ['GET /info', 599, 'the engine failed at it'],
])('%s %i: %s', (asked, status, words) => {
  expect(statusInWords(call(asked, { status }))).toBe(words);
});

test('an upgrade is said to be a pipe, whichever status it has', () => {
  for (const status of [101, 200])
    expect(statusInWords(call('POST /containers/web/attach', { status, mode: 'upgraded' }))).toBe(
      'from here on a pipe both ways',
    );
});

test('what a client made up reaches no screen as a control character', () => {
  const made = call('POST /containers/%1b%5b31mweb%0a/start?name=%1b', { status: 204 });
  expect(describeCall(made).sentence).toBe('starts the container web ');
  expect(touchedBy(made)).toEqual([{ kind: 'container', ref: 'web ' }]);
  expect(says('POST /containers/100%/start')).toBe('starts the container 100%');
});

test('telling a container that its window has changed changes nothing', () => {
  const kill = (signal: string) => ({
    method: 'POST',
    path: '/containers/web/kill',
    query: `signal=${signal}`,
    status: 204,
    mode: 'plain' as const,
    request: null,
    response: null,
  });
  expect(describeCall(kill('SIGWINCH')).changes).toBe(false);
  expect(describeCall(kill('SIGTERM')).changes).toBe(true);
});
