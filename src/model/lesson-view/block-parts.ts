import type { Block } from '../../lesson/lesson.ts';
import { visibleBlocks, type Here } from '../../lesson/visible-blocks.ts';
import type { Explained, OpenLesson } from '../learn-state.ts';
import type { TypedCommand } from '../shells.ts';
import { checkPart } from './check-part.ts';
import type { Keys } from './key-of.ts';
import type { CommandPart, LessonPart } from './lesson-part.ts';
import { questionPart } from './question-part.ts';
import { isRevealed, openCheck, shownStep } from './shown-step.ts';
import { isSameLine, typedLines } from './typed-lines.ts';
import { visibleChecks, visibleCommands } from './visible-parts.ts';

/** What the step in view is made of. */
export type Telling = Keys & {
  lesson: OpenLesson;
  here: Here;
  explained: Explained | null;
  commands: readonly CommandPart[];
};

export function blockParts(block: Block, telling: Telling): readonly LessonPart[] {
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

export function commandParts(
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
