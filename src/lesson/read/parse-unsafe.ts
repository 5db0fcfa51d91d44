import type { Block, Lesson, LessonProblem } from '../lesson.ts';
import type { LessonFiles } from './parse-lesson.ts';
import { withInner } from './parse-references.ts';
import { complainAbout } from './parse-problems.ts';

/**
 * Removes what nothing uses, of whomever it is: on the engine of a person that is their own data. A filter, such as a
 * label, keeps it to what is the lesson's.
 */
const UNSCOPED = /\b(container|image|volume|network|system|builder|buildx)[ \t]+prune\b(?![^\n|;&]*--filter)/;
/** Gives everything there is to a command that removes. */
const ALL_OF_THEM = /\brm\b[^\n|;&]*(?:\$\(|`)\s*(?:docker|podman)\b(?![^\n)`]*(?:--filter|-f)\b)/;

export function whyUnsafe(command: string): string | null {
  const [prune] = UNSCOPED.exec(command) ?? [];
  if (prune !== undefined)
    return `“${prune}” removes what is not the lesson's too: remove by name, or give it a --filter`;
  return ALL_OF_THEM.test(command)
    ? 'this removes all there is, not only what is the lesson’s: remove by name'
    : null;
}

/** An error, not advice: solutions are replayed, on the person's own engine too. */
export function refuseUnsafe(lesson: Lesson, files: LessonFiles, problems: LessonProblem[]): void {
  for (const { command, place } of commandsOf(lesson, files)) {
    const why = whyUnsafe(command);
    if (why === null) continue;
    const { file, line } = place();
    complainAbout(file, problems)(line, why);
  }
}

type CommandPlace = { file: string; line: number | null };
/** `place` searches the files, so it is asked only for what is wrong. */
export type PlacedCommand = { command: string; place: () => CommandPlace };

/** All commands that are shown or replayed, with where they stand. */
export function commandsOf(lesson: Lesson, files: LessonFiles): PlacedCommand[] {
  const shown = (blocks: readonly Block[]): PlacedCommand[] =>
    blocks
      .flatMap(withInner)
      .flatMap((block) =>
        block.kind === 'run' ? block.commands.map((command) => at(command, block.line)) : [],
      );
  const at = (command: string, line: number): PlacedCommand => ({
    command,
    place: () => ({ file: 'lesson.md', line }),
  });
  return [
    ...shown(lesson.intro),
    ...lesson.steps.flatMap((step) => [
      ...shown(step.blocks),
      ...step.solution.map((command) => ({ command, place: () => placeOf(command, step.line, files) })),
    ]),
  ];
}

/** Where a solution's command stands: in its file, or else in a block of the step. */
function placeOf(
  command: string,
  stepLine: number,
  files: LessonFiles,
): { file: string; line: number | null } {
  const inFile = lineWith(files['solution.yaml'], command);
  const inBlock = lineWith(files['lesson.md'], command);
  if (inFile === null && inBlock !== null) return { file: 'lesson.md', line: stepLine };
  return files['solution.yaml'] === null
    ? { file: 'lesson.md', line: stepLine }
    : { file: 'solution.yaml', line: inFile };
}

/** The line of a text on which a command begins; null where it is not to be found (quotes may be doubled there). */
export function lineWith(text: string | null, command: string): number | null {
  const [first = ''] = command.split('\n');
  const at = (text ?? '').split('\n').findIndex((line) => line.includes(first));
  return at < 0 || first === '' ? null : at + 1;
}
