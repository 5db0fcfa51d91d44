import { describe, expect, test } from 'vitest';
import { cellWidth } from '../../../src/model/fit-text.ts';
import { lineText } from '../../../src/model/line.ts';
import { mouseIntents, type Mouse } from '../../../src/model/mouse.ts';
import { selectBottom } from '../../../src/model/select-bottom.ts';
import { selectDetails, type ListedLines } from '../../../src/model/select-details.ts';
import type { State } from '../../../src/model/state.ts';
import { after, anImage, follow, holding } from '../build-state.ts';
import { effects, IMAGE, keys, ofContainer, opened, outlined } from './layered.ts';

const SMALL = { columns: 80, rows: 24 };

/** The list that keys go to. */
function list(state: State): ListedLines {
  const { content } = selectDetails(state)!;
  if (content.kind === 'split') return content[content.active];
  if (content.kind !== 'lines') throw new Error(`it shows ${JSON.stringify(content)}`);
  return content;
}
const lines = (state: State): string[] => list(state).lines.map((line) => lineText(line).trimEnd());
const selected = (state: State): string => lines(state)[list(state).selected] ?? '';
const status = (state: State): string => selectDetails(state)!.status;
const text = (state: State): string => lines(state).join('\n');

describe('the stack', () => {
  test('has the bottom layer at the bottom, with size, share and instruction', () => {
    const shown = lines(outlined()).slice(0, 4);
    expect(shown.map((line) => line.replace(/^\S* +/, ''))).toEqual([
      '12 B  <1%    RUN rm /app/big',
      '3 kB  75%    RUN install',
      'metadata  ENV A=1',
      '1 kB  25%    COPY base /',
    ]);
  });
  test('names the images that share the selected layer, and counts them in its line', () => {
    const nobody = { shared: [], alike: [] };
    const sharing = [{ shared: ['base:1', 'other:2'], alike: [] }, nobody, nobody];
    const state = after(outlined(), { type: 'layers-sharing-told', of: `image ${IMAGE.id}`, sharing });
    expect(lines(state)[3]).toContain(' s2 COPY base');
    expect(text(keys(state, 'G'))).toContain('Shared with base:1, other:2: kept once for all.');
  });
  test('begins on the topmost layer, not on a line of metadata above it', () => {
    const meta = { instruction: 'CMD ["sh"]', createdAt: 0, layer: null, size: 0 };
    const { outline } = outlined().layers!;
    const steps = [...outline!.steps, meta];
    const of = `image ${IMAGE.id}`;
    const state = after(outlined(), { type: 'layers-outlined', of, outline: { ...outline!, steps } });
    expect(lines(state)[0]).toContain('CMD ["sh"]');
    expect(selected(state)).toContain('RUN rm /app/big');
  });
  test('leaves lines of metadata out when asked', () => {
    expect(text(keys(outlined(), 'm'))).not.toContain('metadata');
  });
  test('fits the details at 80 columns', () => {
    const state = outlined({ size: SMALL });
    const { size } = selectDetails(state)!;
    for (const line of lines(state)) expect(cellWidth(line)).toBeLessThan(size.columns);
    expect(lines(state)[0]).toContain('RUN rm');
  });
  test('of a container has its own layer on top, selected first, with what becomes of it', () => {
    const state = ofContainer();
    expect(selected(state)).toContain('own layer');
    expect(text(state)).toContain('goes when the container is removed; restart keeps it');
  });
  test('says what reading a large image would take, and Enter asks for it', () => {
    expect(status(outlined())).toBe('Reading 4 kB takes about 1 s: Enter reads it');
    expect(keys(outlined(), 'enter').layers?.reading).toEqual({ phase: 'asked', quickly: false });
  });
  test('shows how far reading has come, and x or Esc stops it', () => {
    const progress = { read: 1_000_000, total: 4_000_000 };
    const state = after(outlined(), { type: 'layers-reading', imageId: IMAGE.id, progress });
    expect(status(state)).toBe('Reading 1 MB of about 4 MB · x stops');
    for (const key of ['x', 'esc']) expect(keys(state, key).layers?.reading.phase).toBe('unread');
  });
  test('says why it could not be read, in the engine’s words, and Enter tries again', () => {
    const why = 'the archive ends early';
    const state = after(outlined(), { type: 'layers-read-failed', imageId: IMAGE.id, why, advice: '' });
    expect(text(state)).toContain(why);
    expect(keys(state, 'enter').layers?.reading.phase).toBe('asked');
  });
  test('keeps an answer about another image out', () => {
    const state = after(outlined(), { type: 'layers-read', imageId: 'sha256:other', image: IMAGE });
    expect(state.layers?.reading.phase).toBe('unread');
  });
});

describe('the files of a layer', () => {
  const app = keys(opened(), 'down', 'enter');
  test('are those it holds, with what it did to each', () => {
    expect(lines(app)[0]).toBe('Layer 2 of 3: its own files');
    const names = lines(app).map((line) => `${line[0]} ${line.trim().split(' ').at(-1)}`);
    expect(names.slice(1)).toEqual(['+ app/', '+ big', '+ conf', '+ lib/', '+ one']);
    expect(lines(keys(opened(), 'enter')).map((line) => line[0])).toEqual(['L', '~', '-', '~']);
  });
  test('are everything up to it after t', () => {
    expect(lines(keys(app, 't'))[0]).toBe('Everything up to layer 2 of 3');
    expect(text(keys(app, 't'))).toMatch(/^ +900 B.* sh$/m);
  });
  test('are folded, opened, and sorted by size', () => {
    expect(lines(keys(app, 'z'))).toHaveLength(2);
    expect(lines(keys(app, 'z', 'a'))).toHaveLength(6);
    expect(lines(keys(app, 'enter'))).toHaveLength(2);
    const order = (state: State): (string | undefined)[] => text(state).match(/\b(?:ls|sh)$/gm) ?? [];
    expect(order(keys(app, 't'))).toEqual(['ls', 'sh']);
    expect(order(keys(app, 't', 'o'))).toEqual(['sh', 'ls']);
  });
  test('are filtered by change, around to all', () => {
    const last = keys(opened(), 'enter');
    expect(text(keys(last, 'F'))).toContain('Nothing is added in it: F shows the rest.');
    expect(text(keys(last, 'F', 'F'))).not.toContain('big');
    expect(text(keys(last, 'F', 'F', 'F'))).toContain('big');
    expect(lines(keys(last, 'F', 'F', 'F', 'F'))).toEqual(lines(last));
  });
  test('are searched, folded ones too', () => {
    const state = keys(app, 'z', '/', 'o', 'n', 'enter');
    expect(selected(state)).toContain('conf');
    expect(status(state)).toContain('“on” 1 of 2');
    expect(selected(keys(state, 'n'))).toContain('one');
    expect(selected(keys(state, 'N'))).toContain('one');
  });
  test('keep the cursor on its path when the order or the folds change', () => {
    const onConf = keys(app, 'j', 'j');
    for (const key of ['t', 'o']) expect(selected(keys(onConf, key))).toContain('conf');
    expect(selected(keys(onConf, 'z'))).toContain('app/');
  });
  test('are read by Enter as the layer holds them, and their path is copied', () => {
    const onBig = keys(app, 'j');
    const path = 'app/big';
    expect(effects(onBig, 'enter')).toEqual([
      { do: 'open-layer-file', imageId: IMAGE.id, layer: 1, path, size: 3000 },
    ]);
    expect(effects(onBig, 'y')).toEqual([{ do: 'copy', text: '/app/big', what: '/app/big' }]);
  });
  test('give way to the stack with Esc, and that to the list', () => {
    expect(keys(app, 'esc').layers?.look.part).toBe('stack');
    expect(keys(app, 'esc', 'esc').focus).toBe('image');
  });
  test('stand beside the stack where there is room', () => {
    const { content } = selectDetails(keys(opened(), '+', 'down'))!;
    if (content.kind !== 'split') throw new Error(content.kind);
    expect(content.active).toBe('left');
    expect(content.right.lines.map(lineText).join('\n')).toContain('Layer 2 of 3');
  });
  test('of 100,000 stay quick to move in', () => {
    const [base, ...rest] = IMAGE.layers;
    const entries = Array.from({ length: 100_000 }, (_, i) => ({
      ...base!.entries[1]!,
      path: `d${i % 100}/f${i}`,
    }));
    const image = { ...IMAGE, layers: [{ ...base!, entries }, ...rest] };
    const read = after(outlined(), { type: 'layers-read', imageId: IMAGE.id, image });
    let state = keys(read, 'G', 'enter', 'a');
    expect(status(state)).toMatch(/of 100,?100$/);
    const began = performance.now();
    for (let i = 0; i < 50; i += 1) {
      state = keys(state, 'pgdn');
      lines(state);
    }
    expect((performance.now() - began) / 50).toBeLessThan(16);
  });
});

describe('the waste', () => {
  const waste = keys(opened(), 'w');
  test('names what is lost, the instruction to blame, and what the figure means', () => {
    const said = text(waste).replace(/\n/g, ' ');
    expect(said).toContain('25.2% efficient: 3 kB of 4 kB can no longer be seen.');
    expect(said).toContain('Efficiency: the bytes that can still be reached, of all bytes in the layers.');
    expect(selected(waste)).toMatch(/^- +3 kB \/app\/big$/);
    expect(said).toContain('in layer 2, removed later by layer 3: RUN rm /app/big');
  });
  test('leads to the file in the layer that is to blame', () => {
    const state = keys(waste, 'enter');
    expect(lines(state)[0]).toBe('Layer 3 of 3: its own files');
    expect(selected(state)).toMatch(/^- .*big$/);
  });
});

describe('what a container changed', () => {
  const told = (at: number, ...paths: string[]) =>
    ({
      type: 'changes-told',
      of: 'container c-web',
      at,
      changes: paths.map((path) => ({ kind: 'added' as const, path })),
      sizes: new Map(paths.map((path) => [path, { isFolder: false, size: 10 }])),
    }) as const;
  test('is counted and weighed in the stack', () => {
    const state = after(ofContainer(), told(1000, '/a', '/b'));
    expect(selected(state)).toMatch(/20 B +own layer \+2 ~0 -0$/);
    expect(status(state)).toBe('+2 ~0 -0, 20 B · c commits');
  });
  test('is listed by Enter, new ones marked for a while', () => {
    const state = keys(after(ofContainer(), told(1000, '/a'), told(2000, '/a', '/b')), 'enter');
    expect(lines(state).slice(1, 3)).toEqual(['  +    10 B /a', '• +    10 B /b']);
    expect(lines(after(state, told(9000, '/a', '/b')))[2]).toBe('  +    10 B /b');
  });
  test('is searched, and read by Enter', () => {
    const state = keys(after(ofContainer(), told(1000, '/a', '/b')), 'enter', '/', 'b', 'enter');
    expect(selected(state)).toContain('/b');
    expect(effects(state, 'enter')).toEqual([{ do: 'open-live-file', container: 'c-web', path: '/b' }]);
  });
  test('is committed by c, which says what a commit leaves out', () => {
    const volume = { type: 'volume', name: 'notes', source: '/x', target: '/data', writable: true } as const;
    const state = after(ofContainer(), { type: 'mounts-told', of: 'container c-web', mounts: [volume] });
    expect(JSON.stringify(keys(state, 'c').overlays.at(-1))).toContain('/data: volume notes');
    const container = { id: 'c-web', name: 'web' };
    expect(effects(state, 'c', 'm', ':', '1', 'enter')).toEqual([
      { do: 'carry-out', commands: [{ do: 'commit', container, as: 'm:1', message: '', pause: true }] },
    ]);
  });
  test('is no business of an image', () => {
    expect(keys(opened(), 'c').notice?.text).toContain('Only a container');
  });
});

test('a click selects the row under it, in the stack and in the files', () => {
  const click = (state: State, line: number): State => {
    const { rect } = selectDetails(state)!;
    const at = { x: rect.x + 5, y: rect.y + 1 + line, shift: false, alt: false, ctrl: false };
    const mouse: Mouse = { action: 'press', button: 'left', ...at };
    return follow(state, mouseIntents(state, mouse));
  };
  expect(selected(click(opened(), 2))).toContain('ENV A=1');
  expect(selected(click(keys(opened(), 'down', 'enter'), 2))).toContain('big');
});

test('an image is compared also with those that a filter hides', () => {
  const image = ['app:1', 'lib:2', 'lib:1'].map((tag) => anImage(tag, { id: `sha256:${tag}` }));
  const filtered = keys(holding({ image }), '2', '/', ...'app'.split(''), 'enter');
  const overlay = keys(filtered, '=').overlays.at(-1);
  const labels = overlay?.kind === 'choice' ? overlay.choice.options.map((option) => option.label) : [];
  expect(labels).toEqual(['Cancel', 'lib:1', 'lib:2']);
});

test('the bottom line has the keys of the tab', () => {
  const hints = selectBottom(keys(opened(), 'enter')).hints.map(([key, what]) => `${key} ${what}`);
  expect(hints).toEqual(expect.arrayContaining(['Enter open', 'F filter', 't layer/all', 'w waste']));
});

test('the bottom line says no command for a key that means something else in the tab', () => {
  // n runs an image in its list, and goes to the next match here.
  expect(selectBottom(opened()).echo.text).toBe('');
});
