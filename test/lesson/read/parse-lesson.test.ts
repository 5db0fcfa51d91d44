import { describe, expect, test } from 'vitest';
import { parseLesson, type LessonFiles } from '../../../src/lesson/read/parse-lesson.ts';
import { RICH } from '../rich-lesson.ts';

const parse = (files: Partial<LessonFiles>) => parseLesson({ ...RICH, ...files }, '/lessons/05-rich');
const rich = parse({});
const lineOf = (text: string, needle: string): number =>
  text.slice(0, text.indexOf(needle)).split('\n').length;

/** The problems of the rich lesson with one thing changed, as `file:line text`. */
function problemsAfter(
  from: string | RegExp,
  to: string,
  file: 'lesson.md' | 'solution.yaml' | 'tests.yaml' = 'lesson.md',
) {
  const before = RICH[file] ?? '';
  const after = before.replace(from, () => to);
  expect(after).not.toBe(before);
  const { problems } = parse({ [file]: after });
  return problems.map((each) => `${each.file}:${each.line} ${each.text}`);
}

describe('a lesson with everything in it', () => {
  test('is read without a problem', () => {
    expect(rich.problems).toEqual([]);
    expect(rich.lesson).toMatchObject({
      id: 'rich',
      number: 5,
      minutes: 12,
      needs: { docker: '20.10', podman: null, features: ['buildx'] },
      vars: { box: { name: 'keep' }, word: { words: 2 }, port: { port: 8088 } },
    });
    expect(rich.lesson?.steps.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'remember warm-up',
      'note task',
      'reading reading',
      'undo task',
    ]);
  });

  test('has its blocks in order, with ids and lines', () => {
    const text = RICH['lesson.md'];
    const [, note, reading] = rich.lesson?.steps ?? [];
    expect(note?.line).toBe(lineOf(text, '## Leave a note'));
    expect(note?.blocks.map(({ id, line }) => [id, line])).toEqual([
      ['note-prose-1', lineOf(text, 'Start a box.')],
      ['note-run-1', lineOf(text, '```run\ndocker run -d')],
      ['note-check-1', lineOf(text, '```check\n- id: running')],
      ['note-prose-2', lineOf(text, 'Between.')],
      ['note-only-1', lineOf(text, '````only docker')],
    ]);
    expect(reading?.blocks.map(({ kind }) => kind)).toEqual([
      'predict',
      'diagram',
      'diagram',
      'diagram',
      'note',
      'myth',
      'only',
    ]);
  });

  test('has commands that go on over lines where a shell would', () => {
    const run = rich.lesson?.steps[1]?.blocks.find(({ kind }) => kind === 'run');
    expect(run).toMatchObject({
      commands: [
        'docker run -d --name {{box}} tiny:1 sleep 1d',
        "docker exec {{box}} sh -c 'echo {{word}} > /note\necho more'   # it goes on",
        "cat > notes.txt <<END\nit's a text\nEND",
        'docker exec {{box}} \\\n  ls /note',
      ],
    });
  });

  test('has its checks as data, with sizes in bytes and times in milliseconds', () => {
    const [running, note, clean, images, inner] = rich.lesson?.steps[1]?.checks ?? [];
    expect(running).toMatchObject({
      stable: 500,
      look: 'containers/{{box}}',
      line: lineOf(RICH['lesson.md'], '- id: running'),
      test: { subject: 'container', of: { name: '{{box}}' } },
    });
    expect(running?.test).toHaveProperty(
      'predicates',
      expect.arrayContaining([{ limits: { memory: 8 * 1024 ** 2, pids: 5 } }]),
    );
    expect(running?.otherwise.map(({ if: mismatch }) => mismatch && Object.keys(mismatch)[0])).toEqual([
      'actual',
      'other',
      'typed',
      'test',
      null,
    ]);
    expect(note).toMatchObject({ needs: ['running'], mode: 'now', only: 'docker', look: 'wire' });
    expect(clean?.test).toMatchObject({
      not: { any: [{ predicates: [{ count: { least: 1 } }] }, {}, { all: [{}, {}] }] },
    });
    expect(images?.test).toMatchObject({
      all: expect.arrayContaining([
        { subject: 'registry', of: '127.0.0.1:5000', predicates: [{ answers: true }] },
        { subject: 'file', of: 'notes.txt', predicates: [{ text: { contains: 'x' } }] },
        { script: { file: 'check.sh', input: { a: '{{box}}' } } },
      ]),
    });
    expect(images?.test).toHaveProperty('all.0.predicates.2', {
      size: { than: 'tiny:1', bigger: 4_000_000 },
    });
    expect(inner).toMatchObject({ only: 'docker', test: { predicates: [{ exists: true }] } });
  });

  test('has hints, and solutions from the file or the block', () => {
    const [, note, , undo] = rich.lesson?.steps ?? [];
    expect(note?.hints).toEqual(['Look at `docker exec`.', 'It needs a shell.', 'The shape is ____.']);
    expect(note?.solution).toEqual([
      'docker run -d --name {{box}} tiny:1 sleep 1d',
      'cat > notes.txt <<END\ntext\nEND',
    ]);
    expect(undo?.solution).toEqual(['docker rm -f {{box}}']);
    expect(rich.tests).toMatchObject([
      { name: 'wrong name', outcome: 'mistake', only: null, line: 1 },
      { name: 'nothing', outcome: 'not-yet', only: 'podman', line: 6 },
    ]);
  });
});

describe('what is wrong is told with its line and what was meant', () => {
  const text = RICH['lesson.md'];
  test.each<[from: string | RegExp, to: string, at: string, said: string]>([
    ['minutes: 12', 'minuets: 12', 'minutes: 12', 'minuets is not known here; did you mean minutes?'],
    ['minutes: 12\n', '', 'id: rich', 'minutes is missing'],
    [
      'minutes: 12',
      'minutes: long',
      'minutes: 12',
      'minutes has to be a whole number from 1 to 240, and “long” is there',
    ],
    ['difficulty: intermediate', 'difficulty: beginer', 'difficulty:', 'did you mean beginner?'],
    ['features: [buildx]', 'features: [compoze]', 'needs:', 'did you mean compose?'],
    ['{ name: keep }', '{ name: "a b" }', 'box: { name', 'vars.box.name has to be a name of small letters'],
    ['{#note}', '', '## Leave a note', 'a step needs an id after its title'],
    ['{#remember .warm-up}', '{#remember .warmup}', '## Remember', 'did you mean warm-up?'],
    ['{#undo}', '{#note}', '## Undo', 'two steps have the id “note”: the other is on line 39'],
    ['- id: note\n', '- id: running\n', '- id: note\n', 'two checks have the id “running”'],
    [
      'answer: 1\nbecause: |',
      'answer: 3\nbecause: |',
      'ask: What is it?',
      'has the answer 3, but the options are counted from 0 to 2',
    ],
    [
      '  is: { state: running,',
      '  is: { stat: running,',
      'is: { state',
      'is.stat is not known here; did you mean state?',
    ],
    ['state: running, exitCode: 0', 'state: runing, exitCode: 0', 'is: { state', 'did you mean running?'],
    [
      'exitCode: 0',
      'exitCode: none',
      'is: { state',
      'is.exitCode has to be a whole number from 0 to 255, and “none” is there',
    ],
    [
      '  sameImageAs:',
      '  sameImagesAs:',
      '  sameImageAs',
      'sameImagesAs is not known here; did you mean sameImageAs?',
    ],
    [
      '  container: "{{box}}"\n  is',
      '  contaner: "{{box}}"\n  is',
      '  container: "{{box}}"\n  is',
      'did you mean container?',
    ],
    ['needs: [running]', 'needs: [runing]', '- id: note\n', 'did you mean running?'],
    ['needs: [running]', 'needs: [note]', '- id: note\n', '“note” waits for itself'],
    ["matches: '^by+e$'", "matches: '(a)\\1'", 'logs:', '"\\1" is not supported'],
    ["matches: '^by+e$'", "matches: '('", 'logs:', 'is not closed'],
    ['stable: 500ms', 'stable: 5 minutes', 'stable:', 'a time such as 2s or 500ms'],
    ['memory: 8m', 'memory: lots', 'limits:', 'a size such as 4MB or 8m'],
    ['look: wire', 'look: the wire', 'look: wire', 'look has to be wire, registry, or a pane and a name'],
    ['if: { 0: An', 'if: { 0: An x, and an', 'if: { 0: An', 'a text with a comma in it has to be in quotes'],
    ['name: flow', 'name: flwo', 'name: flow', 'did you mean flow?'],
    ['alt: two layers\n', '', 'name: layers', 'alt is missing'],
    ['only docker', 'only dokcer', '````only docker', 'after only comes docker, podman'],
    [
      'say: It stopped with code {{actual.exitCode}}.',
      'say: It stopped with {{actual.exitcode}}.',
      '- id: running',
      'did you mean actual.exitCode?',
    ],
    [
      'A note for {{box}}.',
      'A note for {{bxo}}.',
      '```note\nA note',
      '{{bxo}} is no variable of this lesson; did you mean box?',
    ],
    [
      '  container: "{{box}}"\n  is',
      '  container: {{box}}\n  is',
      '  container: "{{box}}"\n  is',
      'has to be in quotes',
    ],
    [
      'claim: the note is there',
      'claim: the note: there',
      'claim: the note',
      'a text with a colon in it has to be in quotes',
    ],
    ['script: { file: check.sh,', 'script: { file: chekc.sh,', '- id: images', 'did you mean check.sh?'],
    ['script: { file: check.sh,', 'script: { file: ../check.sh,', '- script:', 'a path below the folder'],
    [
      'docker rm -f {{box}}',
      'docker system prune -f',
      '```run\ndocker rm',
      '“system prune” removes what is not the lesson',
    ],
    [
      'docker rm -f {{box}}',
      'docker rm -f $(docker ps -aq)',
      '```run\ndocker rm',
      'this removes all there is',
    ],
    [
      '  ls /note\n',
      '  ls /note \\\n',
      'docker exec {{box}} \\\n',
      'this command never ends: a line is missing after the last backslash',
    ],
    [
      'mounts: { type: volume',
      'mounts: { type: volumen',
      'mounts:',
      'mounts.type has to be one of volume, bind, tmpfs',
    ],
  ])('%s → %s', (from, to, at, said) => {
    const line = lineOf(text, at);
    expect(problemsAfter(from, to)).toContainEqual(expect.stringMatching(new RegExp(`^lesson.md:${line} `)));
    expect(problemsAfter(from, to)).toContainEqual(expect.stringContaining(said));
  });

  test('in the other files too', () => {
    expect(problemsAfter('note:', 'noet:', 'solution.yaml')).toEqual([
      'solution.yaml:1 there is no step “noet”; did you mean note?',
    ]);
    expect(
      problemsAfter('  - docker run', '  - docker volume prune -f && docker run', 'solution.yaml'),
    ).toEqual([expect.stringMatching(/^solution.yaml:2 “volume prune” removes/)]);
    expect(problemsAfter('  outcome: not-yet', '  outcome: not yet', 'tests.yaml')).toEqual([
      'tests.yaml:10 outcome has to be one of mistake, not-yet, and “not yet” is there; did you mean not-yet?',
    ]);
  });

  test('all of it at once, not only the first', () => {
    const broken = text
      .replace('minutes: 12', 'minutes: long')
      .replace('state: running', 'state: runing')
      .replace('needs: [running]', 'needs: running');
    expect(parse({ 'lesson.md': broken }).problems).toHaveLength(3);
  });

  test('of three unlike things in the place of the subject, which is one too many', () => {
    expect(problemsAfter('  image: tiny:1\n  sameImageAs', '  volume: notes\n  sameImageAs')).toContainEqual(
      expect.stringContaining('volume does not go with container'),
    );
  });

  test('a name cannot be counted', () => {
    expect(problemsAfter('  absent: true\n```', '  count: 0\n```')).toContainEqual(
      expect.stringContaining('count counts'),
    );
  });
});

describe('what a stranger may send', () => {
  test('control characters are gone, in every way they can be written', () => {
    const { lesson, problems } = parse({
      'lesson.md': RICH['lesson.md']
        .replace('Start a box.', 'Start\u001b]0;x\u0007 a \u202ebox.\u0085')
        .replace('claim: the note is there', String.raw`claim: "the note\e[31m is\0there"`),
    });
    expect(problems).toEqual([]);
    expect(JSON.stringify(lesson)).not.toMatch(/\\u00|\u202e|\u009b/);
    expect(lesson?.steps[1]?.checks[1]?.claim).toBe('the note isthere');
  });

  test.each<[name: string, lesson: string]>([
    ['aliases', RICH['lesson.md'].replace('images: [tiny:1', 'images: [&a tiny:1, *a')],
    ['a circle of aliases', '---\nid: &a [*a]\n---\n'],
    ['deep flow', `---\nid: ${'['.repeat(20_000)}\n---\n`],
    ['deep blocks', `---\n${'- '.repeat(14_000)}\n---\n`],
    ['many keys', `---\n${Array.from({ length: 4000 }, (_, i) => `k${i}: 1`).join('\n')}\n---\n`],
    ['deep quotes', `${RICH['lesson.md']}\n${'>'.repeat(3000)} x`],
    ['deep lists', `${RICH['lesson.md']}\n${'- '.repeat(1900)} x`],
    ['stairs', RICH['lesson.md'] + Array.from({ length: 300 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n')],
    ['a long line', `${RICH['lesson.md']}\n${'a'.repeat(10_000)}`],
    ['too much', 'a'.repeat(2_000_000)],
    ['many headings', RICH['lesson.md'] + '## x {#x}\n'.repeat(20_000)],
    ['many fences', RICH['lesson.md'] + '```run\n```\n'.repeat(20_000)],
    ['many openings', `${RICH['lesson.md']}\n${'[![*_`<'.repeat(500)}\n`.repeat(40)],
    ['many variables', RICH['lesson.md'].replace('A note for', '{{a}}'.repeat(700))],
    ['many templates', `${RICH['lesson.md']}\n\n## X {#x}\n${'{{abcdefg}}\n'.repeat(15_000)}`],
  ])('%s end soon, with a line', (_, lesson) => {
    const began = performance.now();
    const read = parse({ 'lesson.md': lesson });
    expect(performance.now() - began).toBeLessThan(2000);
    expect(read.lesson).toBe(null);
    expect(read.problems).toContainEqual(
      expect.objectContaining({ severity: 'error', line: expect.any(Number) }),
    );
  });
});
