import { join } from 'node:path';
import { builtInLessons, findLessons } from '../../src/lesson/read/find-lessons.ts';
import type { Lesson } from '../../src/lesson/lesson.ts';
import { type LaunchOptions, launch, type Terminal } from '../support/terminal.ts';
import { innerRect, paneOf, PROMPT, withBash } from './terminal-pane.ts';

export type Player = Awaited<ReturnType<typeof openLesson>>;

/** Wide and high enough for a step of a lesson, the terminal and the lists to be seen at once. */
const LARGE = { columns: 200, rows: 60 };
/** What the engine does for a step may take podman a while on a busy machine. */
const SOON = { timeout: 15_000 };

type Wanted = string | RegExp;

/** The built program, started as `slipway learn WORD`, with a bash whose prompt is known. */
export async function openLesson(word: string, { args = [], ...options }: LaunchOptions = {}) {
  const slipway = await launch(withBash({ ...LARGE, ...options, args: ['learn', word, ...args] }));
  return playerOf(slipway);
}

/** The same inside a fence on an engine, with the shell at its prompt. */
export async function openInFence(word: string, host: string, options: LaunchOptions = {}): Promise<Player> {
  const player = await openLesson(word, { ...options, env: { DOCKER_HOST: host, ...options.env } });
  try {
    await chooseFence(player);
    await player.terminal.until(PROMPT);
    return player;
  } catch (error) {
    await player[Symbol.asyncDispose]();
    throw error;
  }
}

/** What the person is asked only where a sandbox can be had as well, and only once. */
async function chooseFence({ slipway }: Player): Promise<void> {
  const screen = await slipway.until(/Where shall|\bstep \d+ of \d+|introduction · /, SOON);
  if (screen.includes('Where shall')) await choose(slipway, 'On this engine, inside a fence');
}

/** Moves to an option of the question on screen, and takes it. */
export async function choose(slipway: Terminal, option: string): Promise<void> {
  await slipway.until(option);
  const isChosen = (screen: string): boolean => screen.includes(`▸ ${option}`);
  for (let tries = 0; !isChosen(slipway.screen()) && tries < 6; tries++) {
    const before = slipway.screen();
    slipway.press('down');
    await slipway.until((now) => now !== before);
  }
  await slipway.until(isChosen);
  slipway.press('enter');
  await slipway.untilGone(`▸ ${option}`);
}

export function playerOf(slipway: Terminal) {
  const terminal = paneOf(slipway);
  const lines = (): string[] => lessonLines(slipway.screen());
  const text = (): string => lines().join(' ').replaceAll(/\s+/g, ' ');
  /** As one line, so that it does not matter where the pane breaks it; the lesson has to be on screen. */
  const until = async (wanted: Wanted, patience = SOON): Promise<string> => {
    const holds = (screen: string): boolean => {
      if (!hasLesson(screen)) return false;
      const seen = lessonLines(screen).join(' ').replaceAll(/\s+/g, ' ');
      return typeof wanted === 'string' ? seen.includes(wanted) : wanted.test(seen);
    };
    await slipway.until(named(`${String(wanted)} in the lesson`, holds), patience);
    return text();
  };
  /** Keys of the lesson pane, from wherever the focus is. */
  const keys = async (...names: string[]): Promise<void> => {
    if (!/┍━ 8 /.test(slipway.screen())) {
      if (/┍━ 6 /.test(slipway.screen())) terminal.lead('8');
      else slipway.press('8');
      await slipway.until('┍━ 8 ');
    }
    if (names.length > 0) slipway.press(...names);
  };
  /** A line typed at the prompt of a cleared pane, and its end awaited. */
  const type = async (line: string): Promise<void> => {
    await toShell(slipway);
    slipway.press('ctrl-l');
    await slipway.until(
      named('an empty prompt', (screen) => hasTerminal(screen) && isOnly(terminal.lines())),
    );
    terminal.type(line);
    const hasEnded = (screen: string): boolean => hasTerminal(screen) && isBack(terminal.lines());
    await slipway.until(named(`the end of ${line}`, hasEnded), SOON);
  };
  return {
    slipway,
    terminal,
    text,
    until,
    keys,
    type,
    /** The commands of the step in view that were not typed yet, as the screen shows them. */
    nextCommand: (): string => nextCommand(lines()),
    /** Types what the step says, line by line, read off the screen, until the step is done. */
    async playStep(): Promise<void> {
      for (let typed = 0; !isStepDone(slipway.screen()); typed++) {
        if (typed > 12) throw new Error(`The step is not done by its own commands:\n${slipway.screen()}`);
        const line = nextCommand(lines());
        if (line === '') break;
        await type(line);
        await slipway.until(
          (screen) => isStepDone(screen) || nextCommand(lessonLines(screen)) !== line,
          SOON,
        );
      }
      await slipway.until('✓ step done', SOON);
    },
    /** The next command put at the prompt by the key, and sent. */
    async insertNext(): Promise<void> {
      const line = nextCommand(lines());
      await keys('i');
      await slipway.until(
        named(`${line} at the prompt`, () => terminal.text().includes(`${PROMPT} ${line}`)),
      );
      slipway.press('enter');
      await slipway.until(
        named(`${line} to be typed`, (screen) => nextCommand(lessonLines(screen)) !== line),
        SOON,
      );
    },
    /** On to the next step, from one that is done. */
    async next(): Promise<void> {
      const before = positionOf(slipway.screen());
      await keys('enter');
      await slipway.until((screen) => hasLesson(screen) && positionOf(screen) !== before, SOON);
    },
    position: (): string => positionOf(slipway.screen()),
    [Symbol.asyncDispose]: (): Promise<void> => slipway[Symbol.asyncDispose](),
  };
}

/** Letters of the right answers of a step, in the order they are asked. */
export function rightAnswers(lesson: Lesson, step: string): string[] {
  const found = lesson.steps.find(({ id }) => id === step);
  if (found === undefined) throw new Error(`${lesson.id} has no step ${step}`);
  return found.blocks.flatMap((block) =>
    block.kind === 'quiz' ? [String.fromCharCode(97 + block.question.answer)] : [],
  );
}

/** One of Slipway's own lessons. */
export async function ownLesson(id: string): Promise<Lesson> {
  const found = (await findLessons(builtInLessons())).find(({ lesson }) => lesson?.id === id);
  if (!found?.lesson) throw new Error(`There is no lesson ${id}`);
  return found.lesson;
}

/** For a second program that goes on where the first has been. */
export function stateOf({ slipway }: Player): { XDG_STATE_HOME: string } {
  return { XDG_STATE_HOME: join(slipway.home, '.local/state') };
}

/** Gives the focus to the shell. */
async function toShell(slipway: Terminal): Promise<void> {
  if (/┍━ 6 /.test(slipway.screen())) return;
  slipway.press('6');
  await slipway.until('┍━ 6 ');
}

function hasLesson(screen: string): boolean {
  return /[╭┍][─━] 8 /.test(screen);
}

function hasTerminal(screen: string): boolean {
  return /[╭┍][─━] 6 Terminal/.test(screen);
}

function lessonLines(screen: string): string[] {
  if (!hasLesson(screen)) return [];
  const { x, y, width, height } = innerRect(screen, '8 ');
  return screen
    .split('\n')
    .slice(y, y + height)
    .map((line) => line.slice(x + 1, x + width - 1).trimEnd());
}

/** `▸ $ …`, with the rows that it goes on in. */
function nextCommand(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line.startsWith('▸ $ '));
  if (from < 0) return '';
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((line) => !line.startsWith('    '));
  return [lines[from]!.slice(4), ...rest.slice(0, to < 0 ? 0 : to).map((line) => line.slice(4))].join('');
}

function isStepDone(screen: string): boolean {
  return screen.includes('✓ step done');
}

/** `step 2 of 6`, `introduction · …`, `notebook`. */
function positionOf(screen: string): string {
  return /[╭┍][─━] 8 .*?(step \d+ of \d+|introduction|notebook)/.exec(screen)?.[1] ?? '';
}

/** Nothing but the prompt. */
function isOnly(lines: readonly string[]): boolean {
  return lines.filter((line) => line.trim() !== '').join() === PROMPT;
}

/** The prompt is there again, below what was typed. */
function isBack(lines: readonly string[]): boolean {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return last > 0 && lines[last]?.trim() === PROMPT;
}

/** A condition that says in words what it waits for. */
export function named(what: string, holds: (screen: string) => boolean): (screen: string) => boolean {
  return Object.assign(holds, { toString: () => what });
}
