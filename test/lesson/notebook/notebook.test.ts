import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lexer } from 'marked';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { notebookFile, writeNotebook } from '../../../src/lesson/notebook/notebook-file.ts';
import { firstSentences } from '../../../src/lesson/notebook/notebook-text.ts';
import type { Things } from '../../../src/lesson/notebook/notebook-changes.ts';
import { notebook, type NotebookFacts } from '../../../src/lesson/notebook/notebook.ts';
import { dice } from '../../support/odd-text.ts';
import { aBlock, aLesson, aStep, prose, quiz } from '../a-lesson.ts';

const NOTHING: Things = { container: [], image: [], volume: [], network: [] };
const RUN = 'docker exec keep sh -c "exit 7"';
const lesson = aLesson('thin-layer', [
  aStep('warm', [quiz('w1')], { kind: 'warm-up' }),
  aStep('note', [
    prose('p1', 'A box has a *thin layer. Its own* one. It is on top of the image.\n\nThen type this.'),
    aBlock('m1', { kind: 'myth', claim: 'A restart loses the data.', fact: 'Only `docker rm` does.' }),
  ]),
  aStep('break', [
    aBlock('only', {
      kind: 'only',
      where: { family: 'podman' },
      blocks: [prose('p2', 'Only for podman.')],
    }),
    prose('p3', 'Now break it.'),
    aBlock('r', { kind: 'run', commands: [RUN] }),
  ]),
  aStep('copy', [prose('p4', 'Take a copy.')]),
  aStep('recap', [quiz('q1'), quiz('q2')], { kind: 'recap' }),
]);

const facts = (more: Partial<NotebookFacts> = {}): NotebookFacts => ({
  lesson,
  standing: (['done', 'done', 'done', 'skipped', 'done'] as const).map((state) => ({ state })),
  commands: [],
  changes: { made: NOTHING, cleanedUp: NOTHING },
  answers: new Map(),
  family: 'docker',
  features: new Set(),
  next: [{ id: 'volumes', title: 'Volumes' }],
  at: new Date(2026, 2, 28, 12).getTime(),
  ...more,
});
const used = (step: string, line: string, code: number | null = 0) => ({ step, line, code });
const codeOf = (text: string): string[] =>
  lexer(text).flatMap((token) => (token.type === 'code' ? [token.text as string] : []));

test('is the lesson, step by step, as Markdown', () => {
  const text = notebook(
    facts({
      commands: [used('note', 'docker run -d --name keep tiny:1 sleep 1d'), used('break', RUN, 7)],
      changes: {
        made: { ...NOTHING, container: ['keep', 'box'], volume: ['notes'] },
        cleanedUp: { ...NOTHING, container: ['keep', 'box'] },
      },
      answers: new Map([
        ['q1', 0],
        ['q2', 2],
      ]),
    }),
  );
  expect(text).toBe(`# All about thin-layer

A notebook of Slipway · 28 March 2026 · Docker, 1 of 5 steps skipped

## Step note

A box has a *thin layer. Its own* one. It is on top of the image.

\`\`\`sh
docker run -d --name keep tiny:1 sleep 1d
\`\`\`

## Step break

Now break it.

\`\`\`sh
# ends with code 7, and should
${RUN}
\`\`\`

## Step copy

*Skipped: Slipway ran the solution.*

Take a copy.

## What changed on the engine

- You made: 2 containers (\`keep\`, \`box\`), 1 volume (\`notes\`)
- Cleaned up: 2 containers (\`keep\`, \`box\`)
- Still there: 1 volume (\`notes\`)

## Refuted

**Not so:** A restart loses the data.

**But:** Only \`docker rm\` does.

## Questions, and what is right

1. the question q1  
   **right** – That is how the question q1 is.
2. the question q2  
   **right** – That is how the question q2 is.  
   You chose “wrong two”. Not two.

## Where to go next

- Volumes: \`slipway learn volumes\`
- The questions of this lesson come back in a day, then after 3, 7 and 21: “Review” in Slipway.
`);
});

describe('the commands of a step', () => {
  const commands = (...lines: ReturnType<typeof used>[]) => codeOf(notebook(facts({ commands: lines })));
  test('are those that went well, or whose end is not known; each once in a row', () => {
    expect(
      commands(
        used('note', 'docker ps'),
        used('note', 'docker ps'),
        used('note', 'dokcer ps', 127),
        used('note', 'docker logs keep', null),
        used('elsewhere', 'docker info'),
      ),
    ).toEqual(['docker ps\ndocker logs keep']);
  });
  test('are the last ones where there are very many', () => {
    const [text = ''] = commands(...Array.from({ length: 50 }, (_, i) => used('note', `docker stop b${i}`)));
    expect(text.split('\n')).toHaveLength(41);
    expect(text).toMatch(/^# 10 more before these\ndocker stop b10\n[^]*b49$/);
  });
  test('keep no secrets', () => {
    const lines = ['docker run -e DB_PASSWORD=hunter2 x', 'docker login -p hunter2', 'mysql -phunter2'];
    expect(notebook(facts({ commands: lines.map((line) => used('note', line)) }))).not.toContain('hunter2');
  });
  test('stay inside their block, whatever is typed, and steer no terminal', () => {
    const throws = dice(11, { controls: true });
    const headings = lexer(notebook(facts())).filter((token) => token.type === 'heading').length;
    for (let i = 0; i < 120; i += 1) {
      const line = `echo ${throws.text(5)}\n\`\`\`\`\n# no heading ${throws.text(5)}`;
      const name = `${throws.text(4)}\`x`;
      const made = { ...NOTHING, container: [name] };
      const text = notebook(facts({ commands: [used('note', line)], changes: { made, cleanedUp: NOTHING } }));
      expect(lexer(text).filter((token) => token.type === 'heading')).toHaveLength(headings);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }
  });
});

test('what is for another engine is left out there', () => {
  expect(notebook(facts())).not.toContain('Only for podman');
  expect(notebook(facts({ family: 'podman' }))).toContain('Only for podman');
});

test('says so when nothing was made, and what was not done', () => {
  const text = notebook(facts({ standing: [] }));
  expect(text).toContain('- You made nothing that stayed.');
  expect(text.match(/\*Not done\.\*/g)).toHaveLength(3);
});

test.each([
  ['Type this: `a. B c`. Then go on.', 'Type this: `a. B c`. Then go on.'],
  ['### A heading\n\nThe idea.\nIt goes on.\n\nMore.', 'The idea. It goes on.'],
  ['- a list\n- only', ''],
  [`One. ${'Very '.repeat(60)}long. Three.`, 'One.'],
])('the idea of %j is its first sentences', (markdown, idea) => {
  expect(firstSentences(markdown)).toBe(idea);
});

describe('as a file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-notebook-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('takes a name that is free', async () => {
    const names: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      const name = await notebookFile(folder, lesson);
      names.push(name);
      expect(await readFile(await writeNotebook(folder, name, text), 'utf8')).toBe(text);
    }
    expect(names).toEqual(['slipway-thin-layer.md', 'slipway-thin-layer-2.md', 'slipway-thin-layer-3.md']);
  });
  test('never overwrites one that came in between', async () => {
    const name = await notebookFile(folder, lesson);
    await writeFile(join(folder, name), 'somebody else’s');
    await expect(writeNotebook(folder, name, 'mine')).rejects.toThrow(
      /is there already; nothing was overwritten/,
    );
    expect(await readFile(join(folder, name), 'utf8')).toBe('somebody else’s');
  });
  test('stays in its folder, whatever the lesson is called', async () => {
    const name = await notebookFile(folder, { id: '../../etc/x y' });
    await writeNotebook(folder, name, 'x');
    expect(await readdir(folder)).toEqual(['slipway--etc-x-y.md']);
  });
});
