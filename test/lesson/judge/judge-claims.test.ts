import { describe, expect, test } from 'vitest';
import type { Claim, Test } from '../../../src/lesson/check.ts';
import type { World } from '../../../src/lesson/world.ts';
import {
  LESSON,
  STEP,
  aContainer,
  aNetwork,
  aVolume,
  aWorld,
  anEnded,
  anImage,
  container,
  engine,
  idFor,
  image,
  knownFacts,
  network,
  unknownFact,
  verdictOn,
  volume,
} from '../build-world.ts';

const KEEP = aContainer('keep', {
  env: { WORD: 'moss' },
  labels: { who: 'me' },
  networks: ['bridge', 'lan'],
  mounts: [
    { type: 'volume', name: 'notes', source: '/data/notes', target: '/vol', writable: true },
    { type: 'tmpfs', name: '', source: '', target: '/ram', writable: true },
    { type: 'bind', name: '', source: '/home/me/site', target: '/site', writable: false },
  ],
  ports: [
    { ip: '127.0.0.1', host: 8088, container: 80, protocol: 'tcp' },
    { ip: '', host: null, container: 443, protocol: 'tcp' },
  ],
  memoryLimit: 8 * 1024 * 1024,
  pidsLimit: 5,
});
const GONE_BAD = anEnded('bad', 137, { oomKilled: true, restartCount: 3 });
const EVENT = { at: STEP + 10, kind: 'container', action: 'start', id: idFor('keep'), name: 'keep' } as const;
const SNAP = anImage('snap:1', {
  ours: true,
  layers: ['sha256:a', 'sha256:b'],
  size: 7_200_000,
  tags: ['snap:1', 'site:latest'],
  command: ['httpd', '-f'],
  env: { PATH: '/bin' },
});

const WORLD = aWorld({
  containers: [KEEP, GONE_BAD],
  images: [anImage('tiny:1'), SNAP],
  volumes: [aVolume('notes'), aVolume('f'.repeat(64), { anonymous: true })],
  networks: [aNetwork('lan', { internal: true, members: ['keep', 'web'] })],
  events: [EVENT, { ...EVENT, at: STEP - 10, action: 'pause' }],
  calls: [
    { at: STEP - 5, method: 'GET', path: '/v1.41/images/json', status: 200 },
    { at: STEP + 5, method: 'GET', path: '/v1.41/containers/json?all=1', status: 200 },
    { at: STEP + 6, method: 'DELETE', path: '/containers/abc', status: 409 },
  ],
  typed: [
    { at: STEP - 5, line: 'docker images', code: 0 },
    { at: STEP + 5, line: 'docker volume mydata', code: 1 },
  ],
  registry: {
    address: 'here:5000',
    events: [
      { action: 'push', repository: 'site', reference: '1', digest: 'sha256:abc', at: STEP - 5 },
      { action: 'pull', repository: 'site', reference: '1', digest: 'sha256:abc', at: STEP + 5 },
    ],
  },
  facts: knownFacts(
    [{ ask: 'container-file', container: 'keep', path: '/note' }, { file: 'moss\n' }],
    [{ ask: 'container-file', container: 'keep', path: '/none' }, { file: null }],
    [{ ask: 'logs', container: 'bad' }, { logs: 'tick 1\ntick 2\nbye\n' }],
    [
      { ask: 'changes', container: 'keep' },
      {
        changes: [
          { kind: 'added', path: '/note' },
          { kind: 'deleted', path: '/bin/vi' },
        ],
      },
    ],
    [{ ask: 'changes', container: 'bad' }, { changes: [] }],
    [{ ask: 'history', image: 'snap:1' }, { history: ['COPY . /site', 'import'] }],
    [{ ask: 'digests', image: 'snap:1' }, { digests: ['127.0.0.1:5000/site@sha256:abc'] }],
    [{ ask: 'digests', image: 'tiny:1' }, { digests: ['sha256:def'] }],
    [{ ask: 'volume-file', volume: 'notes', path: '/note' }, { file: 'hello' }],
    [
      { ask: 'service', service: 'pool' },
      {
        service: { wanted: 4, running: 3, command: ['sleep', '1d'], update: 'rollback_completed', failed: 2 },
      },
    ],
    [{ ask: 'service', service: 'none' }, { service: null }],
    ...(['', 'site', 'nosite'] as const).flatMap((repository) =>
      ['', '1', '2'].map(
        (tag) => [{ ask: 'registry', at: 'here:5000', repository, tag }, REGISTRY()] as const,
      ),
    ),
    [{ ask: 'registry', at: 'dead:5000', repository: '', tag: '' }, { registry: null }],
    [{ ask: 'registry', at: 'dead:5000', repository: 'site', tag: '' }, { registry: null }],
    [{ ask: 'host-file', path: 'notes.txt' }, { file: 'one\ntwo\n' }],
    [{ ask: 'host-file', path: 'none.txt' }, { file: null }],
    [{ ask: 'script', file: 'yes.sh', input: { a: 'b' } }, { script: { status: 'pass', say: '' } }],
    [{ ask: 'script', file: 'no.sh', input: {} }, { script: { status: 'not-yet', say: 'Nearly there.' } }],
  ),
});

function REGISTRY() {
  return { registry: { repositories: { site: ['1', '3'] }, digests: { 'site:1': 'sha256:abc' } } };
}

const registry = (
  at: string,
  ...predicates: Extract<Claim, { subject: 'registry' }>['predicates']
): Claim => ({
  subject: 'registry',
  of: at,
  predicates,
});
const service = (
  name: string,
  ...predicates: Extract<Claim, { subject: 'service' }>['predicates']
): Claim => ({
  subject: 'service',
  of: { name },
  predicates,
});
const file = (of: string, ...predicates: Extract<Claim, { subject: 'file' }>['predicates']): Claim => ({
  subject: 'file',
  of,
  predicates,
});

/** What holds, what does not, and what is then said to be expected and found. */
const CLAIMS: readonly (readonly [
  what: string,
  holds: Test,
  fails: Test,
  expected: string,
  actual: string,
])[] = [
  [
    'a container is there',
    container('keep'),
    container('kepe'),
    'a container "kepe"',
    'there is no container "kepe"; there is "keep"',
  ],
  [
    'it is gone',
    container('web', { exists: false }),
    container('bad', { exists: false }),
    'no container "bad"',
    'it is there: exited, exit code 137 (killed)',
  ],
  [
    'a count of one name',
    container('keep', { count: { exactly: 1 } }),
    container('keep', { count: { most: 0 } }),
    'no container "keep"',
    'it is there: running',
  ],
  [
    'state',
    container('keep', { is: { state: 'running' } }),
    container('bad', { is: { state: 'running' } }),
    'running',
    'exited, exit code 137 (killed)',
  ],
  [
    'state in podman’s word',
    container('bad', { is: { state: 'stopped' } }),
    container('keep', { is: { state: 'stopped' } }),
    'exited',
    'running',
  ],
  [
    'exit code',
    container('bad', { is: { exitCode: 137 } }),
    container('bad', { is: { exitCode: 3 } }),
    'exit code 3',
    'exited, exit code 137 (killed)',
  ],
  [
    'the exit code of what has ended only',
    container('bad', { is: { exitCode: 137 } }),
    container('keep', { is: { exitCode: 0 } }),
    'exit code 0 (ended well)',
    'running',
  ],
  [
    'killed for memory',
    container('bad', { is: { oomKilled: true } }),
    container('keep', { is: { oomKilled: true } }),
    'killed for lack of memory',
    'running, not killed for lack of memory',
  ],
  [
    'restarts',
    container('bad', { is: { restartCount: 3 } }),
    container('keep', { is: { restartCount: 1 } }),
    'restarted once by its policy',
    'running, restarted 0 times by its policy',
  ],
  [
    'health',
    container('keep', { is: { health: 'none' } }),
    container('keep', { is: { health: 'healthy' } }),
    'health healthy',
    'running, no health check',
  ],
  [
    'image of a container',
    container('keep', { image: 'tiny:1' }),
    container('keep', { image: 'tiny' }),
    'made from "tiny"',
    'made from "tiny:1"',
  ],
  [
    'same image',
    container('keep', { sameImageAs: ['bad'] }),
    container('keep', { sameImageAs: ['bad', 'box'] }),
    'made from the same image as "box"',
    'there is no container "box"; the containers here are: keep, bad',
  ],
  [
    'command',
    container('keep', { command: ['sleep', '1d'] }),
    container('keep', { command: ['sleep', '1d', 'x'] }),
    'the command “sleep 1d x”',
    'its command is “sleep 1d”',
  ],
  [
    'env',
    container('keep', { env: { WORD: 'moss' } }),
    container('keep', { env: { WORD: 'fern' } }),
    'the variable WORD=fern',
    'it has WORD=moss',
  ],
  [
    'labels',
    container('keep', { labels: { who: 'me' } }),
    container('keep', { labels: { toString: 'x' } }),
    'the label toString=x',
    'it has no such label',
  ],
  [
    'volume mount',
    container('keep', { mounts: { type: 'volume', source: 'notes', destination: '/vol/' } }),
    container('bad', { mounts: { type: 'volume', source: 'notes' } }),
    'a mount: volume "notes"',
    'nothing is mounted',
  ],
  [
    'read-only bind mount',
    container('keep', { mounts: { type: 'bind', source: '/home/me/site', writable: false } }),
    container('keep', { mounts: { destination: '/site', writable: true } }),
    'a mount: at "/site" (writable)',
    'it has volume notes at /vol, tmpfs at /ram, bind /home/me/site at /site (read-only)',
  ],
  [
    'no mount',
    container('keep', { noMount: { destination: '/else' } }),
    container('keep', { noMount: { type: 'tmpfs' } }),
    'no mount: tmpfs',
    'it has tmpfs at /ram',
  ],
  [
    'anonymous mount',
    container('keep', { noMount: { anonymous: true } }),
    container('keep', { mounts: { anonymous: true } }),
    'a mount: anonymous',
    'it has volume notes at /vol, tmpfs at /ram, bind /home/me/site at /site (read-only)',
  ],
  [
    'networks',
    container('keep', { networks: ['lan'] }),
    container('bad', { networks: ['lan'] }),
    'in lan',
    'it is in bridge',
  ],
  [
    'published port',
    container('keep', { port: { container: 80, host: 8088 } }),
    container('keep', { port: { container: 443, published: true } }),
    'port 443 published',
    'it has 443 (not published)',
  ],
  [
    'unpublished port',
    container('keep', { port: { container: 443, published: false } }),
    container('keep', { port: { container: 80, published: false } }),
    'port 80 not published',
    'it has 8088:80',
  ],
  [
    'a port at all',
    container('keep', { port: { container: 443 } }),
    container('keep', { port: { container: 22 } }),
    'port 22',
    'its ports are 8088:80, 443 (not published)',
  ],
  [
    'limits',
    container('keep', { limits: { memory: 8_388_608, pids: 5 } }),
    container('bad', { limits: { memory: 8_388_608 } }),
    'at most 8 MiB of memory',
    'no limit of memory',
  ],
  [
    'diff',
    container('keep', { diff: { added: '/note', deleted: '/bin/vi' } }),
    container('keep', { diff: { changed: '/note' } }),
    '"/note" changed',
    'A /note, D /bin/vi',
  ],
  [
    'empty diff',
    container('bad', { diff: { empty: true } }),
    container('keep', { diff: { empty: true } }),
    'nothing changed',
    'A /note, D /bin/vi',
  ],
  [
    'file in a container',
    container('keep', { file: { path: '/note', equals: 'moss' } }),
    container('keep', { file: { path: '/note', contains: 'fern' } }),
    'a file "/note" with “fern” in it',
    'it says “moss”',
  ],
  [
    'no file in a container',
    container('keep', { file: { path: '/none', exists: false } }),
    container('keep', { file: { path: '/none', contains: 'x' } }),
    'a file "/none"',
    'there is none',
  ],
  [
    'logs',
    container('bad', { logs: { contains: 'bye' } }),
    container('bad', { logs: { contains: 'hello' } }),
    'a log with “hello” in it',
    'it says “tick 1 tick 2 bye”',
  ],
  [
    'logs by a pattern, line by line',
    container('bad', { logs: { matches: '^bye$' } }),
    container('bad', { logs: { matches: '^tick$' } }),
    'a log with a line like “^tick$”',
    'it says “tick 1 tick 2 bye”',
  ],
  [
    'event',
    container('keep', { event: { action: 'start', since: 'step' } }),
    container('keep', { event: { action: 'pause', since: 'step' } }),
    'an event "pause" in this step',
    'what happened: start',
  ],
  [
    'event of before',
    container('keep', { event: { action: 'pause', since: 'lesson' } }),
    container('bad', { event: { action: 'start', since: 'lesson' } }),
    'an event "start" in this lesson',
    'nothing has happened',
  ],
  [
    'an image by its id',
    image(idFor('snap:1').slice(0, 6)),
    image('snap:2'),
    'an image "snap:2"',
    'there is no image "snap:2"; there is "snap:1"',
  ],
  [
    'an image of the tag latest',
    image('site'),
    image('tiny'),
    'an image "tiny"',
    'there is no image "tiny"; the images here are: snap:1, tiny:1',
  ],
  [
    'same layers',
    image('snap:1', { sameLayers: { as: 'tiny:1', first: 1 } }),
    image('tiny:1', { sameLayers: { as: 'snap:1' } }),
    'the same layers as "snap:1"',
    'they share 1 bottom layer',
  ],
  [
    'more layers',
    image('snap:1', { layersMore: { than: 'tiny:1', by: 1 } }),
    image('snap:1', { layersMore: { than: 'tiny:1', by: 2 } }),
    '2 layers more than "tiny:1"',
    'it has 2, the other 1',
  ],
  [
    'bigger',
    image('snap:1', { size: { than: 'tiny:1', bigger: 4e6 } }),
    image('tiny:1', { size: { than: 'snap:1', bigger: 4e6 } }),
    'at least 4 MB bigger than "snap:1"',
    'it has 2 MB, the other 7.2 MB',
  ],
  [
    'smaller',
    image('tiny:1', { size: { than: 'snap:1', smaller: 5e6 } }),
    image('snap:1', { size: { than: 'none', smaller: 5 } }),
    'at least 5 B smaller than "none"',
    'there is no image "none"; the images here are: snap:1, tiny:1',
  ],
  [
    'as big',
    image('tiny:1', { size: { than: 'tiny:1', within: 0 } }),
    image('tiny:1', { size: { than: 'snap:1', within: 200_000 } }),
    'as big as "snap:1", give or take 200 kB',
    'it has 2 MB, the other 7.2 MB',
  ],
  [
    'history',
    image('snap:1', { history: { has: 'COPY .' } }),
    image('snap:1', { history: { has: 'RUN rm' } }),
    '“RUN rm” in its history',
    'it was made by “COPY . /site”, …',
  ],
  [
    'tagged',
    image('snap:1', { tagged: 'site' }),
    image('snap:1', { tagged: 'shop' }),
    'called "shop"',
    'it is called snap:1, site:latest',
  ],
  [
    'digest',
    image('snap:1', { digest: { sameAs: 'snap:1' } }),
    image('snap:1', { digest: { sameAs: 'tiny:1' } }),
    'the same digest as "tiny:1"',
    'sha256:abc here, sha256:def there',
  ],
  [
    'digest of what is not there',
    image('tiny:1', { digest: { sameAs: 'tiny:1' } }),
    image('tiny:1', { digest: { sameAs: 'none' } }),
    'the same digest as "none"',
    'there is no image "none"; the images here are: snap:1, tiny:1',
  ],
  [
    'command of an image',
    image('snap:1', { command: ['httpd', '-f'] }),
    image('tiny:1', { command: ['httpd'] }),
    'the command “httpd”',
    'its command is “sh”',
  ],
  [
    'env of an image',
    image('snap:1', { env: { PATH: '/bin' } }),
    image('tiny:1', { env: { PATH: '/bin' } }),
    'the variable PATH=/bin',
    'it has no such variable',
  ],
  [
    'labels of an image',
    image('tiny:1', { labels: {} }),
    image('tiny:1', { labels: { a: 'b' } }),
    'the label a=b',
    'it has no such label',
  ],
  [
    'volume driver',
    volume('notes', { driver: 'local' }),
    volume('notes', { driver: 'nfs' }),
    'driver nfs',
    'driver local',
  ],
  [
    'labels of a volume',
    volume('notes', { labels: {} }),
    volume('notes', { labels: { a: 'b' } }),
    'the label a=b',
    'it has no such label',
  ],
  [
    'users',
    volume('notes', { users: { least: 1 } }),
    volume('notes', { users: { exactly: 0 } }),
    'no containers that have it',
    'keep has it',
  ],
  [
    'used by',
    volume('notes', { usedBy: 'keep' }),
    volume('notes', { usedBy: 'bad' }),
    'mounted in "bad"',
    'keep has it',
  ],
  [
    'file in a volume',
    volume('notes', { file: { path: '/note', contains: 'hell' } }),
    volume('notes', { file: { path: '/note', equals: 'hell' } }),
    'a file "/note" that says “hell”',
    'it says “hello”',
  ],
  [
    'internal network',
    network('lan', { internal: true }),
    network('lan', { internal: false }),
    'with a way out',
    'without a way out',
  ],
  [
    'network driver',
    network('lan', { driver: 'bridge' }),
    network('wan', { driver: 'bridge' }),
    'a network "wan"',
    'there is no network "wan"; there is "lan"',
  ],
  [
    'members',
    network('lan', { members: ['web', 'keep'] }),
    network('lan', { members: ['db'] }),
    'db in it',
    'its members are keep, web',
  ],
  [
    'replicas',
    service('pool', { replicas: { wanted: 4 } }),
    service('pool', { replicas: { running: 4, wanted: 4 } }),
    '4 running, 4 wanted',
    '3 running, 4 wanted',
  ],
  [
    'the command of a service',
    service('pool', { command: ['sleep', '1d'] }),
    service('pool', { command: ['sleep', '2d'] }),
    'the command sleep 2d',
    'the command is sleep 1d',
  ],
  [
    'failed tasks',
    service('pool', { failed: { least: 1 } }),
    service('pool', { failed: { exactly: 0 } }),
    'no failed',
    '2 failed',
  ],
  [
    'the last change of a service',
    service('pool', { update: 'rollback_completed' }),
    service('pool', { update: 'paused' }),
    'the last change is paused',
    'it is rollback completed',
  ],
  [
    'a service',
    service('none', { exists: false }),
    service('none'),
    'a service "none"',
    'there is no service "none"',
  ],
  [
    'a registry',
    registry('here:5000', { answers: true }),
    registry('dead:5000', { answers: true }),
    'a registry that answers at dead:5000',
    'none answers',
  ],
  [
    'a repository',
    registry('here:5000', { repository: 'site' }),
    registry('here:5000', { repository: 'nosite' }),
    '"nosite" in the registry',
    'in it are site',
  ],
  [
    'a repository of no registry',
    registry('here:5000', { repository: 'site' }),
    registry('dead:5000', { repository: 'site' }),
    'a registry at dead:5000',
    'no registry answers at dead:5000',
  ],
  [
    'a tag',
    registry('here:5000', { tag: { of: 'site', is: '1' } }),
    registry('here:5000', { tag: { of: 'site', is: '2' } }),
    '"site:2" in the registry',
    'the tags of "site" are 1, 3',
  ],
  [
    'digest in a registry',
    registry('here:5000', { digest: { of: 'site:1', sameAs: 'snap:1' } }),
    registry('here:5000', { digest: { of: 'site:1', sameAs: 'tiny:1' } }),
    'the same digest as "tiny:1"',
    'sha256:abc here, sha256:def there',
  ],
  [
    'a pull from a registry',
    registry('here:5000', { event: { action: 'pull', repository: 'site', since: 'step' } }),
    registry('here:5000', { event: { action: 'pull', repository: 'nosite', since: 'step' } }),
    'a "pull" of "nosite" in this step',
    'nothing has happened to it',
  ],
  [
    'a push of before',
    registry('here:5000', { event: { action: 'push', repository: 'site', since: 'lesson' } }),
    registry('here:5000', { event: { action: 'push', repository: 'site', since: 'step' } }),
    'a "push" of "site" in this step',
    'what happened: pull',
  ],
  ['a file of the work folder', file('notes.txt'), file('none.txt'), 'a file "none.txt"', 'there is none'],
  [
    'no file of the work folder',
    file('none.txt', { exists: false }),
    file('notes.txt', { exists: false }),
    'no file "notes.txt"',
    'there is one',
  ],
  [
    'text of the work folder',
    file('notes.txt', { text: { contains: 'two' } }),
    file('notes.txt', { text: { equals: 'two' } }),
    'a file "notes.txt" that says “two”',
    'it says “one two”',
  ],
  ['family', engine({ family: 'docker' }), engine({ family: 'podman' }), 'podman', 'docker'],
  ['rootless', engine({ rootless: false }), engine({ rootless: true }), 'run by a plain user', 'run by root'],
  ['feature', engine({ feature: 'swarm' }), engine({ feature: 'limits' }), 'with limits', 'without limits'],
  [
    'an event at all',
    engine({ event: { kind: 'container', action: 'start', since: 'step' } }),
    engine({ event: { kind: 'volume', action: 'create', since: 'step' } }),
    'an event "create" in this step',
    'nothing has happened',
  ],
  [
    'a call',
    engine({ called: { method: 'get', path: '/containers/json', status: 200, since: 'step' } }),
    engine({ called: { method: 'DELETE', path: '/containers/*', status: 204, since: 'step' } }),
    'a call DELETE /containers/* answered with 204',
    'it was answered with 409',
  ],
  [
    'a call of before',
    engine({ called: { method: 'GET', path: '/images/json', since: 'lesson' } }),
    engine({ called: { method: 'GET', path: '/images/json', since: 'step' } }),
    'a call GET /images/json',
    'it has not been seen on the wire',
  ],
  [
    'a typed line',
    engine({ typed: { line: String.raw`^docker volume \w+$`, code: 1 } }),
    engine({ typed: { line: 'volume', code: 0 } }),
    'a command like “volume” that ends with 0',
    'it ended with 1',
  ],
  [
    'a line typed before',
    engine({ typed: { line: 'volume' } }),
    engine({ typed: { line: '^docker images' } }),
    'a command like “^docker images”',
    'no such command has ended',
  ],
  [
    'a program',
    { script: { file: 'yes.sh', input: { a: 'b' } } },
    { script: { file: 'no.sh', input: {} } },
    '"no.sh" is content',
    'Nearly there.',
  ],
];

describe.each(CLAIMS)('%s', (_, holds, fails, expected, actual) => {
  test('passes where it holds, and its opposite says that it is otherwise', () => {
    expect(verdictOn(holds, WORLD)).toEqual({ kind: 'pass' });
    const opposite = verdictOn({ not: holds }, WORLD);
    expect(opposite).toMatchObject({ kind: 'not-yet', expected: /./, actual: /./ });
  });

  test('tells what was expected and what was found where it does not hold', () => {
    expect(verdictOn(fails, WORLD)).toMatchObject({ kind: 'not-yet', expected, actual });
    expect(verdictOn({ not: fails }, WORLD)).toEqual({ kind: 'pass' });
  });

  test('is a mistake where the author foresaw it, and blocked without an engine', () => {
    const foreseen = [
      { if: { test: { not: holds } }, say: 'no' },
      { if: { test: holds }, say: 'that way' },
    ];
    expect(verdictOn(fails, WORLD, foreseen)).toMatchObject({ kind: 'mistake', which: 1, say: 'that way' });
    const gone = aWorld({ gone: { why: 'The engine is gone.', advice: 'Start it.' } });
    expect(verdictOn(holds, gone)).toEqual({
      kind: 'blocked',
      say: 'The engine is gone.',
      advice: 'Start it.',
    });
  });
});

test.each<[string, Test]>([
  ['a file in a container', container('keep', { file: { path: '/else', exists: false } })],
  ['logs', container('keep', { logs: { contains: 'x' } })],
  ['changes', container('web', { diff: { added: '/x' } })],
  ['a file in a volume', volume('notes', { file: { path: '/else', contains: 'x' } })],
  ['history', image('tiny:1', { history: { has: 'x' } })],
  ['digests', image('tiny:1', { digest: { sameAs: 'bare:1' } })],
  ['layers that nobody asked for', image('bare:1', { sameLayers: { as: 'tiny:1' } })],
  ['a service', service('unasked')],
  ['a service by a filter', { subject: 'service', of: { filter: { name: 'p*' } }, predicates: [] }],
  ['a registry', registry('unasked:1', { answers: false })],
  [
    'what happens in a registry that does not tell',
    registry('unasked:1', { event: { action: 'pull', repository: 'site', since: 'step' } }),
  ],
  ['a file of the work folder', file('unasked.txt', { exists: false })],
  ['a program', { script: { file: 'yes.sh', input: { a: 'c' } } }],
  ['a pattern that cannot be run', container('bad', { logs: { matches: '(a)\\1' } })],
  ['no claim at all', { all: [] }],
])('what is not known of %s is blocked, and so is its opposite', (_, claim) => {
  const web = aContainer('web');
  const world = {
    ...WORLD,
    containers: [...WORLD.containers, web],
    images: [...WORLD.images, anImage('bare:1', { layers: [] })],
  };
  expect(verdictOn(claim, world)).toMatchObject({ kind: 'blocked', say: /./, advice: /./ });
  expect(verdictOn({ not: claim }, world)).toMatchObject({ kind: 'blocked' });
});

test('a fact that could not be had says why', () => {
  const facts = unknownFact(
    { ask: 'logs', container: 'keep' },
    'Its logs cannot be read.',
    'Start it first.',
  );
  const world = { ...WORLD, facts };
  const logs = container('keep', { logs: { contains: 'x' } });
  expect(verdictOn(logs, world)).toEqual({
    kind: 'blocked',
    say: 'Its logs cannot be read.',
    advice: 'Start it first.',
  });
  expect(verdictOn({ any: [logs, container('keep')] }, world)).toEqual({ kind: 'pass' });
  expect(verdictOn({ all: [logs, container('nowhere')] }, world)).toMatchObject({ kind: 'not-yet' });
});

describe('things of a filter', () => {
  const box = (name: string, more = {}) => aContainer(name, more);
  const filtered = (
    filter: object,
    ...predicates: Extract<Claim, { subject: 'container' }>['predicates']
  ): Claim => ({
    subject: 'container',
    of: { filter },
    predicates,
  });
  const old = box('box-old', { ours: false, createdAt: LESSON - 1 });
  const before = box('box-before', { ours: true, createdAt: LESSON + 1 });
  const fresh = box('box-new', { ours: false, createdAt: STEP + 1 });
  const world = aWorld({ containers: [old, before, fresh, anEnded('bye', 3)] });

  test.each<[string, object, number]>([
    ['are ours, or new since the lesson began', { name: 'box-*' }, 2],
    ['may have to be made in this step', { name: 'box-*', since: 'step' }, 1],
    ['may have to be made in this lesson', { since: 'lesson' }, 3],
    ['may have to be in a state', { state: 'stopped' }, 1],
    ['may have to be of an image', { image: 'tiny:1' }, 3],
    ['may have to have a label', { label: { a: 'b' } }, 0],
    ['have names, if they are containers', { anonymous: true }, 0],
  ])('%s', (_, filter, count) => {
    expect(verdictOn(filtered(filter, { count: { exactly: count } }), world)).toEqual({ kind: 'pass' });
    expect(verdictOn(filtered(filter, { count: { exactly: count + 1 } }), world).kind).toBe('not-yet');
  });

  test('are as old as the last making of what has that name', () => {
    const notes = { kind: 'volume', id: 'notes', name: 'notes' } as const;
    const remade = aWorld({
      volumes: [aVolume('notes', { createdAt: LESSON + 1 })],
      events: [
        { ...notes, at: LESSON + 1, action: 'create' },
        { ...notes, at: LESSON + 2, action: 'destroy' },
        { ...notes, at: STEP + 1, action: 'create' },
      ],
    });
    const volumes: Claim = {
      subject: 'volume',
      of: { filter: { since: 'step' } },
      predicates: [{ count: { exactly: 1 } }],
    };
    expect(verdictOn(volumes, remade)).toEqual({ kind: 'pass' });
    const early = { ...remade, events: remade.events.slice(0, 1) };
    expect(verdictOn(volumes, early).kind).toBe('not-yet');
  });

  test('are those alone that the predicates hold for', () => {
    const ended = filtered({}, { is: { exitCode: 3 } }, { count: { exactly: 1 } });
    expect(verdictOn(ended, world)).toEqual({ kind: 'pass' });
    expect(verdictOn(filtered({ name: 'box-*' }, { is: { exitCode: 3 } }), world)).toMatchObject({
      kind: 'not-yet',
      expected: 'at least 1 container called "box-*", exit code 3',
      actual: 'there is none; "box-before": running',
    });
  });

  test('are counted, and named', () => {
    expect(verdictOn(filtered({ name: 'box-*' }, { count: { least: 3 } }), world)).toMatchObject({
      expected: 'at least 3 containers called "box-*"',
      actual: 'there are 2: box-before, box-new',
    });
  });

  test('are not known where one that may count is not known', () => {
    const logs = filtered({ name: 'box-*' }, { logs: { contains: 'x' } });
    expect(verdictOn(logs, world).kind).toBe('blocked');
    const facts = knownFacts([{ ask: 'logs', container: 'box-new' }, { logs: 'x' }]);
    expect(verdictOn(logs, { ...world, facts })).toEqual({ kind: 'pass' });
    const two = filtered({ name: 'box-*' }, { logs: { contains: 'x' } }, { count: { exactly: 1 } });
    expect(verdictOn(two, { ...world, facts }).kind).toBe('blocked');
  });

  test('made in the second in which the step began go by their events', () => {
    const rounded = box('box-r', { createdAt: STEP });
    const at = (began: number, events: World['events'] = []) =>
      verdictOn(
        filtered({ since: 'step' }),
        aWorld({ containers: [rounded], began: { lesson: LESSON, step: began }, events }),
      );
    const born = {
      at: STEP + 300,
      kind: 'container',
      action: 'create',
      id: rounded.id,
      name: 'box-r',
    } as const;
    expect(at(STEP + 500).kind).toBe('pass');
    expect(at(STEP + 500, [born]).kind).toBe('not-yet');
    expect(at(STEP + 200, [born]).kind).toBe('pass');
  });

  test('an image is new when it was pulled or named, however old it is', () => {
    const pulled = anImage('site:1');
    const claim: Claim = {
      subject: 'image',
      of: { filter: { name: 'site:*', since: 'step' } },
      predicates: [],
    };
    const event = { at: STEP + 1, kind: 'image', action: 'pull', id: 'site:1', name: 'site:1' } as const;
    expect(verdictOn(claim, aWorld({ images: [pulled] })).kind).toBe('not-yet');
    expect(verdictOn(claim, aWorld({ images: [pulled], events: [event] })).kind).toBe('pass');
    const untagged = { ...event, action: 'untag' };
    expect(verdictOn(claim, aWorld({ images: [pulled], events: [untagged] })).kind).toBe('not-yet');
  });

  test('volumes without a name may be asked for', () => {
    const claim = (anonymous: boolean): Claim => ({
      subject: 'volume',
      of: { filter: { anonymous } },
      predicates: [{ users: { exactly: 0 } }, { count: { exactly: 1 } }],
    });
    const volumes = [aVolume('f'.repeat(64), { anonymous: true })];
    expect(verdictOn(claim(true), aWorld({ volumes })).kind).toBe('pass');
    expect(verdictOn(claim(false), aWorld({ volumes })).kind).toBe('not-yet');
  });
});

describe('engines that differ', () => {
  const podman = { ...aWorld().engine, family: 'podman' as const };

  test('podman’s own files, and places for mounts, are no change', () => {
    const facts = knownFacts([
      { ask: 'changes', container: 'keep' },
      {
        changes: [
          { kind: 'changed', path: '/etc' },
          { kind: 'added', path: '/vol' },
        ],
      },
    ]);
    const world = aWorld({ containers: [KEEP], facts });
    const empty = container('keep', { diff: { empty: true } });
    expect(verdictOn(empty, { ...world, engine: podman })).toEqual({ kind: 'pass' });
    expect(verdictOn(empty, world)).toMatchObject({ kind: 'not-yet', actual: 'C /etc' });
  });

  test('podman tells of a restart as an end and a start', () => {
    const restarted = container('keep', { event: { action: 'restart', since: 'step' } });
    const world = aWorld({ containers: [KEEP], events: [{ ...EVENT, action: 'die' }, EVENT] });
    expect(verdictOn(restarted, { ...world, engine: podman })).toEqual({ kind: 'pass' });
    expect(verdictOn(restarted, world).kind).toBe('not-yet');
  });

  test('what happened to a container is known when it is gone', () => {
    const removed = container('keep', { exists: false }, { event: { action: 'remove', since: 'step' } });
    const events = [{ ...EVENT, action: 'destroy' }];
    expect(verdictOn(removed, aWorld({ events }))).toEqual({ kind: 'pass' });
    expect(verdictOn(removed, aWorld()).kind).toBe('not-yet');
  });

  test('an image that podman has without a repository’s name is the one that was asked for', () => {
    const world = aWorld({ images: [anImage('tiny:1')] });
    expect(verdictOn(image('localhost/tiny:1'), world).kind).toBe('pass');
    expect(verdictOn(image('docker.io/library/tiny:1'), world).kind).toBe('pass');
  });
});

describe('names', () => {
  test('match whole, or by four digits of the id or more', () => {
    const world = aWorld({ containers: [KEEP] });
    expect(verdictOn(container(KEEP.id.slice(0, 4)), world).kind).toBe('pass');
    expect(verdictOn(container(KEEP.id.slice(0, 3)), world).kind).toBe('not-yet');
    expect(verdictOn(container('kee'), world).kind).toBe('not-yet');
  });

  test('of an id that two begin with are those of none', () => {
    const twin = aContainer('twin', { id: `${KEEP.id.slice(0, 10)}ff` });
    expect(verdictOn(container(KEEP.id.slice(0, 6)), aWorld({ containers: [KEEP, twin] })).kind).toBe(
      'not-yet',
    );
  });

  test('of many things are shown for a few', () => {
    const containers = Array.from({ length: 9 }, (_, i) => aContainer(`some-box-${i}`));
    expect(verdictOn(container('keep'), aWorld({ containers }))).toMatchObject({
      actual: `there is no container "keep"; the containers here are: ${[0, 1, 2, 3, 4].map((i) => `some-box-${i}`).join(', ')} and 4 more`,
    });
  });
});

describe('of several claims', () => {
  test('all: the first that does not hold is explained, by name', () => {
    const both = {
      all: [container('keep'), container('bad', { is: { state: 'running' } }), container('web')],
    };
    expect(verdictOn(both, WORLD)).toMatchObject({
      expected: '"bad": running',
      actual: '"bad": exited, exit code 137 (killed)',
      say: 'Expected: "bad": running. Found: "bad": exited, exit code 137 (killed).',
    });
  });

  test('any: the nearest is explained', () => {
    const either = {
      any: [container('web'), container('bad', { image: 'tiny:1' }, { is: { state: 'running' } })],
    };
    expect(verdictOn(either, WORLD)).toMatchObject({ expected: '"bad": running' });
  });

  test('not: what should not be is said', () => {
    expect(verdictOn({ not: container('keep', { is: { state: 'running' } }) }, WORLD)).toMatchObject({
      expected: 'not running',
      actual: 'running',
    });
  });
});
