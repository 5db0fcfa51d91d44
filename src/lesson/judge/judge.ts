import type { EngineFamily } from '../../engine/engine.ts';
import type { Check } from '../check.ts';
import { explain } from './explain.ts';
import { NO_FAULT_OF_YOURS, blocked } from './finding.ts';
import { judgeTest, objectClaims } from './judge-test.ts';
import { line, named, sentence } from './plain-text.ts';
import type { JudgeMemory, Judgement, Verdict } from '../verdict.ts';
import type { World } from '../world.ts';

/**
 * Judges checks by what was found, and by what the judge has to remember. Never throws: what cannot be judged is
 * `blocked`. The same input gives the same output.
 */
export function judge(checks: readonly Check[], world: World, memory: JudgeMemory): Judgement {
  const session = new Session(checks, world, memory);
  for (const check of checks) session.judge(check);
  return session.judgement();
}

/** Those of the family the engine is of; the others are left out. */
export function concerns(check: Check, family: EngineFamily): boolean {
  return check.only === null || check.only === family;
}

class Session {
  private readonly checks: ReadonlyMap<string, Check>;
  private readonly world: World;
  private readonly verdicts = new Map<string, Verdict>();
  private readonly passed: Map<string, number>;
  private readonly holding: Map<string, number>;
  private lookAgainAt: number | null = null;
  /** Those that wait for another one just now: checks that need each other would wait for ever. */
  private readonly waiting = new Set<string>();

  constructor(checks: readonly Check[], world: World, memory: JudgeMemory) {
    this.checks = new Map(checks.map((check) => [check.id, check]));
    this.world = world;
    this.passed = new Map(memory.passed);
    this.holding = new Map(memory.holding);
  }

  judgement(): Judgement {
    const { verdicts, passed, holding, lookAgainAt } = this;
    return { verdicts, memory: { passed, holding }, lookAgainAt };
  }

  judge(check: Check): void {
    if (this.verdicts.has(check.id) || !concerns(check, this.world.engine.family)) return;
    this.waiting.add(check.id);
    const verdict = this.verdictOn(check);
    this.waiting.delete(check.id);
    this.verdicts.set(check.id, verdict);
    if (verdict.kind === 'pass' && !this.passed.has(check.id)) this.passed.set(check.id, this.world.at);
  }

  private verdictOn(check: Check): Verdict {
    if (check.mode === 'ever' && this.passed.has(check.id)) return { kind: 'pass' };
    try {
      return this.freshVerdictOn(check);
    } catch (error) {
      this.holding.delete(check.id);
      const why = `This check could not be judged (${error instanceof Error ? error.message : String(error)}).`;
      return blocked({ why, advice: NO_FAULT_OF_YOURS });
    }
  }

  private freshVerdictOn(check: Check): Verdict {
    const since = this.holding.get(check.id);
    this.holding.delete(check.id);
    if (this.world.gone !== null) return blocked(this.world.gone);
    const first = this.neededBefore(check);
    if (first !== null) return first;
    const finding = judgeTest(check.test, this.world);
    if (finding.holds === null) return blocked(finding);
    if (!finding.holds) return blameless(explain(check, finding, this.world), this.world);
    return check.stable > 0 ? this.steadyVerdict(check, since ?? this.world.at) : { kind: 'pass' };
  }

  /** What has to pass before this one is looked at; it would be shown as a mistake else. */
  private neededBefore(check: Check): Verdict | null {
    for (const id of check.needs) {
      const needed = this.checks.get(id);
      if (needed === undefined || this.waiting.has(id)) {
        if (this.passed.has(id)) continue;
        const why = `The check ${named(check.id)} waits for ${named(id)}, which cannot be judged before it.`;
        return blocked({ why, advice: NO_FAULT_OF_YOURS });
      }
      this.judge(needed);
      if (!this.hasPassed(needed)) return firstOf(needed);
    }
    return null;
  }

  private hasPassed(check: Check): boolean {
    return !concerns(check, this.world.engine.family) || this.verdicts.get(check.id)?.kind === 'pass';
  }

  /** It holds; it has to go on so. */
  private steadyVerdict(check: Check, heldSince: number): Verdict {
    const { at } = this.world;
    const since = Math.min(at, Math.max(heldSince, lastBreak(check, this.world)));
    this.holding.set(check.id, since);
    if (at - since >= check.stable) return { kind: 'pass' };
    const next = since + check.stable;
    this.lookAgainAt = Math.min(this.lookAgainAt ?? next, next);
    const expected = `the same for ${check.stable / 1000} s`;
    const actual = `it has held for ${Math.floor((at - since) / 100) / 10} s`;
    return {
      kind: 'not-yet',
      say: `It holds; it has to stay so for ${check.stable / 1000} s.`,
      expected,
      actual,
    };
  }
}

/** Before anything was done in a step nothing can be a mistake, whatever the steps before have left. */
function blameless(verdict: Verdict, { typed, calls, events, began }: World): Verdict {
  if (verdict.kind !== 'mistake') return verdict;
  if ([...typed, ...calls, ...events].some(({ at }) => at >= began.step)) return verdict;
  const { say, expected, actual } = verdict;
  return { kind: 'not-yet', say, expected, actual };
}

function firstOf({ claim }: Check): Verdict {
  return { kind: 'not-yet', say: sentence(`First: ${claim}`), expected: line(claim), actual: 'not so yet' };
}

/** Between two looks a container may have ended and begun again; its last end breaks what was held. */
function lastBreak(check: Check, { events }: World): number {
  const names = objectClaims(check.test).flatMap(({ subject, of }) =>
    subject === 'container' && 'name' in of ? [of.name] : [],
  );
  const ends = events.filter(
    ({ kind, action, name }) => kind === 'container' && action === 'die' && names.includes(name),
  );
  return ends.reduce((last, { at }) => Math.max(last, at), -Infinity);
}
