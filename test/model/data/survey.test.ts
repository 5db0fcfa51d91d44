import { describe, expect, test } from 'vitest';
import type { ContainerData } from '../../../src/engine/data/container-data.ts';
import { layersFreed } from '../../../src/model/data/freed-layers.ts';
import { mayEnd, stopQuestion } from '../../../src/model/data/stop-question.ts';
import { volumeLines } from '../../../src/model/data/volume-lines.ts';
import { lineText } from '../../../src/model/line.ts';
import { selectDetails } from '../../../src/model/select-details.ts';
import { selectOverlay } from '../../../src/model/select-overlay.ts';
import type { Size, State } from '../../../src/model/state.ts';
import {
  aContainer,
  after,
  ANONYMOUS,
  anImage,
  aVolume,
  holding,
  mountOf,
  NOW,
  pressed,
} from '../build-state.ts';

const SMALL = { columns: 80, rows: 24 };
const web = aContainer('web', {
  mounts: [mountOf('notes'), { ...mountOf(ANONYMOUS), target: '/scratch' }],
});
const dataOf = (name: string, more: Partial<ContainerData> = {}): ContainerData => ({
  id: `c-${name}`,
  name,
  autoRemove: false,
  mounts: [...web.mounts, { type: 'tmpfs', name: '', source: '', target: '/mem', writable: true }],
  writable: 3_000_000,
  createdAt: NOW,
  startedAt: NOW,
  finishedAt: null,
  ...more,
});
const begin = (size: Size = SMALL): State =>
  holding({
    size,
    container: [web, aContainer('db', { mounts: [mountOf('notes')], state: 'exited' })],
    image: [anImage('tiny:1')],
    volume: [aVolume('notes'), aVolume(ANONYMOUS, { anonymous: true }), aVolume('orphan')],
  });
const detailText = (state: State): string => {
  const content = selectDetails(state)?.content;
  return content?.kind === 'lines' ? content.lines.map(lineText).join('\n') : JSON.stringify(content);
};
const overlayText = (state: State): string => selectOverlay(state)!.lines.map(lineText).join('\n');

describe('the Mounts tab', () => {
  const open = (size: Size): State => pressed(begin(size), '1', 'home', '5', 'd').state;
  test('says that it measures until the size is there', () => {
    expect(detailText(open(SMALL))).toContain('own layer  …');
    const known = after(open(SMALL), { type: 'container-data-read', containers: [dataOf('web')] });
    expect(detailText(known)).toContain('own layer  3 MB');
    expect(detailText(known)).toContain('survives nothing');
  });
  test('has its table where there is room, with the words in it', () => {
    const wide = after(open({ columns: 200, rows: 50 }), {
      type: 'container-data-read',
      containers: [dataOf('web')],
    });
    expect(detailText(wide)).toMatch(/volume notes +\/data +64 B +yes +yes +yes +yes +yes +yes/);
    expect(detailText(wide)).toContain('volume notes: also in db (exited)');
  });
  test('says that --rm is the end of it', () => {
    const state = after(open(SMALL), {
      type: 'container-data-read',
      containers: [dataOf('web', { autoRemove: true })],
    });
    expect(detailText(state)).toContain('Run with --rm');
  });
  test('of another container begins at its top, and scrolls no further than its end', () => {
    const mounts = Array.from({ length: 12 }, (_, i) => ({ ...mountOf('notes'), target: `/${i}` }));
    const long = after(open(SMALL), { type: 'container-data-read', containers: [dataOf('web', { mounts })] });
    const scrolled = pressed(long, 'end').state;
    expect(scrolled.data.scroll.top).toBeGreaterThan(0);
    expect(pressed(scrolled, 'pgdn').state.data.scroll.top).toBe(scrolled.data.scroll.top);
  });
  test('is what images have not', () => {
    expect(pressed(begin(), '2', 'd').state.notice?.text).toBe('Only containers and volumes have this.');
  });
});

describe('a volume', () => {
  const text = (state: State, name: string): string => {
    const item = state.objects.volume.items?.get(name);
    if (item?.kind !== 'volume') throw new Error('no volume');
    return volumeLines(state, item, NOW, 60).map(lineText).join('\n');
  };
  test('says who has it, and what nobody knows', () => {
    expect(text(begin(), 'notes')).toMatch(/Used by +web \(running\) at \/data/);
    expect(text(begin(), 'orphan')).toContain('not known: engines keep it only with a container');
    expect(text(begin(), 'orphan')).toContain('by whom is not known');
  });
  test('that came with its container says so', () => {
    const state = begin();
    const item = aVolume(ANONYMOUS, { anonymous: true, createdAt: web.createdAt });
    expect(volumeLines(state, item, NOW, 80).map(lineText).join('\n')).toContain('in the same moment as web');
  });
});

describe('“Where data lives”', () => {
  test('has every place once, fits 80 columns, and Enter goes to the volume', () => {
    const state = pressed(begin(), 'D').state;
    const lines = overlayText(state).split('\n');
    expect(lines.filter((line) => line.startsWith('volume notes'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('own layer'))).toHaveLength(2);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(70);
    const there = pressed(state, 'down', 'down', 'enter').state;
    expect(there).toMatchObject({ focus: 'volume', overlays: [] });
    expect(there.tabs.volume).toBe('mounts');
  });
  test('says on one line what the layer of a container survives', () => {
    const known = after(begin(), { type: 'container-data-read', containers: [dataOf('web')] });
    const about = overlayText(pressed(known, 'D').state);
    expect(about).toMatch(/^ +survives .*rm -v$/m);
  });
  test('of an empty engine says so', () => {
    expect(overlayText(pressed(holding(), 'D').state)).toContain('There is no data here');
  });
});

describe('the disk usage', () => {
  const usage = {
    layers: 5_000_000,
    images: [{ id: 'sha256:tiny', size: 1_900_000, shared: 0 }],
    containers: [{ id: 'c-db', writable: 500_000 }],
    volumes: [{ name: 'orphan', size: 64 }],
    buildCache: [],
  };
  const open = pressed(begin(), 'U').state;
  const measured = after(
    open,
    { type: 'survey-begun' },
    { type: 'survey-read', part: { usage } },
    { type: 'survey-ended', why: '' },
  );
  test('says that it measures, and then what each clean-up gives back, on lines that fit 80 columns', () => {
    expect(overlayText(after(open, { type: 'survey-begun' }))).toContain('Measuring …');
    expect(overlayText(measured)).toMatch(/500 kB {2}Remove all stopped containers/);
    expect(overlayText(measured)).not.toContain('Measuring');
    const lengths = overlayText(measured)
      .split('\n')
      .map((line) => line.trimEnd().length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(70);
  });
  test('says of an image how much others have, too, on a line that fits 80 columns', () => {
    const images = [{ id: 'sha256:tiny', size: 1_900_000, shared: 1_800_000 }];
    const shared = after(measured, { type: 'survey-read', part: { usage: { ...usage, images } } });
    const line = overlayText(shared)
      .split('\n')
      .find((text) => text.includes('is shared'));
    expect(line).toMatch(/^tiny:1 +1\.9 MB {2}1\.8 MB of it is shared$/);
    expect(line!.length).toBeLessThanOrEqual(70);
  });
  test('opens the question of a clean-up with its list and figure, Cancel chosen', () => {
    const overlay = pressed(measured, 'enter').state.overlays.at(-1);
    expect(overlay).toMatchObject({ kind: 'choice', selected: 0 });
    expect(overlay?.kind === 'choice' && overlay.choice.body).toEqual(
      expect.arrayContaining(['Remove all stopped containers: gives back 500 kB', '  db  (exited)']),
    );
    expect(pressed(measured, 'enter', 'enter').effects).toEqual([]);
  });
  test('that failed says why', () => {
    expect(
      overlayText(after(open, { type: 'survey-begun' }, { type: 'survey-ended', why: 'no answer' })),
    ).toContain('no answer');
  });
});

describe('layers', () => {
  const base = { diffId: 'a', size: 100 };
  const layers = new Map([
    ['one', [base, { diffId: 'b', size: 10 }]],
    ['two', [base, { diffId: 'c', size: 20 }]],
    ['other', [{ diffId: 'c', size: 7 }]],
  ]);
  const own = 1;
  test('that a kept image has stay, and those of removed ones count once', () => {
    expect(layersFreed([{ id: 'one', own }], ['two'], layers)).toEqual({ bytes: 10, how: 'exactly' });
    expect(
      layersFreed(
        [
          { id: 'one', own },
          { id: 'two', own },
        ],
        [],
        layers,
      ),
    ).toEqual({ bytes: 130, how: 'exactly' });
  });
  test('on other layers are others', () => {
    expect(layersFreed([{ id: 'other', own }], ['two'], layers).bytes).toBe(7);
  });
  test('go with the archives they came in, where the image shares none', () => {
    const packed = 5;
    expect(layersFreed([{ id: 'one', own, packed }], ['two'], layers)).toEqual({
      bytes: 10,
      how: 'at least',
    });
    const alone = layersFreed([{ id: 'other', own, packed }], ['two'], layers);
    expect(alone).toEqual({ bytes: 12, how: 'exactly' });
  });
  test('that are not known make it a least', () => {
    expect(layersFreed([{ id: 'new', own }], ['two'], layers)).toEqual({ bytes: 1, how: 'at least' });
  });
});

describe('the question before a container goes', () => {
  const body = (state: State): string => {
    const overlay = pressed(state, '1', 'home', 'x').state.overlays.at(-1);
    return overlay?.kind === 'choice' ? overlay.choice.body.join('\n') : '';
  };
  test('says how much goes, what is in memory, and what nothing uses then', () => {
    const alone = holding({
      container: [web],
      volume: [aVolume('notes'), aVolume(ANONYMOUS, { anonymous: true })],
    });
    const text = body(after(alone, { type: 'container-data-read', containers: [dataOf('web')] }));
    expect(text).toContain('Goes: what was written inside (3 MB), and the logs.');
    expect(text).toContain('Goes: what is in memory at /mem.');
    expect(text).toContain('Stays: volume notes (64 B), which nothing uses then.');
    expect(text).toContain('1 anonymous volume (64 B): stays, unless removed with it.');
  });
  test('does not call a volume unused that another has', () => {
    expect(body(begin())).toMatch(/Stays: volume notes \(64 B\)\./);
  });
});

describe('the end of a container with --rm', () => {
  const ref = (name: string) => ({ id: `c-${name}`, name });
  test('may come with stop and a signal that ends, and on podman with restart', () => {
    expect(mayEnd({ do: 'stop', container: ref('web') }, 'docker')).toBe(true);
    expect(mayEnd({ do: 'restart', container: ref('web') }, 'docker')).toBe(false);
    expect(mayEnd({ do: 'restart', container: ref('web') }, 'podman')).toBe(true);
    expect(mayEnd({ do: 'kill', container: ref('web'), signal: 'SIGKILL' }, 'docker')).toBe(true);
    expect(mayEnd({ do: 'kill', container: ref('web'), signal: 'SIGHUP' }, 'docker')).toBe(false);
  });
  test('is asked for with what goes along, Cancel first, and the others can be stopped alone', () => {
    const stop = ['web', 'db'].map((name) => ({ do: 'stop', container: ref(name) }) as const);
    const choice = stopQuestion(begin(), stop, new Set(['c-web']));
    expect(choice.options.map((o) => o.line)).toEqual(['', 'docker stop web db', 'docker stop db']);
    expect(choice.options[1]?.outcome).toMatchObject({ effect: { asked: true } });
    expect(choice.body.join('\n')).toContain('Goes: 1 anonymous volume (64 B).');
  });
});
