import { visibleBlocks, type Here } from '../../lesson/visible-blocks.ts';
import type { Config } from '../config.ts';
import { isInShell, leaderLabel } from '../leader-key.ts';
import type { CatalogueEntry, Explained, OpenLesson } from '../learn-state.ts';
import { memoizeLast } from '../memoize.ts';
import type { TypedCommand } from '../shells.ts';
import type { State } from '../state.ts';
import { blockParts, commandParts, type Telling } from './block-parts.ts';
import { keyOf, type Keys } from './key-of.ts';
import { said, type LessonPart } from './lesson-part.ts';
import { nextLesson } from './next-lesson.ts';
import { notebookParts } from './notebook-parts.ts';
import { hereOf, isNotebook, openCheck, shownStep } from './shown-step.ts';
import { endParts, hintParts, lostParts } from './step-standing.ts';

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
    isNotebook(learn.lesson) ? nextLesson(learn, learn.lesson.lesson.id) : null,
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
    next: CatalogueEntry | null,
    leader: string,
  ): readonly LessonPart[] => {
    const here = { family, features: lesson.features ?? new Set<never>() };
    if (lesson.phase === 'failed') return failedParts(lesson, { config, leader });
    if (lesson.phase === 'preparing') return preparingParts(lesson);
    const task = lesson.task === '' ? [] : [said(`${lesson.task} …`, 'accent', '…')];
    if (isNotebook(lesson)) return [...task, ...notebookParts(lesson, { config, leader }, next)];
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
