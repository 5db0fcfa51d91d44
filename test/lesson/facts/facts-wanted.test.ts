import { describe, expect, it } from 'vitest';
import { factsWanted } from '../../../src/lesson/facts/facts-wanted.ts';
import type { Things } from '../../../src/lesson/facts/facts-wanted.ts';
import { containerFacts, imageFacts, volumeFacts } from '../../../src/lesson/facts/thing-facts.ts';
import type { Container, Image } from '../../../src/engine/objects.ts';
import { check, ofContainer, ofImage, ofVolume } from '../check-parts.ts';

const LESSON = 1_700_000_000_500;

function container(name: string, more: Partial<Container> = {}): Container {
  return {
    kind: 'container',
    id: `${name.length}`.repeat(64),
    name,
    image: 'tiny:1',
    imageId: 'sha256:aa',
    command: 'sh',
    createdAt: LESSON - 100_000,
    state: 'running',
    since: null,
    exitCode: null,
    health: null,
    ports: [],
    mounts: [],
    networks: [],
    labels: {},
    ...more,
  };
}

function image(id: string, tags: string[]): Image {
  return { kind: 'image', id, tags, createdAt: 0, size: 1, layers: null, labels: {} };
}

const things: Things = {
  began: { lesson: LESSON, step: LESSON + 1000 },
  containers: [
    containerFacts(container('keep'), null, true),
    containerFacts(container('box-ab'), null, true),
    containerFacts(container('box-old'), null, false),
    // Listed by whole seconds.
    containerFacts(container('box-newer', { createdAt: LESSON - 500 }), null, false),
  ],
  images: [
    imageFacts(image(`sha256:${'ab'.repeat(32)}`, ['localhost/tiny:1']), null, false),
    imageFacts(image(`sha256:${'cd'.repeat(32)}`, []), null, true),
  ],
  volumes: [
    volumeFacts(
      {
        kind: 'volume',
        id: 'notes',
        name: 'notes',
        driver: 'local',
        scope: 'local',
        mountpoint: '',
        createdAt: null,
        anonymous: false,
        size: null,
        labels: {},
      },
      true,
    ),
  ],
  networks: [],
};

const wantedBy = (...tests: Parameters<typeof check>[0][]) =>
  factsWanted(
    tests.map((test) => check(test)),
    things,
  );

describe('what checks want to know', () => {
  it('is nothing for what the lists tell', () => {
    expect(wantedBy(ofContainer('keep', { is: { state: 'running' } }), ofImage('tiny:1'))).toEqual([]);
  });

  it('is what their predicates are about, once, in the names of the check', () => {
    const file = { file: { path: '/note', contains: 'x' } };
    expect(
      wantedBy(
        ofContainer('keep', file, { diff: { added: '/note' } }, { logs: { contains: 'x' } }),
        ofContainer('keep', file),
        ofImage('tiny:1', { history: { has: 'COPY' } }),
        ofVolume('notes', { file: { path: '/a', exists: true } }),
        { subject: 'file', of: 'notes.txt', predicates: [] },
        { subject: 'service', of: { name: 'pool' }, predicates: [] },
      ),
    ).toEqual([
      { ask: 'container-file', container: 'keep', path: '/note' },
      { ask: 'changes', container: 'keep' },
      { ask: 'logs', container: 'keep' },
      { ask: 'history', image: 'tiny:1' },
      { ask: 'volume-file', volume: 'notes', path: '/a' },
      { ask: 'host-file', path: 'notes.txt' },
      { ask: 'service', service: 'pool' },
    ]);
  });

  it('is nothing about what is not there', () => {
    expect(
      wantedBy(
        ofContainer('nobody', { diff: { empty: true } }),
        ofImage('nothing:1', { history: { has: 'x' } }),
        ofVolume('none', { file: { path: '/a', exists: true } }),
      ),
    ).toEqual([]);
  });

  it('is about each thing that a filter may let through: ours, or new since the lesson began', () => {
    const of = { filter: { name: 'box-*', image: 'tiny:1' } };
    expect(wantedBy({ subject: 'container', of, predicates: [{ logs: { contains: 'x' } }] })).toEqual([
      { ask: 'logs', container: 'box-newer' },
      { ask: 'logs', container: 'box-ab' },
    ]);
  });

  it('is found in nested tests, and in what is said when a check does not hold', () => {
    const nested = check({ all: [{ any: [{ not: ofContainer('keep', { diff: { empty: true } }) }] }] }, [
      { if: { test: ofContainer('keep', { logs: { contains: 'x' } }) }, say: '' },
      { if: null, say: '' },
    ]);
    expect(factsWanted([nested], things).map(({ ask }) => ask)).toEqual(['changes', 'logs']);
  });

  it('of a registry is what is asked of it, and the digest it is compared with', () => {
    const at = '127.0.0.1:5000';
    expect(
      wantedBy({
        subject: 'registry',
        of: at,
        predicates: [
          { answers: true },
          { repository: 'site' },
          { tag: { of: 'site', is: '2' } },
          { digest: { of: 'site', sameAs: 'tiny:1' } },
        ],
      }),
    ).toEqual([
      { ask: 'registry', at, repository: '', tag: '' },
      { ask: 'registry', at, repository: 'site', tag: '' },
      { ask: 'registry', at, repository: 'site', tag: '2' },
      { ask: 'registry', at, repository: 'site', tag: 'latest' },
      { ask: 'digests', image: 'tiny:1' },
    ]);
  });

  it('of a script is its answer to its input', () => {
    expect(wantedBy({ script: { file: 'a.sh', input: { a: 'b' } } })).toEqual([
      { ask: 'script', file: 'a.sh', input: { a: 'b' } },
    ]);
  });
});
