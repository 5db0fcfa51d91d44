import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtInLessons } from '../../../src/lesson/read/find-lessons.ts';
import { parseLesson, type LessonFiles } from '../../../src/lesson/read/parse-lesson.ts';
import { RICH } from '../rich-lesson.ts';

const ROUNDS = 10_000;
const SEED = 20261124;

/** Of work, not of waiting for others on a busy machine. */
function milliseconds(): number {
  return process.cpuUsage().user / 1000;
}

/** A small generator of numbers that are the same in every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const JUNK = [
  '```',
  '````only docker',
  '```check',
  '---',
  '- id: x',
  '  else:',
  ': : :',
  '&a',
  '*a',
  '<<: *a',
  '!!js/function x',
  '{{box}}',
  '{{',
  '}}',
  '{{actual.nothing}}',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\ud800',
  '\u2028',
  '\r',
  '\t',
  '[[[[[[[[[[[[[[[[',
  '{a: {a: {a: {a: ',
  '- - - - - - - - ',
  '> > > > > > > ',
  '99999999999999999999',
  '-1',
  '1e999',
  '.nan',
  '.inf',
  '0x7fffffff',
  '~',
  'null',
  'true',
  '__proto__: 1',
  'constructor: x',
  'toString',
  '|',
  '>-',
  '%YAML 9.9',
  '? a',
  '"',
  "'",
  '\\',
  '`',
  '#',
  '## x {#x}',
  '## {#}',
  '{#a .b .c}',
  '<!-- ',
  '<script>',
  '](',
  '![',
  '*_*_*_',
  '|a|b|',
  '[^1]: ',
  'a'.repeat(3000),
  ' '.repeat(500),
  '['.repeat(3000),
  '`'.repeat(300),
  '*'.repeat(1000),
  '(a+)+$',
  '2s',
  '1d',
  '🐋',
  'é',
];

type Mutate = (lines: string[], below: (n: number) => number) => void;
const MUTATIONS: readonly Mutate[] = [
  (lines, below) => void lines.splice(below(lines.length), 1 + below(4)),
  (lines, below) =>
    void lines.splice(below(lines.length), 0, ...lines.slice(below(lines.length)).slice(0, 1 + below(8))),
  (lines, below) => {
    const [a, b] = [below(lines.length), below(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  },
  (lines, below) =>
    change(
      lines,
      below,
      (line, at) => line.slice(0, at) + String.fromCodePoint(below(0x250)) + line.slice(at + 1),
    ),
  (lines, below) =>
    change(lines, below, (line, at) => line.slice(0, at) + JUNK[below(JUNK.length)] + line.slice(at)),
  (lines, below) => change(lines, below, (line, at) => line.slice(0, at)),
  (lines, below) => change(lines, below, (line) => ' '.repeat(below(9)) + line.trimStart()),
  (lines, below) => void lines.splice(below(lines.length), 0, JUNK[below(JUNK.length)] ?? ''),
  (lines, below) => change(lines, below, (line) => line.replace(/\d+/, String(10 ** below(30)))),
  (lines, below) =>
    change(lines, below, (line, at) => line.slice(0, at) + line.slice(at).repeat(1 + below(40))),
];

function change(
  lines: string[],
  below: (n: number) => number,
  by: (line: string, at: number) => string,
): void {
  const which = below(lines.length);
  const line = lines[which] ?? '';
  lines[which] = by(line, below(line.length + 1));
}

function mutated(text: string, below: (n: number) => number): string {
  const lines = text.split('\n');
  for (let left = 1 + below(5); left > 0; left -= 1) MUTATIONS[below(MUTATIONS.length)]?.(lines, below);
  return lines.join('\n');
}

/** The rich lesson, and those of ours that there are. */
function originals(): LessonFiles[] {
  const root = builtInLessons();
  const folders = existsSync(root) ? readdirSync(root).map((name) => join(root, name)) : [];
  const read = (folder: string, name: string): string | null =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null;
  const ours = folders.flatMap((folder): LessonFiles[] => {
    const text = read(folder, 'lesson.md');
    if (text === null) return [];
    const [solution, tests] = [read(folder, 'solution.yaml'), read(folder, 'tests.yaml')];
    return [{ 'lesson.md': text, 'solution.yaml': solution, 'tests.yaml': tests, names: [] }];
  });
  return [RICH, ...ours];
}

/** Mostly a lesson of one step: the same damage, in a tenth of the time. */
function shortened(files: LessonFiles, below: (n: number) => number): LessonFiles {
  const [before = '', ...steps] = files['lesson.md'].split(/^(?=## )/m);
  if (below(50) === 0 || steps.length === 0) return files;
  const text = before + (steps[below(steps.length)] ?? '');
  return { ...files, 'lesson.md': text, 'solution.yaml': null, 'tests.yaml': null };
}

function mutatedFiles(files: LessonFiles, below: (n: number) => number): LessonFiles {
  switch (below(8)) {
    case 0:
      return { ...files, 'solution.yaml': mutated(files['solution.yaml'] ?? '', below) };
    case 1:
      return { ...files, 'tests.yaml': mutated(files['tests.yaml'] ?? '', below) };
    case 2:
      return { ...files, translation: { language: 'fr', text: mutated(files['lesson.md'], below) } };
    default:
      return { ...files, 'lesson.md': mutated(files['lesson.md'], below) };
  }
}

test(
  `${ROUNDS} broken lessons give a lesson, or problems with their lines, and soon`,
  { timeout: 300_000 },
  () => {
    const below = numbers(SEED);
    const from = originals();
    const count = { lessons: 0, problems: 0 };
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const files = mutatedFiles(shortened(from[below(from.length)] ?? RICH, below), below);
      const began = milliseconds();
      const { lesson, problems } = parseLesson(files, '/lessons/05-rich');
      slowest = Math.max(slowest, milliseconds() - began);
      if (lesson === null) {
        count.problems += 1;
        const lined = problems.filter(({ severity, line }) => severity === 'error' && line !== null);
        if (lined.length === 0) expect.fail(`no line in round ${round}: ${JSON.stringify(problems)}`);
      } else {
        count.lessons += 1;
        // Whatever got through can be drawn.
        expect(JSON.stringify(lesson)).not.toMatch(/\\u00[01]|[\u007f-\u009f\u202a-\u202e]/);
      }
    }
    // Both are common, or the mutations would be too harmless, or too harsh, to say anything.
    expect(count.lessons).toBeGreaterThan(ROUNDS / 20);
    expect(count.problems).toBeGreaterThan(ROUNDS / 5);
    expect(slowest).toBeLessThan(2000);
  },
);
