import { expect, it } from 'vitest';
import { shortImageName, splitImageName } from '../../src/engine/image-name.ts';

it.each([
  ['docker.io/library/tiny:1', 'tiny:1'],
  ['docker.io/team/app:1', 'team/app:1'],
  ['localhost/x:1', 'localhost/x:1'],
  ['registry:5000/a/b:1', 'registry:5000/a/b:1'],
  ['tiny:1', 'tiny:1'],
])('%s is shown as %s', (full, short) => {
  expect(shortImageName(full)).toBe(short);
});

it.each([
  ['tiny', 'tiny', '', ''],
  ['tiny:1', 'tiny', '1', ''],
  ['localhost:5000/a/b', 'localhost:5000/a/b', '', ''],
  ['localhost:5000/a/b:2', 'localhost:5000/a/b', '2', ''],
  ['a/b:2@sha256:ff', 'a/b', '2', 'sha256:ff'],
])('%s is cut into repository, tag and digest', (name, repository, tag, digest) => {
  expect(splitImageName(name)).toEqual({ repository, tag, digest });
});
