import type { Linted, Say } from './lint-lesson.ts';

/** Shorter lines (`docker ps -a`) are hardly a secret. */
const LEAST = 13;

/** A hint leads to the solution; one that holds it takes the work away. */
export function lintHints({ lesson: { steps } }: Linted, say: Say): void {
  for (const { id, line, hints, solution } of steps)
    for (const [i, hint] of hints.entries()) {
      const given = solution.flatMap((command) => command.split('\n')).find((each) => isGiven(each, hint));
      if (given !== undefined)
        say(
          'lesson.md',
          line,
          `hint ${i + 1} of “${id}” holds the solution (“${given.trim()}”): leave a blank in it`,
        );
    }
}

function isGiven(command: string, hint: string): boolean {
  const line = squeeze(command);
  return line.length >= LEAST && squeeze(hint).includes(line);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
