import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';

/** What the first step makes, and what the check of the second looks for. */
const MADE = 'aa-made';
export const SEEN = 'aa-seen';
export const TITLE = 'Under the stopwatch';
export const CLAIM = `${SEEN} is running`;
export const SECOND_STEP = 'The second step';
export const HINT = 'This hint is open.';

/** The second step stays open, as its last check never passes; that one reads a file, so that it is polled for, too. */
const LESSON = `---
id: under-the-stopwatch
title: ${TITLE}
version: 1
minutes: 1
difficulty: beginner
requires: []
teaches: [time]
images: [${BASE_IMAGE}]
---
A lesson to be measured.

## The first step {#first}
\`\`\`run
docker run -d --name ${MADE} ${BASE_IMAGE} sleep 1d
\`\`\`

\`\`\`check
- id: made
  claim: ${MADE} is running
  container: ${MADE}
  is: { state: running }
  else:
    - say: It is not there yet.
\`\`\`

## ${SECOND_STEP} {#second}
\`\`\`check
- id: seen
  claim: ${CLAIM}
  container: ${SEEN}
  image: ${BASE_IMAGE}
  is: { state: running }
  mode: now
  else:
    - say: It is not there yet.
- id: never
  claim: a file is there that nobody makes
  file: never.txt
  else:
    - say: It is not there.
\`\`\`

\`\`\`hint
${HINT}
\`\`\`
`;

const SOLUTION = `first:
  - docker run -d --name ${MADE} ${BASE_IMAGE} sleep 1d
second:
  - touch never.txt
`;

/** A lesson in a folder of its own, gone afterwards. */
export async function withBenchLesson<T>(look: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sb-lesson-'));
  try {
    await writeFile(join(folder, 'lesson.md'), LESSON);
    await writeFile(join(folder, 'solution.yaml'), SOLUTION);
    return await look(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
