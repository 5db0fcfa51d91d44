import type { Lesson, Step } from '../lesson.ts';
import { missingNeeds } from '../missing-needs.ts';
import type { LessonTest } from '../read/lesson-tests.ts';
import { part, tooEarly } from './prove-details.ts';
import { openLook } from './prove-look.ts';
import { beginProof, type ProofSession, type ProofSurroundings } from './prove-session.ts';
import { isProofOk, proofLine, type Proof, type ProofLine, type ProofPart } from './prove-text.ts';
import { tried } from './prove-tried.ts';
import { proveWrongPaths } from './prove-wrong-paths.ts';
import { checksHere, solveStep } from './solve-step.ts';

export type ProveOptions = ProofSurroundings & {
  /** As it was read. */
  lesson: Lesson;
  tests: readonly LessonTest[];
  /** A finished line. */
  onProgress?: (text: string) => void;
};

/**
 * Plays a lesson on one engine: twice by its solutions, where no check may pass before and all have to after, and once by each
 * wrong path, which has to get its own message. After each start everything has to be as before. What goes wrong is part
 * of the proof; only a signal is thrown.
 */
export async function proveLesson(options: ProveOptions): Promise<Proof> {
  const { lesson, engine, signal, onProgress } = options;
  const { version } = await engine.about();
  const proof = { lesson: lesson.id, engine: { family: engine.family, version } };
  const notHere = missingNeeds(lesson, { family: engine.family, version, ...options.provided }).join(' ');
  if (notHere !== '') return { ...proof, notHere, lines: [], ok: true };
  const lines: ProofLine[] = [];
  const told = (added: readonly ProofLine[]): boolean => {
    lines.push(...added);
    for (const line of added) onProgress?.(proofLine(lesson.id, line));
    return isProofOk({ lines: added });
  };
  const isFirstOk = told(await playThrough(options, ''));
  if (isFirstOk) told(await playThrough(options, ' again'));
  signal.throwIfAborted();
  await proveWrongPaths(options, (line) => void told([line]));
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
    for (const step of session.lesson.steps) {
      const isRead = step.kind === 'reading' && step.needs !== undefined;
      if (isRead) line(`step ${step.id}${again}`).push(part(`only read: it needs ${step.needs}`, []));
      if (step.kind !== 'task') continue;
      if (!(await playStep(session, step, line(`step ${step.id}${again}`), options))) return;
    }
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
  const look = openLook(session, step, options.provided, options.signal);
  const before = await look();
  const early = checks.flatMap((check) => tooEarly(check, before.get(check.id)));
  parts.push(part('check expecting NOT-YET', early));
  const hasSolution = step.solution.length > 0 || checks.length === 0;
  parts.push(part('solve', hasSolution ? [] : ['it has no solution']));
  if (!hasSolution) return false;
  const missing = await solveStep(session, step, look, options.signal);
  parts.push(part('check expecting PASS', missing));
  return missing.length === 0;
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
