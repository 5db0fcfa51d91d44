import { check, exactOptional, pipe, record, string, transform } from 'valibot';
import type { Question } from '../lesson.ts';
import type { Complain } from './parse-problems.ts';
import { fit, listOf, sentence, shape, whole } from './parse-shapes.ts';
import { readYaml } from './parse-yaml.ts';

const MOST_OPTIONS = 9;

const questionShape = pipe(
  shape({
    ask: sentence,
    options: listOf(sentence, 2),
    answer: whole(0, MOST_OPTIONS - 1),
    because: sentence,
    if: exactOptional(record(string(), sentence), {}),
  }),
  check(({ options }) => options.length <= MOST_OPTIONS, `has too many options: at most ${MOST_OPTIONS}`),
  check(
    ({ options, answer }) => answer < options.length,
    ({ input }) =>
      `has the answer ${input.answer}, but the options are counted from 0 to ${input.options.length - 1}`,
  ),
  check(
    ({ options, if: wrong }) =>
      Object.keys(wrong).every((key) => /^\d$/.test(key) && Number(key) < options.length),
    ({ input }) =>
      `has an if for an option that is not there: they are counted from 0 to ${input.options.length - 1}`,
  ),
  check(
    ({ answer, if: wrong }) => !Object.hasOwn(wrong, String(answer)),
    'has an if for the right option: what is said to it is because',
  ),
  transform(({ if: wrong, ...rest }): Question => ({
    ...rest,
    wrong: Object.fromEntries(Object.entries(wrong).map(([key, say]) => [Number(key), say])),
  })),
);

/** A `predict` or a `quiz`. */
export function parseQuestion(yamlText: string, firstLine: number, complain: Complain): Question | undefined {
  const yaml = readYaml(yamlText, firstLine, complain);
  return yaml === null ? undefined : fit(questionShape, { ...yaml, path: [], complain });
}
