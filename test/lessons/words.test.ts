import { describe, expect, test } from 'vitest';
import { lintGlossary } from '../../src/lesson/glossary/lint-glossary.ts';
import { readGlossary } from '../../src/lesson/glossary/read-glossary.ts';
import { mythsOf } from '../../src/lesson/myths.ts';
import { complainAbout } from '../../src/lesson/read/parse-problems.ts';
import { builtInLessons, findLessons } from '../../src/lesson/read/find-lessons.ts';
import { glossaryView } from '../../src/model/glossary/glossary-view.ts';
import { lineInput } from '../../src/model/line-input.ts';
import { overlayHeight } from '../../src/model/overlay-views/overlay-view.ts';
import { anEntry } from '../model/a-lesson.ts';
import { readSets } from '../../src/lesson/read/read-sets.ts';

const root = builtInLessons();
const lessons = (await findLessons(root)).flatMap(({ lesson }) => (lesson === null ? [] : [lesson]));
const ids = lessons.map(({ id }) => id);

test('every word of the glossary is explained plainly, and leads to words, lessons and places that are there', async () => {
  const { glossary, problems } = await readGlossary(root);
  lintGlossary(glossary, ids, complainAbout('glossary.md', problems));
  expect(problems).toEqual([]);
  expect(glossary.length).toBeGreaterThan(60);
});

test('every entry can be read on 80 by 24 without scrolling', async () => {
  const { glossary } = await readGlossary(root);
  const catalogue = { lessons: ids.map((id) => anEntry(id)), due: 0 };
  const room = overlayHeight({ columns: 80, rows: 24 });
  const overlay = { kind: 'glossary', input: lineInput(), selected: 0, only: null, link: 0 } as const;
  const long = glossary.filter(
    ({ word }) => glossaryView({ ...overlay, open: word }, glossary, catalogue).lines.length > room,
  );
  expect(long.map(({ word }) => word)).toEqual([]);
});

test('the words of the glossary stand in the order in which one looks for them', async () => {
  const { glossary } = await readGlossary(root);
  const order = glossary.map(({ word }) => word.toLowerCase().replace(/^\W+/, ''));
  expect(order).toEqual(order.toSorted((a, b) => a.localeCompare(b)));
});

test('the sets have lessons that are there', async () => {
  const { sets, problems } = await readSets(root, ids);
  expect(problems).toEqual([]);
  expect(sets.map(({ id }) => id)).toEqual(['45min', '90min', 'day']);
  expect(sets.find(({ id }) => id === 'day')?.lessons).toEqual(ids);
});

/** What many believe of containers, each put right by doing in one lesson at least. */
const MYTHS: readonly (readonly [what: string, id: string])[] = [
  ['a restart loses the data', 'restart-loses-data'],
  ['`docker volume NAME` makes a volume', 'docker-volume-name'],
  ['the file is called .dockignore', 'dockignore-name'],
  ['every instruction makes a layer', 'every-instruction-a-layer'],
  ['a container has an operating system of its own', 'own-operating-system'],
  ['a Dockerfile ends with .dockerfile', 'dockerfile-extension'],
  ['the docker program runs the containers', 'client-runs-containers'],
  ['deleting in a later layer shrinks the image', 'rm-shrinks'],
  ['image and container are the same', 'image-is-container'],
  ['volumes go with their container', 'volume-dies-with-container'],
  ['prune is safe', 'prune-is-safe'],
  ['commit saves everything', 'commit-saves-volumes'],
  ['EXPOSE opens a port', 'expose-opens'],
  ['names work on every network', 'names-work-everywhere'],
  ['a tag is a fixed version', 'tag-is-version'],
  ['a mount merges with the files of the image', 'mount-merges'],
  ['a typo after -v is noticed', 'typo-is-safe'],
  ['a container is a small machine that goes on by itself', 'runs-like-a-vm'],
  ['0 B in the history means no layer', 'zero-bytes-no-layer'],
  ['stop is kill', 'stop-is-kill'],
];

describe('a lesson puts right that', () => {
  const told = new Set(mythsOf(lessons).map(({ id }) => id));
  test.each(MYTHS)('%s (%s)', (_, id) => {
    expect(told).toContain(id);
  });
});
