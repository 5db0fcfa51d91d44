import { expect, it, test } from 'vitest';
import type { ErrorContext } from '../../../src/lesson/errors/error-row.ts';
import { didYouMeanImage } from '../../../src/lesson/errors/real-names.ts';
import { explainError } from '../../../src/lesson/errors/explain-error.ts';

test.each([
  ['tinny:1', 'tiny:1'],
  ['tiny', 'tiny:1'],
  ['tiny:2', 'tiny:1'],
  ['Tiny:1', 'tiny:1'],
  ['docker.io/library/tinny:1', 'tiny:1'],
  ['tiny:1', null],
  ['xylophone:1', null],
  ['', null],
])('by %s is meant %s', (name, meant) => {
  expect(didYouMeanImage(name, ['<none>:<none>', 'site:1', 'localhost/tiny:1', 'tiny:3'])).toBe(meant);
});

const CONTEXT: ErrorContext = {
  family: 'docker',
  images: ['tiny:1'],
  containers: ['web'],
  volumes: ['notes'],
  networks: ['bridge', 'lan'],
  sandbox: true,
  command: '',
};
const tryThis = (said: string, command: string): string | undefined =>
  explainError(said, { ...CONTEXT, command })?.tryThis;

test.each([
  [
    'docker: unknown command: docker volume mydata',
    'docker volume mydata',
    'To make it: docker volume create mydata',
  ],
  ['docker: unknown command: docker pss', 'docker pss', 'Did you mean ps? Try: docker ps'],
  [
    'Error response from daemon: get note: no such volume',
    'docker volume rm note',
    'Did you mean notes? Try: docker volume rm notes',
  ],
  [
    'Error response from daemon: network lann not found',
    'docker run --network lann tiny:1',
    'Did you mean lan? Try: docker run --network lan tiny:1',
  ],
  [
    "unknown shorthand flag: 'n' in -name",
    'docker run -name web tiny:1',
    'Try: docker run --name web tiny:1',
  ],
  [
    'docker: invalid reference format: repository name (library/Tiny) must be lowercase',
    'docker run Tiny:1 ls',
    'Try: docker run tiny:1 ls',
  ],
  [
    `Error response from daemon: Container ${'a1'.repeat(32)} is not running`,
    'docker exec web ls',
    'Start it: docker start web. If it ends at once, see why: docker logs web',
  ],
])('to %s one may try what has the real names in it', (said, command, wanted) => {
  expect(tryThis(said, command)).toBe(wanted);
});

it('keeps the engine’s own words, without what would move the cursor', () => {
  const said = 'fine\r\n\x1b[31mError response from daemon: No such container: wbe\x1b[0m\x07\r\nmore';
  expect(explainError(said, { ...CONTEXT, command: 'docker stop wbe' })).toEqual({
    said: 'Error response from daemon: No such container: wbe',
    meaning: 'There is no container called wbe, running or stopped.',
    tryThis: 'Did you mean web? Try: docker stop web',
  });
});

it('says nothing of what it does not know', () => {
  expect(explainError('the moon is made of cheese', CONTEXT)).toBeNull();
  expect(explainError('', CONTEXT)).toBeNull();
});
