import { cleanText } from '../../engine/clean-text.ts';
import type { Block, Lesson, Step } from '../lesson.ts';
import { changesPart, type Changes } from './notebook-changes.ts';
import { cleanLines, codeSpan, fencedCommands, firstSentences } from './notebook-text.ts';
import { visibleBlocks, type Here } from '../visible-blocks.ts';

export type NotebookFacts = Here & {
  /** With its variables filled in. */
  lesson: Lesson;
  /** By index of the lesson's steps. */
  standing: readonly { state: 'open' | 'done' | 'skipped' }[];
  /** What was typed, oldest first. */
  commands: readonly UsedCommand[];
  changes: Changes;
  /** By block id: which option was chosen last. */
  answers: ReadonlyMap<string, number>;
  /** Lessons that can be taken up now. */
  next: readonly { id: string; title: string }[];
  /** When the lesson ended, milliseconds since the epoch. */
  at: number;
};

/** `step`: the id of the step that it was typed in. `code`: null where the shell did not say. */
export type UsedCommand = { line: string; code: number | null; step: string };

/** Commands shown for one step; who tries a hundred things wants to read the last of them. */
const COMMANDS = 40;

/** What a learner takes along from a lesson, as Markdown. */
export function notebook(facts: NotebookFacts): string {
  const { lesson } = facts;
  const parts = [
    `# ${cleanText(lesson.title)}`,
    intro(facts),
    ...lesson.steps.flatMap((step, i) => stepPart(facts, step, i)),
    ...changesPart(facts.changes),
    ...mythsPart(facts),
    ...questionsPart(facts),
    ...nextPart(facts),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function intro({ lesson, standing, family, at }: NotebookFacts): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(at);
  const engine = family === 'docker' ? 'Docker' : 'Podman';
  const skipped = lesson.steps.filter((_, i) => standing[i]?.state === 'skipped').length;
  const note = skipped === 0 ? '' : `, ${skipped} of ${lesson.steps.length} steps skipped`;
  return `A notebook of Slipway · ${day} · ${engine}${note}`;
}

/** Warm-up and recap have questions only: those of the recap come at the end. */
function stepPart(facts: NotebookFacts, step: Step, index: number): string[] {
  if (step.kind === 'warm-up' || step.kind === 'recap') return [];
  return [
    `## ${cleanText(step.title)}`,
    STANDINGS[facts.standing[index]?.state ?? 'open'],
    ideaOf(visibleBlocks(step.blocks, facts)),
    commandsOf(facts, step),
  ];
}

const STANDINGS = {
  done: '',
  skipped: '*Skipped: Slipway ran the solution.*',
  open: '*Not done.*',
} as const;

function ideaOf(blocks: readonly Block[]): string {
  const texts = blocks.flatMap((block) => (block.kind === 'prose' ? [block.markdown] : []));
  const facts = blocks.flatMap((block) => (block.kind === 'myth' ? [block.fact] : []));
  return [...texts, ...facts].map(firstSentences).find((idea) => idea !== '') ?? '';
}

function commandsOf(facts: NotebookFacts, step: Step): string {
  const meant = meantToRun(visibleBlocks(step.blocks, facts), step);
  const lines = facts.commands
    .filter((command) => command.step === step.id && command.line.trim() !== '')
    .flatMap(({ line, code }) => {
      if (code === 0 || code === null) return [line];
      return meant.has(squeeze(line)) ? [`# ends with code ${code}, and should\n${line}`] : [];
    })
    .filter((line, i, all) => line !== all[i - 1]);
  const left = lines.length - COMMANDS;
  const first = left > 0 ? [`# ${left} more before these`] : [];
  return lines.length === 0 ? '' : fencedCommands([...first, ...lines.slice(-COMMANDS)]);
}

/** Lines that the lesson asks for: one of them that fails is there to be seen failing. */
function meantToRun(blocks: readonly Block[], step: Step): ReadonlySet<string> {
  const runs = blocks.flatMap((block) => (block.kind === 'run' ? block.commands : []));
  return new Set([...runs, ...step.solution].map(squeeze));
}

const squeeze = (line: string): string => line.trim().replace(/\s+/g, ' ');

function mythsPart(facts: NotebookFacts): string[] {
  const myths = blocksOf(facts, (step) => step.blocks).filter((block) => block.kind === 'myth');
  if (myths.length === 0) return [];
  const told = myths.flatMap(({ claim, fact }) => [
    `**Not so:** ${cleanText(claim)}`,
    `**But:** ${cleanLines(fact)}`,
  ]);
  return ['## Refuted', ...told];
}

function questionsPart(facts: NotebookFacts): string[] {
  const blocks = blocksOf(facts, (step) => (step.kind === 'recap' ? step.blocks : []));
  const questions = blocks.filter((block) => block.kind === 'quiz');
  if (questions.length === 0) return [];
  const asked = questions.map(({ id, question }, i) => {
    const chosen = facts.answers.get(id);
    const wrong = chosen === undefined || chosen === question.answer ? undefined : question.options[chosen];
    const lines = [
      `${i + 1}. ${cleanText(question.ask)}`,
      `   **${cleanText(question.options[question.answer] ?? '')}** – ${cleanText(question.because)}`,
      wrong === undefined
        ? ''
        : `   You chose “${cleanText(wrong)}”. ${cleanText(question.wrong[chosen ?? -1] ?? '')}`,
    ];
    return lines.filter((line) => line !== '').join('  \n');
  });
  return ['## Questions, and what is right', asked.join('\n')];
}

function blocksOf(facts: NotebookFacts, of: (step: Step) => readonly Block[]): Block[] {
  return facts.lesson.steps.flatMap((step) => visibleBlocks(of(step), facts));
}

function nextPart({ next }: NotebookFacts): string[] {
  const lessons = next.map(({ id, title }) => `- ${cleanText(title)}: ${codeSpan(`slipway learn ${id}`)}`);
  const review =
    '- The questions of this lesson come back in a day, then after 3, 7 and 21: “Review” in Slipway.';
  return ['## Where to go next', [...lessons, review].join('\n')];
}
