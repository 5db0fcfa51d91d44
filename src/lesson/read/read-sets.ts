import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { literal, union } from 'valibot';
import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { LessonSet } from '../lesson-set.ts';
import type { LessonProblem } from '../lesson.ts';
import { idText } from './parse-ids.ts';
import { complainAbout, type Complain } from './parse-problems.ts';
import { fit, inside, listOf, shape, shown, text, textLike } from './parse-shapes.ts';
import { readYaml } from './parse-yaml.ts';

export const SETS_FILE = 'sets.yaml';

export type ReadSets = { sets: readonly LessonSet[]; problems: LessonProblem[] };

/** The sets that lie beside the lessons of a folder. Throws what the disk throws. @param lessonIds all there are, in order */
export async function readSets(lessons: string, lessonIds: readonly string[]): Promise<ReadSets> {
  const problems: LessonProblem[] = [];
  const yaml = await readFile(join(lessons, SETS_FILE), 'utf8');
  return { sets: parseSets(yaml, lessonIds, complainAbout(SETS_FILE, problems)), problems };
}

const setShape = shape({
  /** It is typed on the command line, and may begin with how many minutes it takes. */
  id: textLike(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a short name of small letters, digits and - (such as 90min)'),
  title: text,
  says: text,
  lessons: union([literal('all'), listOf(idText, 1)], 'has to be `all`, or a list of ids of lessons'),
});

export function parseSets(yamlText: string, lessonIds: readonly string[], complain: Complain): LessonSet[] {
  const yaml = readYaml(yamlText, 1, complain);
  if (yaml === null) return [];
  if (!Array.isArray(yaml.value)) {
    complain(1, `this has to be a list (“- id: …”), and ${shown(yaml.value)} is there`);
    return [];
  }
  return yaml.value.flatMap((_, i) => {
    const place = inside({ ...yaml, path: [], complain }, i);
    const set = fit(setShape, place);
    if (set === undefined) return [];
    const wanted = set.lessons === 'all' ? lessonIds : set.lessons;
    for (const id of wanted)
      if (!lessonIds.includes(id))
        complain(
          place.lineOf([i, 'lessons']),
          `“${set.id}” has the lesson “${id}”, which is none here${didYouMeanHint(id, lessonIds)}`,
        );
    return [{ ...set, lessons: wanted.filter((id) => lessonIds.includes(id)) }];
  });
}
