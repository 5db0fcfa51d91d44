import { fillInTest } from '../fill-in.ts';
import type { LessonTest } from '../read/lesson-tests.ts';
import type { LineResult } from '../run-lines.ts';
import { failedLine, hasSaid, part, said } from './prove-details.ts';
import type { ProveOptions } from './prove-lesson.ts';
import { lookUntil, openLook, SHOWN_WITHIN, type Verdicts } from './prove-look.ts';
import { beginProof, type ProofSession } from './prove-session.ts';
import type { ProofLine, ProofPart } from './prove-text.ts';
import { tried } from './prove-tried.ts';
import { stepsHere } from '../steps-here.ts';
import { solveStep } from './solve-step.ts';
import { openTrial, type Trial } from './trial.ts';

/** A line of the next step that several paths begin with, and what takes it back. */
type Shared = { line: string; trial: Trial };

/** A start of the lesson, how many of its steps have been solved, and what has been run of the next one. */
type Place = { session: ProofSession; solved: number; ran: Shared[]; stepBegan: number };

/**
 * Goes each wrong path, step by step. To come to where a step begins takes most of the time, so that a path that touched
 * nothing of what was there gives its place to the next one; after any other everything is taken away and begun anew. Lines
 * that a path has in common with the next one are run once for both, and taken back when they serve no more.
 */
export async function proveWrongPaths(options: ProveOptions, tell: (line: ProofLine) => void): Promise<void> {
  const { signal } = options;
  const paths = pathsHere(options);
  let place: Place | null = null;
  try {
    for (const [i, test] of paths.entries()) {
      signal.throwIfAborted();
      const parts: ProofPart[] = [];
      place ??= await tried('setup', parts, signal, () => beginPlace(options));
      if (place !== null) {
        parts.push(part('setup', []));
        const at: Place = place;
        const isAsBefore = await tried('play', parts, signal, () =>
          goPath(at, test, { next: paths[i + 1], parts, options }),
        );
        if (isAsBefore === true) parts.push(part('cleanup', []));
        else {
          place = null;
          await endPlace(at, parts);
        }
      }
      tell({ label: `wrong: ${test.name}`, parts });
    }
  } finally {
    await place?.session.end();
  }
}

/** In the order of their steps, and those that begin alike together, so that one place serves many of them. */
function pathsHere({ tests, engine, lesson, provided }: ProveOptions): LessonTest[] {
  const isRead = (id: string): boolean =>
    stepsHere(lesson, provided).steps.some((step) => step.id === id && step.kind === 'reading');
  const isHere = ({ only, needs, step }: LessonTest): boolean =>
    (only === null || only === engine.family) &&
    (needs === null || provided.features.has(needs)) &&
    !isRead(step);
  const here = tests.filter(isHere);
  const stepOf = (test: LessonTest): number => lesson.steps.findIndex(({ id }) => id === test.step);
  // For each line the first path that goes the same way up to there.
  const wayOf = ({ step, run }: LessonTest): number[] =>
    run.map((_, i) =>
      here.findIndex((other) => other.step === step && sharedLines(run.slice(0, i + 1), other.run) > i),
    );
  const ways = new Map(here.map((test) => [test, [stepOf(test), ...wayOf(test)]]));
  return here.toSorted((a, b) => compareWays(ways.get(a)!, ways.get(b)!));
}

function compareWays(a: readonly number[], b: readonly number[]): number {
  const differsAt = a.findIndex((one, i) => one !== b[i]);
  return differsAt < 0 ? a.length - b.length : a[differsAt]! - (b[differsAt] ?? -1);
}

function sharedLines(a: readonly string[], b: readonly string[]): number {
  const differsAt = a.findIndex((line, i) => line !== b[i]);
  return differsAt < 0 ? a.length : differsAt;
}

async function beginPlace(options: ProveOptions): Promise<Place> {
  return { session: await beginProof(options.lesson, options), solved: 0, ran: [], stepBegan: 0 };
}

async function endPlace({ session }: Place, parts: ProofPart[]): Promise<void> {
  const left = await tried('cleanup', parts, null, () => session.end());
  if (left !== null) parts.push(part('cleanup', left));
}

type Going = { next: LessonTest | undefined; parts: ProofPart[]; options: ProveOptions };

/** Whether the next path may begin in the same place. */
async function goPath(
  place: Place,
  test: LessonTest,
  { next, parts, options: { provided, signal } }: Going,
): Promise<boolean> {
  const { session } = place;
  const { steps } = session.lesson;
  const step = steps.find(({ id }) => id === test.step);
  const check = step?.checks.find(({ id }) => id === test.check);
  if (step === undefined || check === undefined) {
    parts.push(part(`find ${test.step}`, [`there is no check “${test.check}” in a step “${test.step}”`]));
    return true;
  }
  for (; steps[place.solved] !== step; place.solved++) {
    const earlier = steps[place.solved]!;
    const missing = await solveStep(session, earlier, openLook(session, earlier, provided, signal), signal);
    if (missing.length === 0) continue;
    parts.push(part(`solve ${earlier.id}`, missing));
    return false;
  }
  const { run, says } = fillInTest(test, session.values);
  const nextRun = next?.step === test.step ? fillInTest(next, session.values).run : [];
  const results = await runShared(place, run.slice(0, sharedLines(run, nextRun)), signal);
  const trial = await openTrial(session, signal);
  const look = openLook(session, step, provided, signal, place.stepBegan);
  results.push(...(await session.run(run.slice(place.ran.length))));
  const isSaid = (verdicts: Verdicts): boolean => hasSaid(verdicts.get(check.id), test.outcome, says);
  const isOver = (verdicts: Verdicts): boolean => isSaid(verdicts) || verdicts.get(check.id)?.kind === 'pass';
  const found = await lookUntil(look, isOver, SHOWN_WITHIN, signal);
  const details = [
    `check ${check.id}: expected ${test.outcome}, saying “${says}”`,
    `  actual: ${said(found.get(check.id))}`,
    ...results.filter(({ code }) => code !== 0).flatMap(failedLine),
  ];
  parts.push(part(`expected ${test.outcome}`, isSaid(found) ? [] : details));
  return next !== undefined && goBack(place, trial, nextRun);
}

/** Runs the lines that the next path begins with, too, as far as they have not been run yet. */
async function runShared(place: Place, lines: readonly string[], signal: AbortSignal): Promise<LineResult[]> {
  const { session, ran } = place;
  if (ran.length === 0) place.stepBegan = Date.now();
  const results: LineResult[] = [];
  for (const line of lines.slice(ran.length)) {
    const trial = await openTrial(session, signal);
    results.push(...(await session.run([line])));
    ran.push({ line, trial });
  }
  return results;
}

/**
 * Takes back what a path did, and the lines before it that the next one does not begin with. A path may have touched what
 * such a line made: taken back with the line, it is as it was.
 */
async function goBack({ ran }: Place, trial: Trial, nextRun: readonly string[]): Promise<boolean> {
  const lines = ran.map(({ line }) => line);
  const serving = sharedLines(lines, nextRun);
  let isBack = await trial.undo();
  while (ran.length > serving || (!isBack && ran.length > 0)) isBack = await ran.pop()!.trial.undo();
  return isBack;
}
