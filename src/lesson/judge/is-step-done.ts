import type { EngineFamily } from '../../engine/engine.ts';
import type { Check } from '../check.ts';
import { concerns } from './judge.ts';
import type { Judgement } from '../verdict.ts';

/** Every check of the step has passed, and those that have to hold still do; those of the other family count as passed. */
export function isStepDone(
  checks: readonly Check[],
  { verdicts, memory }: Judgement,
  family: EngineFamily,
): boolean {
  return checks
    .filter((check) => concerns(check, family))
    .every(({ id, mode }) => verdicts.get(id)?.kind === 'pass' || (mode === 'ever' && memory.passed.has(id)));
}

/** Those that have to hold still after they have passed: they are judged again when a lesson is taken up. */
export function mustStillHold(checks: readonly Check[], family: EngineFamily): readonly Check[] {
  return checks.filter((check) => check.mode === 'now' && concerns(check, family));
}
