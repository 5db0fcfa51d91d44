import type { Instruction } from '../../engine/build/dockerfile.ts';
import type { Build, BuildStep } from './build-state.ts';

/** Paths that are named as the reason, before it is “and 3 more”. */
const NAMED = 2;

/** Why a step did not come from the cache, as far as it can be told from the last build of the same folder. */
export function whyMissed(build: Build, { line, instruction }: BuildStep): string {
  if (build.spec.noCache) return 'without the cache, as asked';
  if (build.before === null || build.changed === null) return '';
  const now = build.dockerfile?.instructions.findIndex((i) => i.line === line) ?? -1;
  const was: Instruction | undefined = build.before.instructions[now];
  const is = build.dockerfile?.instructions[now];
  if (is !== undefined && was?.text !== is.text) return was === undefined ? 'a new line' : 'the line changed';
  if (!/^(?:COPY|ADD)\s/i.test(instruction) || /--from=/.test(instruction)) return '';
  return build.changed.length === 0 ? '' : `files changed: ${named(build.changed)}`;
}

function named(paths: readonly string[]): string {
  const more = paths.length - NAMED;
  const first = paths.slice(0, NAMED).join(', ');
  return more <= 0 ? first : `${first} and ${more} more`;
}
