import type { Linted, Say } from './lint-lesson.ts';
import { commandsOf } from '../read/parse-unsafe.ts';

export function lintCommands({ lesson, tests, files }: Linted, say: Say): void {
  const ofTests = tests.flatMap(({ run, line }) =>
    run.map((command) => ({ command, place: () => ({ file: 'tests.yaml', line }) })),
  );
  for (const { command, place } of [...commandsOf(lesson, files), ...ofTests]) {
    if (!/^\$ /m.test(command)) continue;
    const { file, line } = place();
    say(file, line, 'leave out the “$ ” before the command: it is no part of it');
  }
}
