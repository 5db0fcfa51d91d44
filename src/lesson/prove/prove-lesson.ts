import { EngineError } from '../../engine/errors.ts';
import type { Check } from '../check.ts';
import { fillInTest } from '../fill-in.ts';
import type { Feature, Lesson, Step } from '../lesson.ts';
import { missingNeeds } from '../missing-needs.ts';
import type { LessonTest } from '../read/lesson-tests.ts';
import { failedLine, hasSaid, notPassed, part, said, tooEarly } from './prove-details.ts';
import { openLook, type Look, type Verdicts } from './prove-look.ts';
import { beginProof, type ProofSession, type ProofSurroundings } from './prove-session.ts';
import { isProofOk, proofLine, type Proof, type ProofLine, type ProofPart } from './prove-text.ts';

export type ProveOptions = ProofSurroundings & {
  /** As it was read. */
  lesson: Lesson;
  tests: readonly LessonTest[];
  /** What there is beside the engine: `buildx`, `compose`, `registry`. */
  features?: readonly Feature[];
  /** A finished line. */
  onProgress?: (text: string) => void;
};

/** Within so many milliseconds an engine has done what its answer says, and podman has told of it. */
const SHOWN_WITHIN = 6000;
const LOOK_EVERY = 150;

/**
 * Plays a lesson on one engine: twice by its solutions, where no check may pass before and all have to after, and once by each
 * wrong path, which has to get its own message. After each start everything has to be as before. What goes wrong is part
 * of the proof; only a signal is thrown.
 */
export async function proveLesson(options: ProveOptions): Promise<Proof> {
  const { lesson, tests, engine, signal, onProgress } = options;
  const { version } = await engine.about();
  const proof = { lesson: lesson.id, engine: { family: engine.family, version } };
  const features = new Set<Feature>([...engine.features, ...(options.features ?? [])]);
  const notHere = missingNeeds(lesson, { family: engine.family, version, features }).join(' ');
  if (notHere !== '') return { ...proof, notHere, lines: [], ok: true };
  const lines: ProofLine[] = [];
  const told = (added: readonly ProofLine[]): boolean => {
    lines.push(...added);
    for (const line of added) onProgress?.(proofLine(lesson.id, line));
    return isProofOk({ lines: added });
  };
  const isFirstOk = told(await playThrough(options, ''));
  if (isFirstOk) told(await playThrough(options, ' again'));
  for (const test of tests) {
    signal.throwIfAborted();
    if (test.only === null || test.only === engine.family) told([await playWrong(options, test)]);
  }
  return { ...proof, notHere, lines, ok: isProofOk({ lines }) };
}

async function playThrough(options: ProveOptions, again: string): Promise<ProofLine[]> {
  const lines: { label: string; parts: ProofPart[] }[] = [];
  const line = (label: string): ProofPart[] => {
    const parts: ProofPart[] = [];
    lines.push({ label, parts });
    return parts;
  };
  const setUp = line(`set-up${again}`);
  await inSession(options, setUp, async (session) => {
    for (const step of session.lesson.steps.filter(({ kind }) => kind === 'task'))
      if (!(await playStep(session, step, line(`step ${step.id}${again}`), options))) return;
  });
  return lines;
}

/** Whether the next step may begin. */
async function playStep(
  session: ProofSession,
  step: Step,
  parts: ProofPart[],
  options: ProveOptions,
): Promise<boolean> {
  const checks = checksHere(step, session);
  const look = openLookAt(session, step, options);
  const before = await look();
  const early = checks.flatMap((check) => tooEarly(check, before.get(check.id)));
  parts.push(part('check expecting NOT-YET', early));
  const hasSolution = step.solution.length > 0 || checks.length === 0;
  parts.push(part('solve', hasSolution ? [] : ['it has no solution']));
  if (!hasSolution) return false;
  const missing = await solve(session, step, look, options.signal);
  parts.push(part('check expecting PASS', missing));
  return missing.length === 0;
}

/** Runs a step's solution, and gives what is missing then, with the output of commands that failed. */
async function solve(session: ProofSession, step: Step, look: Look, signal: AbortSignal): Promise<string[]> {
  const checks = checksHere(step, session);
  const results = await session.run(step.solution);
  const isDone = (verdicts: Verdicts): boolean => checks.every(({ id }) => verdicts.get(id)?.kind === 'pass');
  const found = await lookUntil(look, isDone, within(checks), signal);
  if (isDone(found)) return [];
  const missing = checks.flatMap((check) => notPassed(check, found.get(check.id)));
  return [...missing, ...results.filter(({ code }) => code !== 0).flatMap(failedLine)];
}

function openLookAt(session: ProofSession, step: Step, { features = [], signal }: ProveOptions): Look {
  return openLook(session, step, features, signal);
}

async function playWrong(options: ProveOptions, test: LessonTest): Promise<ProofLine> {
  const parts: ProofPart[] = [];
  await inSession(options, parts, async (session) => {
    const { steps } = session.lesson;
    const { run, says } = fillInTest(test, session.values);
    const at = steps.findIndex(({ id }) => id === test.step);
    const step = steps[at];
    const check = step?.checks.find(({ id }) => id === test.check);
    if (step === undefined || check === undefined) {
      parts.push(part(`find ${test.step}`, [`there is no check “${test.check}” in a step “${test.step}”`]));
      return;
    }
    for (const earlier of steps.slice(0, at)) {
      const missing = await solve(session, earlier, openLookAt(session, earlier, options), options.signal);
      if (missing.length === 0) continue;
      parts.push(part(`solve ${earlier.id}`, missing));
      return;
    }
    const look = openLookAt(session, step, options);
    const results = await session.run(run);
    const isSaid = (verdicts: Verdicts): boolean => hasSaid(verdicts.get(check.id), test.outcome, says);
    const isOver = (verdicts: Verdicts): boolean =>
      isSaid(verdicts) || verdicts.get(check.id)?.kind === 'pass';
    const found = await lookUntil(look, isOver, SHOWN_WITHIN, options.signal);
    const details = [
      `check ${check.id}: expected ${test.outcome}, saying “${says}”`,
      `  actual: ${said(found.get(check.id))}`,
      ...results.filter(({ code }) => code !== 0).flatMap(failedLine),
    ];
    parts.push(part(`expected ${test.outcome}`, isSaid(found) ? [] : details));
  });
  return { label: `wrong: ${test.name}`, parts };
}

/** Begins, plays and tidies up, whatever happens in between. */
async function inSession(
  options: ProveOptions,
  parts: ProofPart[],
  play: (session: ProofSession) => Promise<void>,
): Promise<void> {
  const session = await tried('setup', parts, options.signal, () => beginProof(options.lesson, options));
  if (session === null) return;
  parts.push(part('setup', []));
  try {
    await tried('play', parts, options.signal, () => play(session));
  } finally {
    const left = await tried('cleanup', parts, null, () => session.end());
    if (left !== null) parts.push(part('cleanup', left));
  }
}

/** Null where it failed, which is then a part of the proof. A signal is thrown on. */
async function tried<T>(
  what: string,
  parts: ProofPart[],
  signal: AbortSignal | null,
  task: () => Promise<T>,
): Promise<T | null> {
  try {
    return await task();
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Error)) throw error;
    const advice = error instanceof EngineError && error.advice !== '' ? [error.advice] : [];
    parts.push(part(what, [error.message, ...advice]));
    return null;
  }
}

async function lookUntil(
  look: Look,
  isEnough: (verdicts: Verdicts) => boolean,
  wait: number,
  signal: AbortSignal,
): Promise<Verdicts> {
  const deadline = Date.now() + wait;
  for (;;) {
    const verdicts = await look();
    if (isEnough(verdicts) || Date.now() > deadline) return verdicts;
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

function within(checks: readonly Check[]): number {
  return SHOWN_WITHIN + Math.max(0, ...checks.map(({ stable }) => stable));
}

function checksHere({ checks }: Step, { engine }: ProofSession): Check[] {
  return checks.filter(({ only }) => only === null || only === engine.family);
}
