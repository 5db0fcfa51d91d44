import { humanSize } from '../../engine/human-size.ts';
import { cutEnd, padEnd } from '../fit-text.ts';
import { piece, type Line, type Piece } from '../line.ts';
import { seconds } from './build-summary.ts';
import type { Build, BuildStep } from './build-state.ts';
import { isFrom } from './take-news.ts';

const MARKS: Readonly<Record<BuildStep['state'], Piece>> = {
  waiting: piece('· waiting ', 'quiet'),
  running: piece('… running ', 'accent'),
  done: piece('✓ done    ', 'good'),
  cached: piece('✓ cached  ', 'good'),
  failed: piece('✗ failed  ', 'bad'),
  stopped: piece('■ stopped ', 'warning'),
};

const LINE_WIDTH = 4;
const TIME_WIDTH = 9;
const SIZE_WIDTH = 9;
/** Lines of output shown below a step that runs; what one that failed has printed stands with the failure. */
const SAID_SHOWN = 3;

/** A line for each step, with the last that the present one has printed. @param width cells for a line */
export function stepLines(build: Build, width: number): Line[] {
  return build.steps.flatMap((step) => [
    stepLine(step, width, build.now),
    ...saidLines(step),
    ...missLine(build, step),
  ]);
}

function stepLine(step: BuildStep, width: number, now: number): Line {
  const room = width - 10 - LINE_WIDTH - 2 - TIME_WIDTH - SIZE_WIDTH;
  const line = step.line === null ? '' : `${step.line}`;
  const isNew = step.state !== 'cached' && step.state !== 'waiting';
  const took = step.took ?? (step.startedAt === null ? 0 : Math.max(0, now - step.startedAt));
  return [
    isFrom(step) && step.state === 'cached' ? piece('✓ is here ', 'good') : MARKS[step.state],
    piece(line.padStart(LINE_WIDTH), 'quiet'),
    piece(`  ${padEnd(cutEnd(step.instruction, room), room)}`, step.state === 'waiting' ? 'quiet' : 'plain'),
    piece((isNew ? seconds(took) : '').padStart(TIME_WIDTH), 'quiet'),
    piece(
      (step.added === null || step.added === 0 ? '' : humanSize(step.added)).padStart(SIZE_WIDTH),
      'accent',
    ),
  ];
}

function saidLines({ state, said }: BuildStep): Line[] {
  if (state !== 'running') return [];
  return said.slice(-SAID_SHOWN).map((line) => [piece('              │ ', 'quiet'), piece(line, 'quiet')]);
}

/** Below the first step that was not in the cache. */
function missLine({ missed, steps }: Build, step: BuildStep): Line[] {
  const isWorthIt = steps.some((s) => s.state === 'cached' && !isFrom(s)) || (missed?.why ?? '') !== '';
  if (missed?.step !== step.key || !isWorthIt) return [];
  const at = step.line === null ? '' : ` at line ${step.line}`;
  const why = missed.why === '' ? '' : `: ${missed.why}`;
  return [[piece(`              ↑ first miss of the cache${at}${why}`, 'warning')]];
}
