import { exactOptional, nullable } from 'valibot';
import { FEATURES, type Feature } from '../lesson.ts';
import { idText } from './parse-ids.ts';
import type { Complain } from './parse-problems.ts';
import { fit, inside, listOf, oneOf, shape, shown, text } from './parse-shapes.ts';
import { readYaml } from './parse-yaml.ts';

/** A wrong path: what a learner may well do, and what they then have to be told. */
export type LessonTest = {
  /** Unique in the lesson. */
  name: string;
  /** Its commands run where this step begins: after the solutions of all steps before it. */
  step: string;
  run: readonly string[];
  /** The check that must not pass. */
  check: string;
  outcome: 'mistake' | 'not-yet';
  /** A part of the sentence that is shown. */
  says: string;
  only: 'docker' | 'podman' | null;
  /** One of those that the lesson asks for; where it is not there, the path is not gone. */
  needs: Feature | null;
  /** In tests.yaml, counted from 1. */
  line: number;
};

const testShape = shape({
  name: text,
  step: idText,
  run: listOf(text, 1),
  check: idText,
  outcome: exactOptional(oneOf(['mistake', 'not-yet']), 'mistake'),
  says: text,
  only: exactOptional(nullable(oneOf(['docker', 'podman'])), null),
  needs: exactOptional(nullable(oneOf(FEATURES)), null),
});

/** What `tests.yaml` holds; those that cannot be read are left out, after saying why. */
export function parseLessonTests(yamlText: string, complain: Complain): LessonTest[] {
  const yaml = readYaml(yamlText, 1, complain);
  if (yaml === null || yaml.value === null) return [];
  if (!Array.isArray(yaml.value)) {
    complain(1, `this has to be a list (“- name: …”), and ${shown(yaml.value)} is there`);
    return [];
  }
  return yaml.value.flatMap((_, i) => {
    const place = inside({ ...yaml, path: [], complain }, i);
    const test = fit(testShape, place);
    return test === undefined ? [] : [{ ...test, line: place.lineOf(place.path) }];
  });
}
