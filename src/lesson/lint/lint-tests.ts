import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { Linted, Say } from './lint-lesson.ts';
import { whyUnsafe } from '../read/parse-unsafe.ts';

/** Wrong paths that name what is not there would never be tried. */
export function lintTests({ lesson: { steps, vars }, tests, files }: Linted, say: Say): void {
  const ids = steps.map(({ id }) => id);
  const names = new Set<string>();
  for (const { name, step: id, check, run, line } of tests) {
    if (names.has(name)) say('tests.yaml', line, `two tests are called “${name}”`);
    names.add(name);
    const step = steps.find((each) => each.id === id);
    const checks = step?.checks.map((each) => each.id) ?? [];
    if (step === undefined) say('tests.yaml', line, `there is no step “${id}”${didYouMeanHint(id, ids)}`);
    else if (!checks.includes(check))
      say('tests.yaml', line, `“${id}” has no check “${check}”${didYouMeanHint(check, checks)}`);
    for (const why of run.flatMap((command) => whyUnsafe(command) ?? [])) say('tests.yaml', line, why);
    lintVariables(run, Object.keys(vars), line, say);
  }
  if (files['tests.yaml'] === null || tests.length === 0)
    say(
      'tests.yaml',
      null,
      'there is no wrong path: add one for each mistake that a learner may well make',
      'warning',
    );
}

function lintVariables(run: readonly string[], known: readonly string[], line: number, say: Say): void {
  for (const name of new Set(
    run.flatMap((command) => [...command.matchAll(/\{\{ ?(\w+) ?\}\}/g)].map(([, each]) => each ?? '')),
  ))
    if (!known.includes(name))
      say('tests.yaml', line, `{{${name}}} is no variable of this lesson${didYouMeanHint(name, known)}`);
}
