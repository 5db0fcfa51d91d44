import type { LessonFiles } from '../../src/lesson/read/parse-lesson.ts';

/** A lesson that has everything the format has, so that nothing of it goes untried. */
export const RICH: LessonFiles = {
  'lesson.md': `---
id: rich
title: "All of it, with {{box}}"
version: 3
minutes: 12
difficulty: intermediate
requires: [first-box]
teaches: [writable-layer, diff]
myths: [restart-loses-data]
needs: { docker: ">=20.10", podman: no, features: [buildx] }
images: [tiny:1, web:1]
vars:
  box: { name: keep }
  word: { words: 2 }
  port: { port: 8088 }
---
Before the *first* step.

- a list
  - in a list

\`\`\`sh
echo an ordinary code block
\`\`\`

## Remember {#remember .warm-up}

\`\`\`quiz #what-is-it
ask: What is it?
options: [An image, "Yes: a box", 3]
answer: 1
because: |
  It runs.

  It is a box.
if: { 0: An image is a template., 2: A number is not a thing. }
\`\`\`

## Leave a note {#note}
Start a box.

\`\`\`run
docker run -d --name {{box}} tiny:1 sleep 1d
docker exec {{box}} sh -c 'echo {{word}} > /note
echo more'   # it goes on
# only a remark, isn't it
cat > notes.txt <<END
it's a text
END
docker exec {{box}} \\
  ls /note
\`\`\`

\`\`\`check
- id: running
  claim: '"{{box}}" is running'
  container: "{{box}}"
  is: { state: running, exitCode: 0, oomKilled: false, restartCount: 2, health: healthy }
  image: tiny:1
  sameImageAs: [box-b, box-c]
  command: sleep 1d
  env: { K: v, N: 8 }
  labels: { a: b }
  mounts: { type: volume, source: notes, destination: /vol, writable: true, anonymous: false }
  noMount: { type: tmpfs }
  networks: lan
  port: { container: 80, host: "{{port}}", published: true }
  limits: { memory: 8m, pids: 5 }
  look: containers/{{box}}
  stable: 500ms
  else:
    - if: { state: exited }
      say: It stopped with code {{actual.exitCode}}.
    - if: { other: { image: tiny:1, since: step } }
      say: I see "{{other.name}}", but it needs to be "{{box}}".
    - if: { typed: '^docker volume \\w+$' }
      say: You typed something else.
    - if: { container: x, absent: true }
      say: There is no x.
    - say: No container called "{{box}}" yet.
- id: note
  claim: the note is there
  needs: [running]
  container: "{{box}}"
  diff: { added: /note, changed: /etc, deleted: /bin/vi }
  file: { path: /note, contains: "{{word}}" }
  logs: { matches: '^by+e$' }
  event: { action: restart, since: lesson }
  mode: now
  only: docker
  look: wire
- id: clean
  claim: nothing else changed
  not:
    any:
      - container: { name: "box-*", image: tiny:1, state: running, label: { k: v }, since: lesson, anonymous: true }
        count: { least: 1 }
      - container: keep
        diff: empty
      - all:
          - container: { image: tiny:1 }
            count: 3
          - container: b
            file: { path: /note, exists: false }
- id: images
  claim: images
  all:
    - image: snap:1
      sameLayers: { as: tiny:1, first: 1 }
      layersMore: { than: tiny:1, by: 1 }
      size: { than: tiny:1, bigger: 4MB }
      history: { has: dd }
      tagged: snap:latest
      digest: { sameAs: tiny:1 }
      command: [sh, -c, "a b"]
    - image: snap:2
      size: { than: tiny:1, within: 200kB }
    - volume: notes
      driver: local
      users: 0
      usedBy: keep
      file: { path: /note, equals: x }
    - volume: { anonymous: true }
      count: { most: 2 }
    - network: lan
      driver: bridge
      internal: true
      members: [web, db]
    - service: pool
      replicas: { wanted: 2, running: 2 }
    - registry: 127.0.0.1:5000
    - registry: 127.0.0.1:5000
      repository: site
      tag: { of: site, is: "1" }
      digest: { of: "site:1", sameAs: site }
      event: { action: push, repository: site }
    - file: notes.txt
      contains: x
    - engine: true
      family: docker
      rootless: false
      feature: build
      event: { kind: container, action: die }
      called: { method: GET, path: /containers/json, status: 200 }
      typed: { line: 'docker ps', code: 0 }
    - script: { file: check.sh, input: { a: "{{box}}" } }
\`\`\`

Between.

\`\`\`hint
Look at \`docker exec\`.
---
It needs a shell.
---
The shape is ____.
\`\`\`

\`\`\`\`only docker
Only for docker.

\`\`\`check
- id: inner
  claim: inner
  container: "{{box}}"
\`\`\`
\`\`\`\`

## Read this {#reading .reading}

\`\`\`predict
ask: What will it say?
options: [gone, still there]
answer: 1
because: It stays.
\`\`\`

\`\`\`diagram
name: layers
alt: two layers
rows: [{ label: tiny:1, note: shared, kind: read-only }, { label: yours, kind: writable }]
\`\`\`

\`\`\`diagram
name: flow
alt: from left to right
boxes: [client, daemon]
arrows: [HTTP]
\`\`\`

\`\`\`diagram
name: table
alt: a table
head: [what, how much]
rows: [[a, 1], [b, 2]]
\`\`\`

\`\`\`note
A note for {{box}}.
\`\`\`

\`\`\`myth
A restart loses data.
---
Only removing does.
\`\`\`

\`\`\`\`only no-feature:buildx
\`\`\`note
No buildx here.
\`\`\`
\`\`\`\`

## Undo {#undo}

\`\`\`run
docker rm -f {{box}}
\`\`\`

\`\`\`check
- id: gone
  claim: it is gone
  container: "{{box}}"
  absent: true
\`\`\`

\`\`\`solution
docker rm -f {{box}}
\`\`\`
`,
  'solution.yaml': `note:
  - docker run -d --name {{box}} tiny:1 sleep 1d
  - |
    cat > notes.txt <<END
    text
    END
`,
  'tests.yaml': `- name: wrong name
  step: note
  run: ["docker run -d --name kepe tiny:1 sleep 1d"]
  check: running
  says: 'I see "kepe"'
- name: nothing
  step: note
  run: ["docker run --name {{box}} tiny:1 true"]
  check: running
  outcome: not-yet
  says: stopped
  only: podman
`,
  names: ['check.sh'],
};
