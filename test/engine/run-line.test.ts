import { describe, expect, test } from 'vitest';
import type { RunSpec } from '../../src/engine/commands.ts';
import { EMPTY_RUN_SPEC, formatRunLine, parseRunLine } from '../../src/engine/run-line.ts';
import { dice, type Dice } from '../support/odd-text.ts';

function specOf(line: string): RunSpec {
  const parsed = parseRunLine(line);
  if (!parsed.ok) throw new Error(`${parsed.why} at ${parsed.at}`);
  return parsed.spec;
}

const tiny = { ...EMPTY_RUN_SPEC, image: 'tiny:1' };

describe('reading', () => {
  test('a whole line', () => {
    const line =
      "docker run -dit --name=web -p 8080:80 -e 'A=b c' -v notes:/data:ro --mount type=bind,src=/h,dst=/c " +
      '--rm --net mynet -w /w -u 1:1 --entrypoint /bin/sh -l a=b --label=c tiny:1 sleep -p 60';
    expect(specOf(line)).toEqual({
      image: 'tiny:1',
      name: 'web',
      command: ['sleep', '-p', '60'],
      ports: [{ ip: '', host: 8080, container: 80, protocol: 'tcp' }],
      env: ['A=b c'],
      mounts: [
        { source: 'notes', target: '/data', readOnly: true },
        { source: '/h', target: '/c', readOnly: false },
      ],
      network: 'mynet',
      labels: { a: 'b', c: '' },
      workdir: '/w',
      user: '1:1',
      entrypoint: '/bin/sh',
      restart: '',
      autoRemove: true,
      interactive: true,
      tty: true,
    });
  });
  test.each([
    ['docker run tiny:1', tiny],
    ['podman run tiny:1', tiny],
    ['docker container run --detach tiny:1', tiny],
    ['docker run --rm=true -i=false -- tiny:1', { ...tiny, autoRemove: true }],
    ['docker run -itp80 tiny:1', specOf('docker run -i -t -p 80 tiny:1')],
    ['docker run -p=8080:80 tiny:1', specOf('docker run -p 8080:80 tiny:1')],
    ['docker run -eA=b tiny:1', { ...tiny, env: ['A=b'] }],
    ['docker run --restart on-failure:3 tiny:1', { ...tiny, restart: 'on-failure:3' }],
    ['docker run tiny:1 -d --name x', { ...tiny, command: ['-d', '--name', 'x'] }],
    ["docker run tiny:1 sh -c 'echo $HOME | wc'", { ...tiny, command: ['sh', '-c', 'echo $HOME | wc'] }],
  ])('%j', (line, spec) => {
    expect(specOf(line)).toEqual(spec);
  });
});

describe('complaints name the flag, the right form and the place', () => {
  test.each([
    ['docker run --nmae web tiny:1', /--nmae is not known here; did you mean --name\?/, 11],
    ['docker run -x tiny:1', /^-x is not known here$/, 11],
    ['docker run -dx tiny:1', /^-x is not known here$/, 11],
    ['docker run -d', /name an image/, 13],
    ['docker run', /name an image/, 10],
    ['docker run --name', /--name needs a value/, 11],
    ['docker run --name "a b" tiny:1', /not a name for a container/, 11],
    ['docker run -d -p http tiny:1', /write 8080:80/, 14],
    ['docker run -e A tiny:1', /write A=value/, 11],
    ['docker run -v ./x:/y tiny:1', /begin it with \//, 11],
    ['docker run --restart sometimes tiny:1', /unless-stopped/, 11],
    ['docker run --rm --restart always tiny:1', /contradict/, 33],
    ['docker run -d=false tiny:1', /background/, 11],
    ['docker run --rm=maybe tiny:1', /takes no value/, 11],
    ['docker run --network a --net b tiny:1', /only one --network/, 23],
    ["docker run --entrypoint '' tiny:1", /needs a program/, 11],
    ['docker run -l =x tiny:1', /key=value/, 11],
    ['docker ps', /begin the line with docker run/, 0],
    ['', /begin the line with docker run/, 0],
    ["docker run -e 'A=b tiny:1", /never closed/, 14],
    ['docker run tiny:1 | less', /pipe/, 18],
  ])('%j', (line, why, at) => {
    expect(parseRunLine(line)).toEqual({ ok: false, why: expect.stringMatching(why) as unknown, at });
  });
});

function anySpec({ below, pick, text }: Dice): RunSpec {
  const some = <T>(make: () => T): T[] => Array.from({ length: below(3) }, make);
  const name = (): string => pick(['web', 'a', 'A.b-c_9', '0']);
  const path = (): string => `/p${text(4)}`;
  return {
    image: `i${text(3)}`,
    name: pick(['', name()]),
    command: some(() => text(5)),
    ports: some(() => ({
      ip: pick(['', '127.0.0.1', '::1']),
      host: pick([0, 1, 65535]) || null,
      container: 1 + below(65535),
      protocol: pick(['tcp', 'udp', 'sctp']),
    })),
    env: some(() => `${name()}=${text(5)}`),
    mounts: some(() => ({
      source: pick(['', name(), path()]),
      target: path(),
      readOnly: pick([true, false]),
    })),
    network: text(3),
    labels: Object.fromEntries(some(() => [`${name()}${below(9)}`, text(4)])),
    workdir: text(3),
    user: text(3),
    entrypoint: text(3),
    restart: pick(['', 'no', 'always', 'on-failure:5']),
    autoRemove: false,
    interactive: pick([true, false]),
    tty: pick([true, false]),
  };
}

describe('writing', () => {
  test('the line has the order people know', () => {
    const spec = { ...specOf('docker run --rm -v notes:/data -e A=b -p 8080:80 --name web tiny:1 sleep 60') };
    expect(formatRunLine(spec, 'docker')).toBe(
      'docker run -d --name web -p 8080:80 -e A=b -v notes:/data --rm tiny:1 sleep 60',
    );
  });
  test('every spec is read back as it was, and stays on one line', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const spec = anySpec(dice(seed, { controls: true }));
      const line = formatRunLine(spec, 'podman');
      expect(line, `seed ${seed}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      expect(parseRunLine(line), `seed ${seed}: ${line}`).toEqual({ ok: true, spec });
    }
  });
  test('no text makes the reader throw', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const { text } = dice(seed, { controls: true });
      expect(parseRunLine(`docker run ${text(20)}`)).toHaveProperty('ok');
    }
  });
});
