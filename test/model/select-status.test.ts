import { expect, test } from 'vitest';
import { selectStatus } from '../../src/model/select-status.ts';
import { initialState } from '../../src/model/state.ts';
import { aContainer, after, anImage, aVolume, holding, NOW, unreadable } from './build-state.ts';

const about = {
  version: '20.10.24',
  apiVersion: '1.41',
  storageDriver: 'overlay2',
  cgroupVersion: '2' as const,
  os: 'linux',
  arch: 'amd64',
  rootless: false,
  swarmNode: '',
  dataRoot: '/var/lib/docker',
  cpus: 2,
  memory: 8e9,
  warnings: [],
};

test('the status names the engine, its version and its storage, and counts what it holds', () => {
  const container = [
    aContainer('web'),
    aContainer('db', { state: 'exited' }),
    unreadable('container', 'odd'),
  ];
  const state = holding({ container, image: [anImage('tiny:1')], volume: [aVolume('a'), aVolume('b')] });
  expect(selectStatus(state)).toMatchObject({
    mark: '●',
    engine: 'docker · /run/docker.sock',
    counts: '1 running · 1 image · 2 volumes',
  });
  expect(selectStatus(after(state, { type: 'engine-described', about })).engine).toBe(
    'docker 20.10.24 · overlay2 · /run/docker.sock',
  );
});

test('a sandbox is called one, an engine without rights of root rootless', () => {
  expect(selectStatus(holding({ sandbox: 'passing' })).engine).toBe('sandbox · docker');
  const plain = after(holding({ sandbox: 'passing', standing: 'without root' }), {
    type: 'engine-described',
    about: { ...about, rootless: true },
  });
  expect(selectStatus(plain).engine).toBe('sandbox · docker, without root · 20.10.24 · overlay2');
  const rootless = after(holding(), {
    type: 'engine-described',
    about: { ...about, storageDriver: '', rootless: true },
  });
  expect(selectStatus(rootless).engine).toBe('docker 20.10.24 · rootless · /run/docker.sock');
});

test('a lost engine shows in mark and word, with the reason, for how long, and that the lists are old', () => {
  const lost = after(
    holding(),
    { type: 'engine-lost', at: NOW, why: 'nobody listens', advice: '' },
    { type: 'time-passed', now: NOW + 180_000 },
  );
  expect(selectStatus(lost)).toMatchObject({
    mark: '✗',
    tone: 'bad',
    engine: 'LOST 3 min ago: nobody listens',
    counts: expect.stringContaining('old') as string,
  });
});

test('no engine shows as none', () => {
  expect(selectStatus(initialState({ columns: 80, rows: 24 }, NOW))).toMatchObject({
    mark: '○',
    engine: 'no engine',
    counts: '',
  });
});

test('the status stays the same while only the clock goes on', () => {
  const state = holding();
  expect(selectStatus(after(state, { type: 'time-passed', now: NOW + 60_000 }))).toBe(selectStatus(state));
});
