import { describe, expect, test } from 'vitest';
import { statusText } from '../../src/model/container-status.ts';
import { COMMANDS_KEPT } from '../../src/model/command-log.ts';
import type { Event } from '../../src/model/events.ts';
import { reduce } from '../../src/model/reduce.ts';
import { initialState, type State } from '../../src/model/state.ts';
import {
  aContainer,
  after,
  anImage,
  aNetwork,
  aVolume,
  holding,
  NOW,
  read,
  unreadable,
} from './build-state.ts';

const SIZE = { columns: 120, rows: 40 };
const LOST: Event = { type: 'engine-lost', at: NOW, why: 'nobody listens', advice: 'start it' };
const itemOf = (state: State, kind: 'container' | 'image' | 'volume', id: string) =>
  state.objects[kind].items?.get(id);

describe('an engine', () => {
  test('that is new starts with nothing but the log of commands and the choice of the mouse', () => {
    const before = after(
      holding({ container: [aContainer('web')] }),
      { type: 'mouse-toggled' },
      { type: 'command-started', id: 1, line: 'docker stop web', at: NOW },
      { type: 'focus-moved', to: 'volume' },
    );
    const state = after(before, {
      type: 'engine-connected',
      family: 'podman',
      host: 'unix:///run/podman.sock',
      apiVersion: '1.41',
      sandbox: 'none',
    });
    expect(state.objects.container.items).toBeNull();
    expect(state.focus).toBe('container');
    expect(state.commands).toBe(before.commands);
    expect(state.mouse).toBe(false);
    expect(state.engine).toMatchObject({ family: 'podman', about: null, lost: null });
  });
  test('that is lost keeps its lists, and since when it is lost however often it is tried', () => {
    const before = holding({ container: [aContainer('web')] });
    const state = after(before, LOST, { ...LOST, at: NOW + 900, why: 'no such file' });
    expect(state.engine?.lost).toEqual({ since: NOW, why: 'no such file', advice: 'start it' });
    expect(state.objects).toBe(before.objects);
  });
  test('that is still lost for the same reason changes nothing', () => {
    const lost = after(holding(), LOST);
    expect(reduce(lost, { ...LOST, at: NOW + 200 })).toBe(lost);
  });
  test('that is back is no longer lost, and being back twice changes nothing', () => {
    const back = after(holding(), LOST, { type: 'engine-back' });
    expect(back.engine?.lost).toBeNull();
    expect(reduce(back, { type: 'engine-back' })).toBe(back);
  });
  test('that was left takes its lists with it', () => {
    const state = after(holding({ image: [anImage('tiny:1')] }), { type: 'engine-left' });
    expect(state.engine).toBeNull();
    expect(state.objects.image.items).toBeNull();
  });
  test('that is not there cannot be lost', () => {
    const state = initialState(SIZE, NOW);
    expect(reduce(state, LOST)).toBe(state);
  });
});

describe('a list that was read', () => {
  test('keeps the identity of every item that did not change', () => {
    const [web, db] = [aContainer('web'), aContainer('db')];
    const state = after(
      holding({ container: [web, db] }),
      read('container', [{ ...web }, aContainer('db', { state: 'exited' })]),
    );
    expect(itemOf(state, 'container', web.id)).toBe(web);
    expect(itemOf(state, 'container', db.id)).toMatchObject({ state: 'exited' });
  });
  test('loses the items that are not in it', () => {
    const state = after(
      holding({ container: [aContainer('web'), aContainer('db')] }),
      read('container', [aContainer('db')]),
    );
    expect([...(state.objects.container.items?.keys() ?? [])]).toEqual(['c-db']);
  });
  test('keeps the layers of images and the sizes of volumes that were asked for apart', () => {
    const state = after(
      holding({ image: [anImage('tiny:1', { layers: null })], volume: [aVolume('notes', { size: null })] }),
      { type: 'layers-counted', counts: new Map([['sha256:tiny', 7]]) },
      { type: 'volumes-measured', sizes: new Map([['notes', 640]]) },
      read('image', [anImage('tiny:1', { layers: null })]),
      read('volume', [aVolume('notes', { size: null })]),
    );
    expect(itemOf(state, 'image', 'sha256:tiny')).toMatchObject({ layers: 7 });
    expect(itemOf(state, 'volume', 'notes')).toMatchObject({ size: 640 });
  });
  test('has rows for what could not be read, until it can be', () => {
    const broken = { ...unreadable('container', 'web'), id: 'c-web' };
    const state = after(holding({ container: [aContainer('web')] }), read('container', [broken]));
    expect(itemOf(state, 'container', 'c-web')).toBe(broken);
    expect(itemOf(after(state, read('container', [aContainer('web')])), 'container', 'c-web')).toMatchObject({
      kind: 'container',
    });
  });
  test('takes back that reading it had failed; a failure keeps the old rows', () => {
    const failed = after(holding({ container: [aContainer('web')] }), {
      type: 'list-failed',
      kind: 'container',
      why: 'boom',
    });
    expect(failed.objects.container.failed).toBe('boom');
    expect(failed.objects.container.items?.size).toBe(1);
    expect(after(failed, read('container', [])).objects.container.failed).toBe('');
  });
  test('leaves the other lists as they are', () => {
    const before = holding({ container: [aContainer('web')], network: [aNetwork('own')] });
    expect(after(before, read('container', [])).objects.network).toBe(before.objects.network);
  });
});

describe('items that were read', () => {
  const before = holding({ container: [aContainer('web'), aContainer('db'), aContainer('app')] });
  const asked = (ids: readonly string[], items: readonly ReturnType<typeof aContainer>[]): State =>
    after(before, { type: 'items-read', kind: 'container', ids, items, at: NOW });

  test('replace themselves and nothing else', () => {
    const state = asked(['c-db'], [aContainer('db', { state: 'paused' })]);
    expect(itemOf(state, 'container', 'c-db')).toMatchObject({ state: 'paused' });
    expect(itemOf(state, 'container', 'c-web')).toBe(itemOf(before, 'container', 'c-web'));
  });
  test('that were asked for and not found are gone', () => {
    expect([...(asked(['c-db', 'c-app'], []).objects.container.items?.keys() ?? [])]).toEqual(['c-web']);
  });
  test('that are new are added', () => {
    expect(asked(['c-new'], [aContainer('new')]).objects.container.items?.size).toBe(4);
  });
});

describe('since when a container is in its state', () => {
  const MINUTE = 60_000;
  const since = (
    before: number,
    now: number,
    at: number,
    state: 'running' | 'exited' = 'running',
  ): number | null => {
    const first = holding({ container: [aContainer('web', { since: before })] });
    const item = itemOf(
      after(first, read('container', [aContainer('web', { since: now, state })], at)),
      'container',
      'c-web',
    );
    return item?.kind === 'container' ? item.since : null;
  };
  test('stays what it was where the engine only rounded otherwise', () => {
    const start = NOW - 5 * MINUTE;
    expect(since(start, start - 50_000, NOW)).toBe(start);
    expect(since(NOW - 50 * 3_600_000, NOW - 48 * 3_600_000, NOW)).toBe(NOW - 50 * 3_600_000);
  });
  test('is taken anew after a restart that no event told of', () => {
    expect(since(NOW - 600 * MINUTE, NOW - 1000, NOW)).toBe(NOW - 1000);
    expect(since(NOW - 10_000, NOW - 1000, NOW)).toBe(NOW - 1000);
  });
  test('is taken anew with the state', () => {
    expect(since(NOW - 5 * MINUTE, NOW - 4.5 * MINUTE, NOW, 'exited')).toBe(NOW - 4.5 * MINUTE);
  });
  test('does not make the status flicker while the same container is read again and again', () => {
    let state = holding({ container: [aContainer('web', { since: NOW })] });
    const texts = new Set<string>();
    for (let minute = 1; minute < 55; minute += 1) {
      const at = NOW + minute * MINUTE + 30_000;
      // As docker says it: “Up 5 minutes” is everything from 5:00 to 5:59.
      state = after(state, read('container', [aContainer('web', { since: at - minute * MINUTE })], at));
      const item = itemOf(state, 'container', 'c-web');
      if (item?.kind === 'container') texts.add(statusText(item, at));
    }
    expect(texts.size).toBe(54);
    expect(itemOf(state, 'container', 'c-web')).toMatchObject({ since: NOW });
  });
});

describe('the log of commands', () => {
  const started = (id: number): Event => ({
    type: 'command-started',
    id,
    line: `docker start c${id}`,
    at: NOW,
  });
  test('keeps result, advice and time of each command', () => {
    const { commands } = after(
      holding(),
      started(1),
      started(2),
      { type: 'command-succeeded', id: 1, at: NOW + 5, text: '', made: [] },
      { type: 'command-failed', id: 2, at: NOW + 9, text: 'no', advice: 'ask again' },
    );
    expect(commands).toMatchObject([
      { line: 'docker start c1', endedAt: NOW + 5, result: { ok: true } },
      { line: 'docker start c2', endedAt: NOW + 9, result: { ok: false, text: 'no', advice: 'ask again' } },
    ]);
    expect(Object.keys(commands[0]!)).not.toContain('type');
  });
  test('is bounded', () => {
    const ids = Array.from({ length: COMMANDS_KEPT + 10 }, (_, i) => i);
    expect(after(holding(), ...ids.map(started)).commands.map((c) => c.id)).toEqual(ids.slice(10));
  });
  test('has the latest progress of each layer, in order of appearance', () => {
    const at = (id: string, current: number) => ({ id, text: 'Downloading', current, total: 100 });
    const { commands } = after(
      holding(),
      started(1),
      { type: 'command-progressed', id: 1, progress: [at('a', 1), at('b', 2)] },
      { type: 'command-progressed', id: 1, progress: [at('a', 50)] },
    );
    expect(commands[0]?.progress).toEqual([at('a', 50), at('b', 2)]);
  });
});

describe('the details', () => {
  const line = (text: string) => ({ at: '', stream: 'stdout' as const, text });
  test('take log lines of the open log only', () => {
    const opened = after(holding(), { type: 'log-opened', container: 'a' });
    expect(after(opened, { type: 'log-arrived', container: 'b', lines: [line('x')] })).toBe(opened);
    expect(after(opened, { type: 'log-arrived', container: 'a', lines: [line('x')] }).log?.phase).toBe(
      'open',
    );
  });
  test('keep how a log is looked at from one container to the next', () => {
    const opened = after(holding(), { type: 'log-opened', container: 'a' });
    const view = { ...opened.log!.view, wrap: !opened.log!.view.wrap };
    const next = after(opened, { type: 'log-changed', log: view }, { type: 'log-opened', container: 'b' });
    expect(next.log).toMatchObject({ container: 'b', phase: 'opening', view: { wrap: view.wrap } });
  });
  test('keep the tree on screen while a newer revision of the same thing is read', () => {
    const before = after(
      holding(),
      { type: 'inspect-asked', of: 'container c-web running-1' },
      { type: 'inspect-read', of: 'container c-web running-1', value: { Name: 'web' } },
    );
    expect(after(before, { type: 'inspect-asked', of: 'container c-web exited-2' })).toBe(before);
    expect(after(before, { type: 'inspect-asked', of: 'container c-db running-1' }).tree?.phase).toBe(
      'loading',
    );
  });
  test('forget the samples of containers that are gone, and keep five minutes of the others', () => {
    const sample = {
      at: NOW,
      cpuPercent: 1,
      memory: 1,
      memoryLimit: 0,
      networkIn: 0,
      networkOut: 0,
      blockIn: 0,
      blockOut: 0,
      pids: 1,
    };
    const sampled = (container: string): Event => ({
      type: 'stats-sampled',
      samples: [{ container, sample }],
    });
    let state = after(holding({ container: [aContainer('web'), aContainer('db')] }), sampled('c-db'));
    for (let i = 0; i < 400; i += 1) state = after(state, sampled('c-web'));
    state = after(state, read('container', [aContainer('web')]), sampled('c-web'));
    expect([...state.usage].map(([id, kept]) => [id, kept.length])).toEqual([['c-web', 300]]);
  });
});

describe('what shows nowhere', () => {
  test('gives the same state back', () => {
    const state = holding();
    const idle: Event[] = [
      { type: 'time-passed', now: NOW },
      { type: 'notice-gone' },
      { type: 'focus-moved', to: 'container' },
      { type: 'choice-moved', by: 1 },
      { type: 'work-progressed', line: 'x' },
      { type: 'log-arrived', container: 'x', lines: [] },
    ];
    for (const event of idle) expect(reduce(state, event), event.type).toBe(state);
  });
});

test('the details stay with the list that had the focus last', () => {
  const state = after(
    holding(),
    { type: 'focus-moved', to: 'image' },
    { type: 'focus-moved', to: 'details' },
  );
  expect([state.focus, state.subject]).toEqual(['details', 'image']);
});
