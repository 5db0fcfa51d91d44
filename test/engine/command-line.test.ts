import { expect, test } from 'vitest';
import { bulkCommandLine, commandLine } from '../../src/engine/command-line.ts';
import type { Command } from '../../src/engine/commands.ts';
import { EMPTY_RUN_SPEC } from '../../src/engine/run-line.ts';

const web = { id: 'c0ffee', name: 'web' };
const keep = { id: 'deadbeef', name: 'keep' };
const image = { id: 'sha256:0123456789abcdef', name: 'tiny:1' };
const run = {
  ...EMPTY_RUN_SPEC,
  image: 'tiny:1',
  name: 'web',
  ports: [{ ip: '', host: 8080, container: 80, protocol: 'tcp' as const }],
  env: ['A=b'],
  mounts: [{ source: 'notes', target: '/data', readOnly: false }],
  autoRemove: true,
  command: ['sleep', '60'],
};

const LINES: [Command, string][] = [
  [{ do: 'start', container: web }, 'docker start web'],
  [{ do: 'stop', container: web }, 'docker stop web'],
  [{ do: 'restart', container: web }, 'docker restart web'],
  [{ do: 'pause', container: web }, 'docker pause web'],
  [{ do: 'unpause', container: web }, 'docker unpause web'],
  [{ do: 'kill', container: web, signal: 'SIGHUP' }, 'docker kill -s SIGHUP web'],
  [{ do: 'kill', container: web, signal: 'SIGKILL' }, 'docker kill web'],
  [{ do: 'rename', container: web, to: 'www' }, 'docker rename web www'],
  [{ do: 'remove-container', container: web, force: false, volumes: false }, 'docker rm web'],
  [{ do: 'remove-container', container: web, force: true, volumes: true }, 'docker rm -f -v web'],
  [
    { do: 'run', spec: run },
    'docker run -d --name web -p 8080:80 -e A=b -v notes:/data --rm tiny:1 sleep 60',
  ],
  [{ do: 'commit', container: web, as: 'mine:2', message: '', pause: true }, 'docker commit web mine:2'],
  [
    { do: 'commit', container: web, as: '', message: 'with notes', pause: false },
    "docker commit -m 'with notes' --pause=false web",
  ],
  [{ do: 'pull', image: 'alpine:3' }, 'docker pull alpine:3'],
  [{ do: 'tag', image, as: 'mine:2' }, 'docker tag tiny:1 mine:2'],
  [{ do: 'tag', image: { ...image, name: '<none>' }, as: 'mine:2' }, 'docker tag 0123456789ab mine:2'],
  [{ do: 'remove-image', image, force: false }, 'docker rmi tiny:1'],
  [{ do: 'remove-image', image: { ...image, name: '' }, force: true }, 'docker rmi -f 0123456789ab'],
  [{ do: 'create-volume', name: 'notes', driver: 'local' }, 'docker volume create notes'],
  [{ do: 'create-volume', name: '', driver: 'nfs' }, 'docker volume create -d nfs'],
  [{ do: 'remove-volume', volume: { id: 'notes', name: 'notes' }, force: true }, 'docker volume rm -f notes'],
  [
    { do: 'create-network', name: 'n', driver: 'bridge', subnet: '', internal: false },
    'docker network create n',
  ],
  [
    { do: 'create-network', name: 'my net', driver: 'macvlan', subnet: '10.1.0.0/16', internal: true },
    "docker network create -d macvlan --subnet 10.1.0.0/16 --internal 'my net'",
  ],
  [{ do: 'remove-network', network: { id: 'n1', name: 'n' } }, 'docker network rm n'],
  [{ do: 'prune', what: 'container', all: true }, 'docker container prune -f'],
  [{ do: 'prune', what: 'image', all: true }, 'docker image prune -f -a'],
  [{ do: 'prune', what: 'volume', all: true }, 'docker volume prune -f -a'],
  [{ do: 'prune', what: 'volume', all: false }, 'docker volume prune -f'],
  [{ do: 'prune', what: 'network', all: false }, 'docker network prune -f'],
  [{ do: 'prune', what: 'build-cache', all: false }, 'docker builder prune -f'],
];

test.each(LINES)('%j is said as %s', (command, line) => {
  expect(commandLine(command, 'docker')).toBe(line);
});

test('podman is called by its name and spared the flags it does not have', () => {
  expect(commandLine({ do: 'stop', container: web }, 'podman')).toBe('podman stop web');
  expect(commandLine({ do: 'prune', what: 'volume', all: true }, 'podman')).toBe('podman volume prune -f');
  expect(commandLine({ do: 'prune', what: 'build-cache', all: true }, 'podman')).toBe(
    'podman image prune -f -a',
  );
});

test('like commands become one line, unlike ones stay apart and in order', () => {
  const line = bulkCommandLine(
    [
      { do: 'stop', container: web },
      { do: 'remove-container', container: web, force: true, volumes: false },
      { do: 'stop', container: keep },
      { do: 'remove-container', container: keep, force: false, volumes: false },
    ],
    'docker',
  );
  expect(line).toBe('docker stop web keep; docker rm -f web; docker rm keep');
});

test('commands that take one thing are never joined', () => {
  const pulls = ['a', 'b'].map((name): Command => ({ do: 'pull', image: name }));
  expect(bulkCommandLine(pulls, 'docker')).toBe('docker pull a; docker pull b');
  expect(bulkCommandLine([], 'docker')).toBe('');
});
