import type { OpenLesson } from '../learn-state.ts';
import type { TypedCommand } from '../shells.ts';

/** Of each command line, in order, whether it was typed since the step in view began, or was begun anew. */
export function typedLines(
  commands: readonly string[],
  lesson: OpenLesson,
  typed: readonly TypedCommand[],
  typedBefore: number,
): readonly boolean[] {
  const own = lesson.steps[lesson.shown];
  const anew = own?.state === 'open' ? own.at : null;
  const before = lesson.steps.slice(0, Math.max(0, lesson.shown));
  const began = Math.max(anew ?? 0, ...before.map(({ at }) => at ?? 0));
  const left = typed
    .filter(({ id, startedAt }) => id > typedBefore && startedAt >= began)
    .map(({ line }) => normal(line));
  // The same line twice in a step is to be typed twice.
  return commands.map((command) => {
    const at = left.indexOf(normal(command));
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
}

export function isSameLine(a: string, b: string): boolean {
  return normal(a) === normal(b);
}

/** Blanks and broken lines make no difference. */
function normal(line: string): string {
  return line
    .replace(/\\\n/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}
