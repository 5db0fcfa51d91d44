import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { BASE_IMAGE, baseImageArchive } from '../../src/sandbox/base-image.ts';
import { tarArchive } from '../../src/sandbox/tar.ts';
import { hasEngine, testEngines } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { runSpec } from './run-spec.ts';

describe('a tar archive', () => {
  it('is read by tar as it was written', () => {
    const archive = tarArchive([
      { type: 'folder', path: 'some/', mode: 0o1777 },
      { type: 'file', path: 'some/file', content: 'x'.repeat(513), mode: 0o750 },
      { type: 'link', path: 'some/link', target: 'file' },
    ]);
    const listed = execFileSync('tar', ['-tvf', '-', '--utc'], { input: archive, encoding: 'utf8' });
    expect(listed.trim().split('\n')).toEqual([
      'drwxrwxrwt root/root         0 1970-01-01 00:00 some/',
      '-rwxr-x--- root/root       513 1970-01-01 00:00 some/file',
      'lrwxrwxrwx root/root         0 1970-01-01 00:00 some/link -> file',
    ]);
  });

  it('refuses a path that its header cannot hold', () => {
    expect(() => tarArchive([{ type: 'folder', path: 'x'.repeat(101) }])).toThrow('too long');
  });
});

it('the base image is the same bytes each time', async () => {
  expect((await baseImageArchive()).equals(await baseImageArchive())).toBe(true);
});

const engines = await testEngines();

describe.each(engines)('tiny:1 on $name', (test) => {
  it('has its name, two layers, and a mark that it is ours', async () => {
    const engine = await connect(test.endpoint);
    const image = (await engine.list('image')).find(
      (item) => item.kind === 'image' && item.tags.includes(BASE_IMAGE),
    );
    expect(image).toMatchObject({ tags: [BASE_IMAGE], labels: { 'slipway.base': '1' } });
    expect(await engine.countLayers(image?.id ?? '')).toBe(2);
    engine.close();
  });

  // Each says it in one write: podman 4.3 gives back pieces of a line as lines of their own.
  it.each([
    ['a shell', 'for i in 1 2; do said="$said$i "; done; test -d /tmp && echo "$said"yes', '1 2 yes'],
    [
      'text tools',
      'echo $(seq 1 30 | tail -n 3 | head -n 1) $(echo a,b | cut -d, -f2) $(echo hi | sed s/h/j/)',
      '28 b ji',
    ],
    ['an identity', 'hostname > /dev/null && echo $(id -u) $(env | grep -c ^PATH=)', '0 1'],
    ['processes', 'ps > /dev/null && top -b -n 1 > /dev/null && sleep 0 && echo seen', 'seen'],
    [
      'a web server and a client',
      'echo page > /var/www/index.html; (nc -l -p 8080 httpd /var/www &); ' +
        'n=0; until wget -O - http://127.0.0.1:8080/index.html || [ $n -gt 50 ]; do n=$((n+1)); sleep 0.1; done 2> /dev/null',
      'page',
    ],
  ])('has %s', async (_what, script, expected) => {
    const engine = await connect(test.endpoint);
    expect(await output(engine, script)).toBe(expected);
    engine.close();
  });
});

// Podman sets no range of groups that may ping.
it.skipIf(!hasEngine('docker'))('tiny:1 has ping where the engine allows it', async () => {
  const docker = engines.find(({ name }) => name === 'docker');
  if (!docker) throw new Error('no docker');
  const engine = await connect(docker.endpoint);
  expect(await output(engine, 'ping -c 1 127.0.0.1 > /dev/null && echo reached')).toBe('reached');
  engine.close();
});

async function output(engine: Engine, script: string): Promise<string> {
  const { affected } = await engine.carryOut({ do: 'run', spec: runSpec(script) });
  const id = affected[0] ?? '';
  await until(async () => {
    const [container] = await engine.list('container', [id]);
    return container?.kind === 'container' && container.state === 'exited';
  });
  const said: string[] = [];
  const signal = new AbortController().signal;
  for await (const lines of engine.logs(id, { tail: 50, follow: false, signal }))
    said.push(...lines.map(({ text }) => text));
  await engine.carryOut({ do: 'remove-container', container: { id, name: '' }, force: true, volumes: true });
  return said.join(' ');
}
