import type { OddEntry } from '../../support/odd-tar.ts';

/** Images that are made for one thing each: layers, the bottom one first, as the entries of their archives. */
export type MadeImage = {
  name: string;
  layers: readonly (readonly OddEntry[])[];
  /** Both engines say: “duplicates of file paths not supported”. Other tools write such layers. */
  isRefused?: true;
};

const folder = (name: string, more: Partial<OddEntry> = {}): OddEntry => ({
  name: `${name}/`,
  flag: '5',
  ...more,
});
const file = (name: string, content = name, more: Partial<OddEntry> = {}): OddEntry => ({
  name,
  content,
  ...more,
});
const link = (name: string, target: string): OddEntry => ({ name, flag: '2', target, mode: 0o777 });
const hardLink = (name: string, target: string): OddEntry => ({ name, flag: '1', target });
const gone = (name: string): OddEntry => file(name.replace(/[^/]+$/, '.wh.$&'), '');
const opaque = (name: string): OddEntry => file(`${name}/.wh..wh..opq`, '');

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))));
const base = [
  folder('etc'),
  file('etc/one', 'first'),
  file('etc/two', 'second one'),
  file('top', 'at the top'),
];
const big = 'x'.repeat(5000);
const repeated = [folder('twice'), file('twice/a', big)];
const DEEP = Array.from({ length: 60 }, (_, i) => `d${i}`).join('/');
const LONG = `${'n'.repeat(200)}/${'m'.repeat(200)}/${'o'.repeat(240)}`;

export const MADE_IMAGES: readonly MadeImage[] = [
  { name: 'one-layer', layers: [base] },
  {
    name: 'many-layers',
    layers: Array.from({ length: 30 }, (_, i) => [file(`f${i % 20}`, `${i}`.repeat(i + 1))]),
  },
  { name: 'file-removed', layers: [base, [folder('etc'), gone('etc/one')]] },
  { name: 'folder-removed', layers: [base, [gone('etc')]] },
  { name: 'removed-and-back', layers: [base, [gone('etc/one')], [folder('etc'), file('etc/one', 'again')]] },
  { name: 'folder-back', layers: [base, [gone('etc')], [folder('etc', { mode: 0o700 }), file('etc/three')]] },
  { name: 'back-at-once', layers: [base, [gone('etc'), folder('etc'), file('etc/two', 'new')]] },
  { name: 'removed-last', layers: [base, [folder('new'), file('new/x'), gone('top'), gone('etc/two')]] },
  { name: 'opaque', layers: [base, [folder('etc'), opaque('etc')]] },
  {
    name: 'opaque-with-new',
    layers: [base, [folder('etc'), opaque('etc'), file('etc/two', big), file('etc/z')]],
  },
  { name: 'opaque-written-first', layers: [base, [folder('etc'), file('etc/one', 'kept'), opaque('etc')]] },
  { name: 'nothing-to-remove', layers: [base, [folder('etc'), gone('etc/never'), gone('never/there')]] },
  { name: 'hard-links', layers: [[file('a', big), hardLink('b', 'a'), folder('d'), hardLink('d/c', 'a')]] },
  { name: 'hard-link-outlives', layers: [[file('a', big), hardLink('b', 'a')], [gone('a')]] },
  {
    name: 'hard-link-broken',
    layers: [[file('a', big), hardLink('b', 'a')], [file('b', 'other')], [gone('a')]],
  },
  {
    name: 'link-circle',
    layers: [[link('a', 'b'), link('b', 'a'), link('self', 'self'), link('up', '../../..')]],
  },
  { name: 'link-retargeted', layers: [[link('now', '/usr/bin')], [link('now', 'etc')]] },
  { name: 'empty-layers', layers: [[], base, [], []] },
  { name: 'only-an-empty-layer', layers: [[]] },
  {
    name: 'no-utf-8',
    layers: [
      [
        { name: bytes('d', 0xff, '/'), flag: '5' },
        { name: bytes('d', 0xff, '/', 0xfe, 'x'), content: 'odd' },
      ],
      [
        { name: bytes('d', 0xff, '/', 0xfe, 'y'), content: 'odd too' },
        { name: bytes('d', 0xff, '/.wh.', 0xfe, 'x') },
      ],
    ],
  },
  {
    name: 'odd-letters',
    layers: [
      [file('line\nend'), file('\u001b[31mred'), file('tab\t"\\'), file('é'), file('e\u0301'), file('☃𝒳')],
    ],
  },
  {
    name: 'cases',
    layers: [[file('File', 'upper'), file('file', 'lower'), file('FILE', 'loud')], [gone('file')]],
  },
  {
    name: 'long-names-pax',
    layers: [[file(LONG, 'long', { format: 'pax' }), { ...link('l', `/${LONG}`), format: 'pax' }]],
  },
  {
    name: 'long-names-gnu',
    layers: [[file(LONG, 'long', { format: 'gnu' }), { ...link('l', `/${LONG}`), format: 'gnu' }]],
  },
  {
    name: 'deep',
    layers: [
      [file(`${DEEP}/end`, 'deep', { format: 'gnu' })],
      [file(`${DEEP}/.wh.end`, '', { format: 'gnu' })],
    ],
  },
  { name: 'mode-only', layers: [[file('run', big)], [file('run', big, { mode: 0o755 })]] },
  {
    name: 'owner-only',
    layers: [
      [folder('d'), file('d/f', big)],
      [folder('d'), file('d/f', big, { uid: 1000, gid: 1001 })],
    ],
  },
  { name: 'time-only', layers: [[file('f', big)], [file('f', big, { modified: 1_700_000_777 })]] },
  { name: 'folder-mode', layers: [base, [folder('etc', { mode: 0o750 })]] },
  {
    name: 'special-modes',
    layers: [
      [folder('tmp', { mode: 0o1777 }), file('su', 'su', { mode: 0o4755 }), file('no', 'no', { mode: 0 })],
    ],
  },
  { name: 'file-to-folder', layers: [base, [folder('top'), file('top/in', 'in')]] },
  { name: 'folder-to-file', layers: [base, [file('etc', 'a file now')]] },
  { name: 'folder-to-link', layers: [base, [link('etc', '/top')]] },
  { name: 'link-to-folder', layers: [[link('l', '/nowhere')], [folder('l'), file('l/x')]] },
  { name: 'file-in-a-link', layers: [[link('l', '/etc'), folder('etc')], [file('l/x', 'beside')]] },
  { name: 'no-parents', layers: [[file('a/b/c/d', 'far down')], [file('a/b/e', 'less')]] },
  {
    name: 'dots-and-slashes',
    layers: [[folder('.'), folder('./a'), file('./a//b', 'dotted'), file('/abs', 'absolute')]],
  },
  {
    name: 'twice-in-one',
    isRefused: true,
    layers: [[file('f', big), file('f', 'the last one counts')], [gone('f')]],
  },
  { name: 'twice-the-same-layer', layers: [repeated, [gone('twice/a')], repeated] },
  { name: 'the-same-again', layers: [repeated, [...repeated, file('z')]] },
  {
    name: 'devices',
    layers: [
      [
        { name: 'pipe', flag: '6' },
        { name: 'null', flag: '3', mode: 0o666 },
        { name: 'disk', flag: '4' },
      ],
      [gone('pipe')],
    ],
  },
  {
    name: 'odd-numbers',
    layers: [
      [
        file('u', 'u', { uid: 3_000_000_000, gid: 2_500_000, format: 'gnu' }),
        file('t', 't', { modified: 1_600_000_000.25, format: 'pax' }),
      ],
    ],
  },
];
