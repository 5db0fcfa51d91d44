import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { differences, takeBaseline } from '../../../src/lesson/fence/baseline.ts';
import { UNPROVIDED } from '../../../src/lesson/lesson.ts';
import { proveLesson } from '../../../src/lesson/prove/prove-lesson.ts';
import { proofText, type Proof } from '../../../src/lesson/prove/prove-text.ts';
import { readLesson } from '../../../src/lesson/read/read-lesson.ts';
import { ENGINE_NAMES } from '../../support/engine-host-talk.ts';
import { hasEngine, ownEngine, type OwnEngine } from '../../support/engines.ts';
import { until } from '../../support/until.ts';
import { openLessonClient } from '../lesson-client.ts';

const FENCE = '```';
const LESSON = `---
id: sample
title: A sample
version: 1
minutes: 5
difficulty: beginner
requires: []
teaches: [run]
myths: []
images: [tiny:1]
vars: { box: { name: keep }, word: { words: 2 } }
---
Hello.

## Start a box {#start}
${FENCE}run
docker run -d --name {{box}} -v {{box}}-data:/data tiny:1 sleep 1d
${FENCE}
${FENCE}check
- id: running
  claim: '"{{box}}" is running'
  container: "{{box}}"
  is: { state: running }
  else:
    - if: { state: exited }
      say: It stopped with code {{actual.exitCode}}.
    - if: { other: { image: tiny:1, since: step } }
      say: I see "{{other.name}}".
    - say: There is no "{{box}}" yet.
${FENCE}

## Write into it {#write}
${FENCE}run
docker exec {{box}} sh -c 'echo {{word}} >/data/note'
${FENCE}
${FENCE}check
- id: note
  claim: the note is there
  container: "{{box}}"
  file: { path: /data/note, contains: "{{word}}" }
  else:
    - if: { typed: 'exec' }
      say: You typed something, but the words are not there.
    - say: There is no note yet.
- id: image
  claim: an image was made from the box
  image: "{{box}}-made:1"
  exists: true
  else:
    - say: There is no image yet.
${FENCE}
`;
const SOLUTION = `start:
  - docker run -d --name {{box}} -v {{box}}-data:/data tiny:1 sleep 1d
write:
  - docker exec {{box}} sh -c 'echo {{word}} >/data/note'
  - docker run --name brief -v /nameless tiny:1 true
  - docker rm brief
  - "docker build -t {{box}}-made:1 . >log 2>&1 || { cat log; false; }"
`;
const TESTS = `- name: wrong name
  step: start
  run: ["docker run -d --name kepe tiny:1 sleep 1d"]
  check: running
  says: I see "kepe"
- name: ended
  step: start
  run: ["docker run --name {{box}} tiny:1 sh -c 'exit 3'"]
  check: running
  says: It stopped with code 3
- name: nothing done
  step: write
  run: ["docker ps"]
  check: note
  outcome: not-yet
  says: There is no note yet
- name: other words
  step: write
  run: ["docker exec {{box}} sh -c 'echo 12345 >/data/note'"]
  check: note
  says: the words are not there
`;

let top: string;
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'sl-prove-'));
});
afterAll(() => rm(top, { recursive: true, force: true }));

let written = 0;

async function write(change: { lesson?: string; solution?: string; tests?: string } = {}): Promise<string> {
  const folder = join(top, `lesson-${++written}`);
  await mkdir(join(folder, 'files'), { recursive: true });
  await writeFile(join(folder, 'lesson.md'), change.lesson ?? LESSON);
  await writeFile(join(folder, 'solution.yaml'), change.solution ?? SOLUTION);
  await writeFile(join(folder, 'tests.yaml'), change.tests ?? TESTS);
  await writeFile(join(folder, 'files', 'Dockerfile'), 'FROM tiny:1\nRUN echo made >/made\n');
  return folder;
}

describe.each(ENGINE_NAMES.filter(hasEngine))('the proof of a lesson on %s', (name) => {
  let own: OwnEngine;
  let engine: Engine;

  beforeAll(async () => {
    own = await ownEngine(name);
    engine = await connect(own.endpoint);
  });
  afterAll(async () => {
    engine.close();
    await own.discard();
  });

  async function prove(change: Parameters<typeof write>[0] = {}, signal?: AbortSignal): Promise<Proof> {
    const { lesson, tests, problems } = await readLesson(await write(change));
    if (lesson === null) throw new Error(JSON.stringify(problems));
    return proveLesson({
      lesson,
      tests,
      engine,
      openClient: () => openLessonClient(engine),
      provided: {
        features: new Set(engine.features),
        lacking: new Map(),
        values: UNPROVIDED,
        elsewhere: null,
        registry: null,
        clear: async () => {},
      },
      workFolders: join(top, 'work'),
      signal: signal ?? new AbortController().signal,
    });
  }

  it('is good for a lesson that is, twice and by every wrong path, and leaves nothing', async () => {
    const before = await takeBaseline(engine);
    const proof = await prove();
    expect(
      proofText(proof)
        .split('\n')
        .slice(0, -1)
        .map((line) => line.replaceAll(/ +/g, ' ')),
    ).toEqual([
      'sample … set-up setup ok · cleanup ok',
      'sample … step start check expecting NOT-YET ok · solve ok · check expecting PASS ok',
      'sample … step write check expecting NOT-YET ok · solve ok · check expecting PASS ok',
      'sample … set-up again setup ok · cleanup ok',
      'sample … step start again check expecting NOT-YET ok · solve ok · check expecting PASS ok',
      'sample … step write again check expecting NOT-YET ok · solve ok · check expecting PASS ok',
      'sample … wrong: wrong name setup ok · expected mistake ok · cleanup ok',
      'sample … wrong: ended setup ok · expected mistake ok · cleanup ok',
      'sample … wrong: nothing done setup ok · expected not-yet ok · cleanup ok',
      'sample … wrong: other words setup ok · expected mistake ok · cleanup ok',
    ]);
    expect(proof.ok).toBe(true);
    expect(differences(before, await takeBaseline(engine))).toEqual([]);
    expect(await readdir(join(top, 'work'))).toEqual([]);
  }, 120_000);

  it('says what a solution left open, with the output of what failed, and plays no further', async () => {
    const solution = SOLUTION.replace('-t {{box}}-made:1 .', '-t {{box}}-made:1 ./nowhere');
    const proof = await prove({ solution, tests: '[]' });
    expect(proof.ok).toBe(false);
    expect(proof.lines.map(({ label }) => label)).toEqual(['set-up', 'step start', 'step write']);
    const failed = proof.lines.flatMap(({ parts }) => parts.filter(({ ok }) => !ok));
    expect(failed.map(({ what }) => what)).toEqual(['check expecting PASS']);
    expect(failed[0]?.details.join('\n')).toMatch(
      /check image \(line \d+\): expected pass, actual: not-yet: There is no image yet\.\n {2}expected: .+\n {2}actual: .+\n\$ docker build -t keep-made:1 [^]*nowhere[^]*\(code 1\)/,
    );
  }, 60_000);

  it('finds checks that pass by themselves, wrong paths that say something else, and those that pass', async () => {
    const proof = await prove({
      lesson: LESSON.replace('image: "{{box}}-made:1"', 'image: "tiny:1"'),
      tests: `- name: other message
  step: start
  run: ["docker run -d --name kepe tiny:1 sleep 1d"]
  check: running
  says: I see a cat
- name: not wrong at all
  step: start
  run: ["docker run -d --name {{box}} tiny:1 sleep 1d"]
  check: running
  says: anything
`,
    });
    const failed = proof.lines.flatMap(({ label, parts }) =>
      parts.filter(({ ok }) => !ok).map(({ what, details }) => [label, what, ...details]),
    );
    const tooEarly = expect.stringMatching(
      /^check image \(line \d+\): expected not-yet before .*actual: pass$/,
    ) as string;
    expect(failed).toEqual([
      ['step write', 'check expecting NOT-YET', tooEarly],
      [
        'wrong: other message',
        'expected mistake',
        'check running: expected mistake, saying “I see a cat”',
        '  actual: mistake#2: I see "kepe".',
      ],
      [
        'wrong: not wrong at all',
        'expected mistake',
        'check running: expected mistake, saying “anything”',
        '  actual: pass',
      ],
    ]);
  }, 120_000);

  it('lets no wrong path see what another one did, in whatever order they stand', async () => {
    const before = await takeBaseline(engine);
    const nothingDone = (id: string): string => `- name: nothing done ${id}
  step: write
  run: ["docker ps"]
  check: note
  outcome: not-yet
  says: There is no note yet
`;
    const proof = await prove({
      tests: `${nothingDone('1')}- name: only another box
  step: write
  run: ["docker run --name other tiny:1 true", "docker exec {{box}} true"]
  check: note
  says: You typed something
- name: an image after all
  step: write
  run: ["docker run --name other tiny:1 true", "docker tag tiny:1 keep-made:2"]
  check: image
  outcome: not-yet
  says: There is no image yet
- name: another box, and away with it
  step: write
  run: ["docker run --name other tiny:1 true", "docker rm other"]
  check: image
  outcome: not-yet
  says: There is no image yet
- name: the other box is seen
  step: write
  run: ["docker inspect other && docker tag tiny:1 {{box}}-made:1"]
  check: image
  outcome: not-yet
  says: There is no image yet
${nothingDone('2')}- name: other words
  step: write
  run: ["docker exec {{box}} sh -c 'echo 12345 >/data/note'"]
  check: note
  says: You typed something
- name: other words are seen
  step: write
  run: ["docker exec {{box}} test -e /data/note && docker tag tiny:1 {{box}}-made:1"]
  check: image
  outcome: not-yet
  says: There is no image yet
${nothingDone('3')}- name: a file
  step: write
  run: ["docker ps >ps.txt"]
  check: note
  outcome: not-yet
  says: There is no note yet
- name: the file is seen
  step: write
  run: ["test -e ps.txt && docker tag tiny:1 {{box}}-made:1"]
  check: image
  outcome: not-yet
  says: There is no image yet
- name: no box
  step: write
  run: ["docker rm -f {{box}}"]
  check: note
  outcome: not-yet
  says: There is no note yet
`,
    });
    expect(proofText(proof)).toMatch(/: ok$/);
    expect(proof.lines.filter(({ label }) => label.startsWith('wrong'))).toHaveLength(12);
    expect(differences(before, await takeBaseline(engine))).toEqual([]);
  }, 120_000);

  it('says what a lesson leaves that is not its own to remove, and takes the rest away', async () => {
    const before = await takeBaseline(engine);
    const past = `DOCKER_HOST=${own.host} CONTAINER_HOST=${own.host} docker network create past-the-wire`;
    const proof = await prove({ solution: SOLUTION.replace('write:', `  - ${past}\nwrite:`), tests: '[]' });
    const [network] = differences(before, await takeBaseline(engine));
    try {
      expect(proof.lines[0]?.parts.at(-1)).toEqual({
        what: 'cleanup',
        ok: false,
        details: [`network ${network?.id} is left`],
      });
    } finally {
      await engine.carryOut({
        do: 'remove-network',
        network: { id: network?.id ?? '', name: 'past-the-wire' },
      });
    }
    expect(differences(before, await takeBaseline(engine))).toEqual([]);
  }, 60_000);

  it('tidies up when it is given up in the middle of a line', async () => {
    const before = await takeBaseline(engine);
    const aborter = new AbortController();
    const solution = SOLUTION.replace('write:', '  - docker run --name forever tiny:1 sleep 1d\nwrite:');
    const proving = prove({ solution }, aborter.signal);
    await until(async () => {
      const containers = await engine.list('container');
      return containers.some(
        (item) => item.kind === 'container' && item.name === 'forever' && item.state === 'running',
      );
    });
    aborter.abort(new Error('given up'));
    await expect(proving).rejects.toThrow('given up');
    expect(differences(before, await takeBaseline(engine))).toEqual([]);
    expect(await readdir(join(top, 'work'))).toEqual([]);
  }, 60_000);

  it('says that a lesson is not for this engine, or what it lacks', async () => {
    const needs = (line: string): string => LESSON.replace('images:', `${line}\nimages:`);
    const other = await prove({ lesson: needs(`needs: { ${name}: no }`) });
    expect([other.ok, other.notHere]).toEqual([
      true,
      expect.stringMatching(/^This lesson cannot be played on (Docker|Podman)\.$/),
    ]);
    const newer = await prove({ lesson: needs(`needs: { ${name}: ">=99.1" }`) });
    expect(proofText(newer)).toMatch(
      /not for this engine\. It needs (Docker|Podman) 99\.1 or later; this is [\d.]+\S*\.$/,
    );
    const lacking = await prove({ lesson: LESSON.replace('images: [tiny:1]', 'images: [no-such:1]') });
    expect(lacking.lines[0]?.parts).toEqual([
      { what: 'setup', ok: false, details: [expect.stringContaining('no image no-such:1')] },
    ]);
  });
});
