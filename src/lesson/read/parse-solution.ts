import { record, string } from 'valibot';
import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { Step } from '../lesson.ts';
import { whyUnended } from './parse-commands.ts';
import type { Complain } from './parse-problems.ts';
import { fit, listOf, text } from './parse-shapes.ts';
import { readYaml } from './parse-yaml.ts';

const solutionShape = record(string(), listOf(text));

/** The steps with the commands of `solution.yaml`; one that has a block of its own may not be in the file too. */
export function withSolutions(steps: readonly Step[], yamlText: string, complain: Complain): readonly Step[] {
  const yaml = readYaml(yamlText, 1, complain);
  if (yaml === null || yaml.value === null) return steps;
  const solutions = fit(solutionShape, { ...yaml, path: [], complain });
  if (solutions === undefined) return steps;
  const ids = steps.map(({ id }) => id);
  for (const [id, commands] of Object.entries(solutions)) {
    if (!ids.includes(id)) complain(yaml.lineOf([id]), `there is no step “${id}”${didYouMeanHint(id, ids)}`);
    for (const [i, command] of commands.entries()) {
      const why = whyUnended(command);
      if (why !== null) complain(yaml.lineOf([id, i]), `this command never ends: ${why}`);
    }
  }
  return steps.map((step) => {
    const commands = Object.hasOwn(solutions, step.id) ? solutions[step.id] : undefined;
    if (commands === undefined) return step;
    if (step.solution.length > 0)
      complain(yaml.lineOf([step.id]), `“${step.id}” has a solution block as well: keep one`);
    return { ...step, solution: commands.map((command) => command.trimEnd()) };
  });
}
