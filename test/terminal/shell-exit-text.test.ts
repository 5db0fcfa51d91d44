import { expect, test } from 'vitest';
import { exitCodeText } from '../../src/terminal/shell-exit-text.ts';

test.each([
  [0, 'true', 'ended well'],
  [1, 'false', 'failed'],
  [2, 'ls --nonsense', 'failed; often: wrong options or arguments'],
  [42, '(exit 42)', 'failed'],
  [125, './run-tests', 'failed'],
  [126, '/etc/passwd', 'found, but cannot be run'],
  [127, 'dokcer ps', 'no such command'],
  [130, 'sleep 9', 'interrupted with Ctrl-C (SIGINT)'],
  [137, 'stress', 'killed (SIGKILL), perhaps because memory ran out'],
  [139, 'a.out', 'crashed: segmentation fault (SIGSEGV)'],
  [141, 'yes', 'nobody read its output any more (SIGPIPE)'],
  [143, 'sleep 9', 'was asked to end (SIGTERM)'],
  [255, 'ssh nowhere', 'failed'],
  [-1, '', 'failed'],
])('%i of %j: %s', (code, line, words) => {
  expect(exitCodeText(code, line)).toBe(words);
});

test.each([
  ['docker run --nonsense tiny:1', 'docker'],
  ['  sudo -E docker run tiny:1', 'docker'],
  ['sudo docker ps', 'docker'],
  ['DOCKER_HOST=x /usr/bin/podman run tiny:1', 'podman'],
  ['cd /tmp && docker run x', 'docker'],
  ['docker ps | grep web', null],
  ['dockerd --nonsense', null],
  ['echo docker', null],
])('125 of %j is told as a failure of: %s', (line, client) => {
  const words = exitCodeText(125, line);
  expect(words).toBe(
    client ? `${client} itself failed: the engine refused, or the options were wrong` : 'failed',
  );
});

test.each([
  ['docker run tiny:1 nothing', 'no such command in the container'],
  ['docker container exec -it web nothing', 'no such command in the container'],
  ['docker --debug run tiny:1 nothing', 'no such command in the container'],
  ['docker compose run web nothing', 'no such command in the container'],
  ['podman start -a web', 'no such command in the container'],
  ['docker ps', 'no such command'],
  ['docker', 'no such command'],
])('127 of %j: %s', (line, words) => {
  expect(exitCodeText(127, line)).toBe(words);
});
