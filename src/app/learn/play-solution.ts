import type { Step } from '../../lesson/lesson.ts';
import { runLines, type LineResult } from '../../lesson/run-lines.ts';
import type { Judgement } from '../../lesson/verdict.ts';
import { wait } from '../wait.ts';
import type { LessonRun } from './lesson-run.ts';

/** How long an engine may take to show what the lines of a solution did, in milliseconds. */
const SHOWS_WITHIN = 8_000;
const LOOK_EVERY = 150;

export type PlayOptions = {
  run: LessonRun;
  env: Readonly<Record<string, string>>;
  workFolder: string;
  onLine: (line: string) => void;
  signal: AbortSignal;
};

export type Played = { results: readonly LineResult[]; judgement: Judgement | null; isDone: boolean };

/** Runs the solution of a step and waits until its checks have passed, or have had their time. */
export async function playSolution(step: Step, options: PlayOptions): Promise<Played> {
  const { run, env, workFolder, onLine, signal } = options;
  const began = Date.now();
  const results: LineResult[] = [];
  for (const line of step.solution) {
    onLine(line);
    results.push(...(await runLines([line], { env, cwd: workFolder, signal })));
  }
  if (step.checks.length === 0) return { results, judgement: null, isDone: true };
  const typed = results.map(({ line, code }) => ({ line, code, at: Date.now() }));
  const until = Date.now() + SHOWS_WITHIN;
  for (;;) {
    const { judgement, isDone } = await run.judgeOwn(step, { began, typed }, signal);
    if (isDone || Date.now() > until) return { results, judgement, isDone };
    await wait(LOOK_EVERY, signal);
    signal.throwIfAborted();
  }
}

/** Why a solution did not do what it should: our fault or the engine's, never the learner's. */
export function whyNotPlayed({ results, judgement }: Played): string {
  const failed = results.find(({ code }) => code !== 0);
  const said = failed?.output.trim().split('\n').at(-1) || failed?.problem;
  if (failed !== undefined) return `${failed.line}: ${said || `exit code ${failed.code}`}`;
  const open = [...(judgement?.verdicts.values() ?? [])].find(({ kind }) => kind !== 'pass');
  return open !== undefined && 'say' in open ? open.say : 'its checks do not pass';
}
