import type { Block, Step } from '../../lesson/lesson.ts';
import type { Config } from '../config.ts';
import type { Catalogue, Explained, OpenLesson } from '../learn-state.ts';
import { isInShell, leaderLabel } from '../leader-key.ts';
import { lessonKey, type LessonKey } from '../lesson-keys.ts';
import { memoizeLast } from '../memoize.ts';
import type { TypedCommand } from '../shells.ts';
import type { State } from '../state.ts';
import { checkPart } from './check-part.ts';
import { goingOn } from './going-on.ts';
import { said, type CommandPart, type LessonPart } from './lesson-part.ts';
import { nextLesson } from './next-lesson.ts';
import { questionPart } from './question-part.ts';
import {
  hereOf,
  isNotebook,
  isRevealed,
  letterOf,
  lostChecks,
  openCheck,
  openQuestion,
  shownStep,
} from './shown-step.ts';
import { isSameLine, typedLines } from './typed-lines.ts';
import { visibleBlocks, type Here } from '../../lesson/visible-blocks.ts';
import { visibleChecks, visibleCommands } from './visible-parts.ts';

/** What the step in view is made of. */
type Telling = {
  lesson: OpenLesson;
  here: Here;
  config: Config;
  explained: Explained | null;
  commands: readonly CommandPart[];
  /** Stands before a key's name: the leader while keys go to a shell. */
  leader: string;
};

/** The key of an action as it is to be pressed from where the focus is. */
function keyOf({ config, leader }: Pick<Telling, 'config' | 'leader'>, action: LessonKey): string {
  // Enter opens another shell there.
  const from = leader !== '' && action === 'lesson-next' ? 'lesson-go-on' : action;
  return `${leader}${lessonKey(config, from)}`;
}

/** The lesson pane's content; the same state gives the same parts. Empty without a lesson. */
export function selectLessonParts(state: State): readonly LessonPart[] {
  const { learn, shells, config } = state;
  if (learn.lesson === null) return NOTHING;
  const { family } = hereOf(state);
  return makeParts(
    learn.lesson,
    family,
    config,
    learn.explained,
    shells.typed,
    learn.typedBefore,
    learn.catalogue,
    isInShell(state) ? `${leaderLabel(config)} ` : '',
  );
}

const NOTHING: readonly LessonPart[] = [];

const makeParts = memoizeLast(
  (
    lesson: OpenLesson,
    family: Here['family'],
    config: Config,
    explained: Explained | null,
    typed: readonly TypedCommand[],
    typedBefore: number,
    catalogue: Catalogue | null,
    leader: string,
  ): readonly LessonPart[] => {
    const here = { family, features: lesson.features ?? new Set<never>() };
    if (lesson.phase === 'failed') return failedParts(lesson, { config, leader });
    if (lesson.phase === 'preparing') return preparingParts(lesson);
    const task = lesson.task === '' ? [] : [said(`${lesson.task} …`, 'accent', '…')];
    if (isNotebook(lesson)) return [...task, ...notebookParts(lesson, { config, leader }, catalogue)];
    const telling = {
      lesson,
      here,
      config,
      explained,
      commands: commandParts(lesson, here, typed, typedBefore),
      leader,
    };
    return [...task, ...(lesson.shown < 0 ? introParts(telling) : stepParts(telling))];
  },
);

type Keys = Pick<Telling, 'config' | 'leader'>;

function failedParts({ why, advice }: OpenLesson, keys: Keys): LessonPart[] {
  return [
    said('The lesson could not begin.', 'bad', '✗'),
    ...(why === '' ? [] : [said(why, 'plain')]),
    ...(advice === '' ? [] : [said(advice, 'plain')]),
    said(
      `${keyOf(keys, 'lesson-next')} tries again · ${keyOf(keys, 'leave-lesson')} leaves the lesson`,
      'quiet',
    ),
  ];
}

function preparingParts({ task }: OpenLesson): LessonPart[] {
  return [said(`${task === '' ? 'Getting the lesson ready' : task} …`, 'accent', '…')];
}

function introParts(telling: Telling): LessonPart[] {
  const { lesson } = telling;
  const place =
    lesson.place === 'sandbox'
      ? 'This runs in a sandbox: an engine of Slipway’s own. Nothing of yours is touched.'
      : 'This runs on your own engine, inside a fence: only what the lesson makes is ever changed or removed.';
  return [
    said(`About ${lesson.lesson.minutes} minutes.`, 'quiet'),
    ...lesson.lesson.intro.flatMap((block) => blockParts(block, telling)),
    said(place, 'quiet'),
    ...explainedParts(telling.explained),
    said(`${keyOf(telling, 'lesson-next')} begins.`, 'good', '›'),
  ];
}

function stepParts(telling: Telling): LessonPart[] {
  const { lesson, here, explained, commands } = telling;
  const { step } = shownStep(lesson)!;
  const blocks = visibleBlocks(step.blocks, here);
  const parts = blocks.flatMap((block) => blockParts(block, telling));
  const firstCheck = parts.findIndex((part) => part.kind === 'check');
  const at = firstCheck < 0 ? parts.length : firstCheck;
  const told = explainedParts(withoutRival(explained, telling));
  const failed = parts.findIndex(
    (part) => part.kind === 'commands' && part.commands.some(({ last }) => last),
  );
  const isInText = failed >= 0 && failed < at && commands.some(({ next }) => next);
  const parted = isInText ? failed + 1 : at;
  return [
    { kind: 'heading', text: step.title },
    ...parts.slice(0, parted),
    // Below the line that was refused, where the text goes on from there.
    ...told,
    ...parts.slice(parted, at),
    ...lostParts(telling),
    ...parts.slice(at),
    ...hintParts(step, telling),
    ...endParts(telling),
  ];
}

/** What a mistake's own sentence says to try is meant for this step, and comes without a second advice. */
function withoutRival(explained: Explained | null, { lesson, here }: Telling): Explained | null {
  const open = openCheck(lesson, here);
  const isTold = open !== null && lesson.verdicts.get(open.id)?.kind === 'mistake';
  return explained !== null && isTold ? { ...explained, tryThis: '' } : explained;
}

function explainedParts(explained: Explained | null): LessonPart[] {
  return explained === null ? [] : [{ kind: 'explained', explained, anchor: 'explained' }];
}

function blockParts(block: Block, telling: Telling): readonly LessonPart[] {
  const { lesson, here, commands } = telling;
  switch (block.kind) {
    case 'prose':
      return [{ kind: 'text', key: block.id, markdown: block.markdown, label: '' }];
    case 'note':
      return [{ kind: 'text', key: block.id, markdown: block.markdown, label: 'Note' }];
    case 'myth':
      return [
        { kind: 'text', key: `${block.id}:claim`, markdown: block.claim, label: 'Myth' },
        { kind: 'text', key: `${block.id}:fact`, markdown: block.fact, label: 'In fact' },
      ];
    case 'run': {
      const at = commandsBefore(block, telling);
      return [
        {
          kind: 'commands',
          label: '',
          commands: commands.slice(at, at + block.commands.length),
          anchor: `run ${block.id}`,
        },
      ];
    }
    case 'checks':
      return checkParts(block.ids, telling);
    case 'predict':
    case 'quiz': {
      const asked = { block: block.id, kind: block.kind, question: block.question };
      const question = questionPart(lesson, asked, isRevealed(lesson, here), telling.leader);
      return [{ kind: 'question', question, anchor: `question ${block.id}` }];
    }
    case 'diagram':
      return [{ kind: 'diagram', diagram: block.diagram }];
    case 'only':
      return visibleBlocks([block], here).flatMap((inner) => blockParts(inner, telling));
  }
}

/** How many command lines the step has before those of a block. */
function commandsBefore(block: Block, { lesson, here }: Telling): number {
  const blocks = visibleBlocks(shownStep(lesson)?.step.blocks ?? [], here);
  const before = blocks.slice(0, Math.max(0, blocks.indexOf(block)));
  return before.reduce((sum, b) => sum + (b.kind === 'run' ? b.commands.length : 0), 0);
}

function commandParts(
  lesson: OpenLesson,
  here: Here,
  typed: readonly TypedCommand[],
  typedBefore: number,
): readonly CommandPart[] {
  const shown = shownStep(lesson);
  if (shown === null) return [];
  const commands = visibleCommands(shown.step, here);
  const done = typedLines(commands, lesson, typed, typedBefore);
  const next = shown.standing.state === 'open' ? done.indexOf(false) : -1;
  const newest = typed.at(-1)?.line ?? '';
  const last = commands.findLastIndex((line, i) => done[i] === true && isSameLine(line, newest));
  return commands.map((line, i) => ({
    line,
    typed: done[i] ?? false,
    next: i === next,
    last: i === last,
  }));
}

function checkParts(ids: readonly string[], { lesson, here }: Telling): LessonPart[] {
  const shown = shownStep(lesson);
  if (shown === null) return [];
  const open = openCheck(lesson, here);
  const isOver = shown.standing.state === 'done';
  return visibleChecks(shown.step, here)
    .filter(({ id }) => ids.includes(id))
    .map((check) => ({
      kind: 'check',
      check: checkPart(lesson, check, check === open, isOver),
      anchor: `check ${check.id}`,
    }));
}

/** What earlier steps have made and what is gone since. */
function lostParts(telling: Telling): LessonPart[] {
  const { lesson } = telling;
  const lost = lesson.shown === lesson.current ? lostChecks(lesson) : [];
  if (lost.length === 0) return [];
  return [
    ...lost.map(({ claim }) => said(`From an earlier step, and no longer so: ${claim}`, 'warning', '!')),
    said(`${keyOf(telling, 'replay-missing')} makes it again.`, 'quiet'),
  ];
}

const HINT_NAMES = ['a nudge', 'the idea', 'the shape'];

function hintParts(step: Step, { lesson }: Telling): LessonPart[] {
  const open = lesson.hints.get(step.id) ?? 0;
  const hints = step.hints.slice(0, open).map((markdown, i): LessonPart => {
    const name = step.hints.length === HINT_NAMES.length ? `: ${HINT_NAMES[i]}` : '';
    const label = `Hint ${i + 1} of ${step.hints.length}${name}`;
    return { kind: 'text', key: `${step.id}:hint:${i}`, markdown, label, anchor: `hint ${i}` };
  });
  const isSolved = open > step.hints.length && step.solution.length > 0;
  if (!isSolved) return hints;
  const commands = step.solution.map((line) => ({ line, typed: false, next: false, last: false }));
  return [
    ...hints,
    { kind: 'commands', label: 'The solution', commands, anchor: `hint ${step.hints.length}` },
  ];
}

/** Where the step stands, and the key that leads on. */
function endParts(telling: Telling): LessonPart[] {
  const { lesson, here, leader } = telling;
  const { standing } = shownStep(lesson)!;
  const isLast = lesson.shown === lesson.lesson.steps.length - 1;
  const next = `${keyOf(telling, 'lesson-next')} ${isLast ? 'opens the notebook' : 'goes on'}.`;
  const part = (text: string, tone: 'good' | 'quiet' | 'accent', mark: string): LessonPart[] => [
    { ...said(text, tone, mark), anchor: 'end' },
  ];
  if (standing.state === 'done') return part(`Step done. ${next}`, 'good', '✓');
  if (standing.state === 'skipped')
    return part(`Skipped: its solution was run for you. ${next}`, 'accent', '»');
  if (lesson.shown > lesson.current)
    return part(
      `You are looking ahead: step ${lesson.current + 1} is to be done first. ${keyOf(telling, 'catch-up')} catches up: the solutions before this step are run for you.`,
      'accent',
      '»',
    );
  const going = goingOn(lesson, here);
  if (going.may) return part(next, 'good', '›');
  const question = openQuestion(lesson, here);
  if (visibleChecks(shownStep(lesson)!.step, here).length > 0) return [];
  return question === null
    ? part(going.why, 'quiet', '›')
    : part(
        `Choose an answer to go on: ${leader}a–${letterOf(question.question.options.length - 1)}.`,
        'quiet',
        '›',
      );
}

function notebookParts(lesson: OpenLesson, keys: Keys, catalogue: Catalogue | null): LessonPart[] {
  if (lesson.notebook === null) {
    const text =
      lesson.current >= lesson.lesson.steps.length
        ? 'Writing the notebook …'
        : `The notebook comes when all steps are done; step ${lesson.current + 1} is next.`;
    return [said(text, 'quiet', '…')];
  }
  const next = nextLesson(catalogue, lesson.lesson.id);
  const lines = [
    next === null
      ? `${keyOf(keys, 'lesson-next')} shows all lessons`
      : `${keyOf(keys, 'lesson-next')} opens the next lesson: ${next.title}`,
    `${keyOf(keys, 'export-notebook')} writes this notebook to a file`,
    `${keyOf(keys, 'clean-up')} removes what the lesson has made`,
  ];
  return [
    said('Lesson done.', 'good', '✓'),
    { kind: 'text', key: 'notebook', markdown: lesson.notebook, label: '' },
    ...lines.map((text) => said(text, 'plain', '›')),
  ];
}
