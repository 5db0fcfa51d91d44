import type { BuildNews } from '../../engine/build/build.ts';
import { findInstruction } from '../../engine/build/find-instruction.ts';
import type { Build, BuildStep } from './build-state.ts';
import { whyMissed } from './why-missed.ts';

/** Lines of output that are kept of each step. */
const LINES_KEPT = 200;

/** What a builder tells, taken into what is known of the build. @param at when it was told */
export function takeNews(build: Build, news: BuildNews, at: number): Build {
  switch (news.news) {
    case 'builder':
      return { ...build, builder: news.builder };
    case 'step':
      return { ...build, aside: '', steps: withStep(build.steps, newStep(build, news)) };
    case 'began':
      return noteMiss(change(build, news.step, (step) => ({ ...step, state: 'running', startedAt: at })));
    case 'cached':
      return noteMiss(change(build, news.step, (step) => ({ ...step, state: 'cached', took: 0 })));
    case 'said':
      return change(build, news.step, (step) => ({
        ...step,
        said: [...step.said, news.line].slice(-LINES_KEPT),
      }));
    case 'ended':
      return noteMiss(change(build, news.step, (step) => ended(step, news, at)));
    case 'measured':
      return change(build, news.step, (step) => ({ ...step, added: news.added, total: news.total }));
    case 'aside':
      return { ...build, aside: news.line };
    // The first is of use to whoever measures; the last is an event of its own; who is blamed is found in the end.
    case 'left':
    case 'made':
      return build;
    case 'blamed':
      return { ...build, aside: `${BLAMED}${news.from}` };
  }
}

/** Begins the aside that names what could not be had. */
export const BLAMED = 'not found: ';

function newStep(
  build: Build,
  { step, instruction, place }: Extract<BuildNews, { news: 'step' }>,
): BuildStep {
  const found = build.dockerfile === null ? null : findInstruction(build.dockerfile, instruction, place);
  return {
    key: step,
    instruction: (found?.text ?? instruction).replace(/\s+/g, ' '),
    line: found?.line ?? null,
    lastLine: found?.lastLine ?? null,
    state: 'waiting',
    startedAt: null,
    took: null,
    said: [],
    added: null,
    total: null,
  };
}

/** In the order of the Dockerfile: BuildKit tells of its steps in no order at all. */
function withStep(steps: readonly BuildStep[], step: BuildStep): BuildStep[] {
  const { line } = step;
  const at = line === null ? -1 : steps.findIndex((other) => other.line !== null && other.line > line);
  return at === -1 ? [...steps, step] : steps.toSpliced(at, 0, step);
}

function change(build: Build, key: string, update: (step: BuildStep) => BuildStep): Build {
  return { ...build, steps: build.steps.map((step) => (step.key === key ? update(step) : step)) };
}

function ended(
  step: BuildStep,
  { took, error }: { took: number | null; error: string },
  at: number,
): BuildStep {
  if (error !== '') return { ...step, state: 'failed', took: took ?? at - (step.startedAt ?? at) };
  if (step.state !== 'running') return step;
  return { ...step, state: 'done', took: took ?? at - (step.startedAt ?? at) };
}

/** A step that is at its end without having come from the cache is the first that missed it; all after it miss it, too. */
function noteMiss(build: Build): Build {
  if (build.missed !== null) return build;
  const missed = build.steps.find(
    (step) => !isFrom(step) && (step.state === 'done' || step.state === 'failed'),
  );
  return missed === undefined
    ? build
    : { ...build, missed: { step: missed.key, why: whyMissed(build, missed) } };
}

export function isFrom({ instruction }: BuildStep): boolean {
  return /^FROM\s/i.test(instruction);
}
