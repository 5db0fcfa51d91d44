import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ID, ID_FORM } from './read/parse-ids.ts';
import { cleanLines } from './read/parse-text.ts';

/** The person asked for something that cannot be: `advice` is what to do. */
export class NewLessonRefused extends Error {
  override readonly name = 'NewLessonRefused';
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** Writes a small lesson that works, to be changed; gives the paths of its files. Throws `NewLessonRefused`. */
export async function newLesson(folder: string, id: string, title: string): Promise<readonly string[]> {
  if (!ID.test(id))
    throw new NewLessonRefused(`“${id}” cannot be the id of a lesson`, `it has to be ${ID_FORM}`);
  const name = cleanLines(title).join(' ').trim();
  if (name === '')
    throw new NewLessonRefused('a lesson needs a title', 'for instance “The thin layer on top”');
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new NewLessonRefused(`${folder} is not empty`, 'name a folder that is not there yet');
  await mkdir(join(folder, 'files'));
  const files = { 'lesson.md': lessonText(id, name), 'solution.yaml': SOLUTION, 'tests.yaml': TESTS };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text, { flag: 'wx' });
  return Object.keys(files).map((file) => join(folder, file));
}

function lessonText(id: string, title: string): string {
  return String.raw`---
id: ${id}
title: ${JSON.stringify(title)}
version: 1
minutes: 10
difficulty: beginner
requires: []
teaches: [start-a-box]
images: [tiny:1]
vars:
  box: { name: first-try }
---
Say here in two sentences what the learner will be able to do at the end.

## Before we begin {#before .warm-up}
Two questions about what came before.

~~~quiz
ask: What is an image?
options: [A template for boxes, A running box]
answer: 0
because: An image is the template. A box is made from it.
if: { 1: A running box is called a container. It is made from an image. }
~~~

~~~quiz
ask: How many boxes can be made from one image?
options: [As many as you like, Only one]
answer: 0
because: The image is only read, so any number of boxes can share it.
if: { 1: A box takes nothing away from its image. You can make more. }
~~~

## Start a box {#start}
One new idea in each step. Say what to do and why.

~~~predict
ask: How long will the box run?
options: [For a day, Until you close the terminal]
answer: 0
because: A box lives as long as its command, and this one sleeps for a day.
if: { 1: The engine runs the box. Your terminal only asked for it. }
~~~

~~~run
docker run -d --name {{box}} tiny:1 sleep 1d
~~~

~~~check
- id: running
  claim: '"{{box}}" is running'
  container: "{{box}}"
  is: { state: running }
  look: containers/{{box}}
  else:
    - if: { state: exited }
      say: The box stopped with code {{actual.exitCode}}. It lives only as long as its command.
    - if: { other: { image: tiny:1, since: step } }
      say: I see "{{other.name}}", but the next step needs a box called "{{box}}".
    - say: There is no box called "{{box}}" yet.
~~~

~~~hint
A box needs a command that takes a while.
---
The flag for a box in the background is one letter.
---
The shape is: docker run -d --name ____ tiny:1 ____
~~~

## What stays with you {#recap .recap}
Three questions about what you have just seen.

~~~quiz
ask: What makes a box stop by itself?
options: [Its command ends, The terminal closes]
answer: 0
because: A box lives exactly as long as its main process.
if: { 1: The engine goes on without your terminal. }
~~~

~~~quiz
ask: What does the flag -d do?
options: [It runs the box in the background, It deletes the box at the end]
answer: 0
because: The letter stands for detached.
if: { 1: "That flag is called --rm." }
~~~

~~~quiz
ask: Why give a box a name?
options: [So that other commands can say which box they mean, Because a box without a name cannot start]
answer: 0
because: A name is easier to type than an id.
if: { 1: The engine would make up a name for it. }
~~~
`.replaceAll('~~~', '```');
}

const SOLUTION = `# What to type in each step. Skipping a step, and \`slipway lesson test\`, run these.
start:
  - docker run -d --name {{box}} tiny:1 sleep 1d
`;

const TESTS = `# Wrong paths: what a learner may well do, and what they then have to be told.
- name: a command that ends at once
  step: start
  run: ["docker run -d --name {{box}} tiny:1 true"]
  check: running
  says: stopped with code 0
- name: another name
  step: start
  run: ["docker run -d --name frist-try tiny:1 sleep 1d"]
  check: running
  says: I see "frist-try"
`;
