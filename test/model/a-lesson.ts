import type { Check } from '../../src/lesson/check.ts';
import type { Block, Lesson, Question, Step } from '../../src/lesson/lesson.ts';
import type { Verdict } from '../../src/lesson/verdict.ts';
import type { Event } from '../../src/model/events.ts';
import type { CatalogueEntry, OpenLesson } from '../../src/model/learn-state.ts';
import type { State } from '../../src/model/state.ts';
import { after, aContainer, anImage, holding, type Held } from './build-state.ts';

export function aCheck(id: string, claim: string, more: Partial<Check> = {}): Check {
  return {
    id,
    claim,
    needs: [],
    mode: 'ever',
    stable: 0,
    only: null,
    look: '',
    test: { subject: 'container', of: { name: 'keep' }, predicates: [{ exists: true }] },
    otherwise: [],
    line: 1,
    ...more,
  };
}

export function aStep(id: string, title: string, blocks: readonly Block[], more: Partial<Step> = {}): Step {
  return { id, kind: 'task', title, blocks, checks: [], hints: [], solution: [], line: 1, ...more };
}

const QUIZ: Question = {
  ask: 'What is an image?',
  options: ['A running program', 'A read-only template', 'A virtual machine'],
  answer: 1,
  because: 'Nothing is ever written into an image.',
  wrong: { 0: 'That is a container.', 2: 'There is no kernel in it.' },
};

const GUESS: Question = {
  ask: 'After `docker restart`, the note is…',
  options: ['gone', 'still there', 'empty'],
  answer: 1,
  because: 'Stop and start keep the writable layer.',
  wrong: { 0: 'That is what happens to a *tmpfs*. Watch /note.' },
};

/** A warm-up with a quiz, a step with two checks, one with a guess, and a recap without anything to do. */
export function aLesson(more: Partial<Lesson> = {}): Lesson {
  return {
    id: 'thin-layer',
    number: 5,
    title: 'The thin layer on top',
    version: 1,
    minutes: 12,
    difficulty: 'beginner',
    requires: ['first-container'],
    teaches: ['writable-layer', 'diff'],
    myths: [],
    needs: { docker: '20.10', podman: '4.0', features: [] },
    images: ['tiny:1'],
    vars: {},
    intro: [
      {
        id: 'intro',
        line: 1,
        kind: 'prose',
        markdown: 'Every container has **one layer** that can be written, and it lies on top.',
      },
    ],
    steps: [
      aStep('warm', 'Do you remember?', [{ id: 'warm-quiz', line: 1, kind: 'quiz', question: QUIZ }], {
        kind: 'warm-up',
      }),
      aStep(
        'note',
        'Leave a note',
        [
          {
            id: 'note-prose',
            line: 1,
            kind: 'prose',
            markdown:
              'Start a box and leave a note inside.\n\n- `docker run` makes it\n- `docker exec` goes in',
          },
          {
            id: 'note-run',
            line: 1,
            kind: 'run',
            commands: [
              'docker run -d --name keep tiny:1 sleep 1d',
              "docker exec keep sh -c 'echo amber-fox > /note'",
            ],
          },
          { id: 'note-checks', line: 1, kind: 'checks', ids: ['running', 'written'] },
          { id: 'note-note', line: 1, kind: 'note', markdown: 'The `>` needs a shell inside.' },
          {
            id: 'note-myth',
            line: 1,
            kind: 'myth',
            claim: 'A restart loses what was written.',
            fact: 'Only `docker rm` does.',
          },
          {
            id: 'note-podman',
            line: 1,
            kind: 'only',
            where: { family: 'podman' },
            blocks: [{ id: 'note-only', line: 1, kind: 'prose', markdown: 'Podman writes a pause file.' }],
          },
          {
            id: 'note-layers',
            line: 1,
            kind: 'diagram',
            diagram: {
              name: 'layers',
              alt: 'The writable layer of keep lies on the layers of tiny:1.',
              rows: [
                { label: 'keep', note: '/note', kind: 'writable' },
                { label: 'tiny:1', note: '/bin /etc', kind: 'read-only' },
              ],
            },
          },
        ],
        {
          checks: [
            aCheck('running', '"keep" is running', { look: 'containers/keep' }),
            aCheck('written', '/note says amber-fox', { needs: ['running'] }),
          ],
          hints: ['`docker exec` starts one more process.', 'You need a shell.', "`sh -c '…'`"],
          solution: ['docker run -d --name keep tiny:1 sleep 1d'],
        },
      ),
      aStep(
        'restart',
        'Restart it',
        [
          { id: 'restart-guess', line: 1, kind: 'predict', question: GUESS },
          { id: 'restart-run', line: 1, kind: 'run', commands: ['docker restart keep'] },
          { id: 'restart-checks', line: 1, kind: 'checks', ids: ['restarted'] },
        ],
        { checks: [aCheck('restarted', '"keep" was started again')] },
      ),
      aStep(
        'read',
        'What you have seen',
        [{ id: 'read-prose', line: 1, kind: 'prose', markdown: 'The end.' }],
        {
          kind: 'recap',
        },
      ),
    ],
    folder: '/lessons/05-thin-layer',
    language: 'en',
    ...more,
  };
}

export function opened(more: Partial<OpenLesson> = {}, lesson: Lesson = aLesson()): Event {
  return {
    type: 'lesson-opened',
    lesson: {
      lesson,
      trusted: true,
      place: 'sandbox',
      phase: 'running',
      task: '',
      why: '',
      advice: '',
      steps: lesson.steps.map(() => ({ state: 'open', at: null })),
      current: 0,
      shown: -1,
      verdicts: new Map(),
      passed: new Map(),
      checking: false,
      answers: new Map(),
      hints: new Map(),
      scroll: 0,
      typeset: null,
      notebook: null,
      ...more,
    },
  };
}

/** An engine with `keep` on it, and the lesson open at a step, those before it done. */
export function learning(step: number, more: Partial<OpenLesson> = {}, held: Held = {}): State {
  const lesson = more.lesson ?? aLesson();
  const steps = lesson.steps.map((_, i) =>
    i < step ? ({ state: 'done', at: 1 } as const) : ({ state: 'open', at: null } as const),
  );
  return after(
    holding({ container: [aContainer('keep')], image: [anImage('tiny:1')], ...held }),
    opened({ current: step, shown: step, steps, ...more }, lesson),
  );
}

/** What the checks found, in the order of their names. */
export function judged(verdicts: Readonly<Record<string, Verdict>>, at = 5): Event {
  const entries = Object.entries(verdicts);
  const passed = entries.filter(([, verdict]) => verdict.kind === 'pass').map(([id]) => [id, at] as const);
  return { type: 'checks-judged', verdicts: new Map(entries), passed: new Map(passed) };
}

export const PASS: Verdict = { kind: 'pass' };
export const NOT_YET: Verdict = {
  kind: 'not-yet',
  say: 'No container called "keep" yet.',
  expected: 'state running',
  actual: 'no such container',
};
export const MISTAKE: Verdict = {
  kind: 'mistake',
  say: 'I see "kepe", but the next step needs "keep".',
  expected: '',
  actual: '',
  which: 0,
};
export const BLOCKED: Verdict = {
  kind: 'blocked',
  say: 'The engine does not answer.',
  advice: 'Wait until it is back, or start it.',
};

export function anEntry(id: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    id,
    number: 1,
    title: `Lesson ${id}`,
    minutes: 10,
    requires: [],
    teaches: [],
    standing: 'new',
    stepsDone: 0,
    steps: 5,
    problem: '',
    ...more,
  };
}
