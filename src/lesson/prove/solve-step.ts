import type { Check } from '../check.ts';
import type { Step } from '../lesson.ts';
import { failedLine, notPassed } from './prove-details.ts';
import { lookUntil, SHOWN_WITHIN, type Look, type Verdicts } from './prove-look.ts';
import type { ProofSession } from './prove-session.ts';

/** Runs a step's solution, and gives what is missing then, with the output of commands that failed. */
export async function solveStep(
  session: ProofSession,
  step: Step,
  look: Look,
  signal: AbortSignal,
): Promise<string[]> {
  const checks = checksHere(step, session);
  const results = await session.run(step.solution);
  const isDone = (verdicts: Verdicts): boolean => checks.every(({ id }) => verdicts.get(id)?.kind === 'pass');
  const found = await lookUntil(look, isDone, within(checks), signal);
  if (isDone(found)) return [];
  const missing = checks.flatMap((check) => notPassed(check, found.get(check.id)));
  return [...missing, ...results.filter(({ code }) => code !== 0).flatMap(failedLine)];
}

function within(checks: readonly Check[]): number {
  return SHOWN_WITHIN + Math.max(0, ...checks.map(({ stable }) => stable));
}

export function checksHere({ checks }: Step, { engine }: ProofSession): Check[] {
  return checks.filter(({ only }) => only === null || only === engine.family);
}
