import type { Linted, Say } from './lint-lesson.ts';

/** Without a network the builder waits for most of a minute to fetch what this line names, and then gives up. */
const SYNTAX_LINE = /^\s*#\s*syntax\s*=/im;

export function lintSyntaxLines({ files }: Linted, say: Say): void {
  const texts = { 'lesson.md': files['lesson.md'], 'solution.yaml': files['solution.yaml'] ?? '' };
  const ofFiles = Object.entries(files.dockerfiles ?? {}).map(([name, text]): [string, string] => [
    `files/${name}`,
    text,
  ]);
  for (const [file, text] of [...Object.entries(texts), ...ofFiles])
    for (const [i, line] of text.split('\n').entries())
      if (SYNTAX_LINE.test(line))
        say(
          file,
          i + 1,
          'leave out the “# syntax=” line: without a network the build waits for it and fails',
        );
}
