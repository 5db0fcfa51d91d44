import { expect, test } from 'vitest';
import type { CatalogueTag } from '../../../src/engine/registry-catalogue.ts';
import { lineText } from '../../../src/model/line.ts';
import { selectOverlay } from '../../../src/model/select-overlay.ts';
import { selectCatalogue, selectSandboxRegistry } from '../../../src/model/registry/select-registry.ts';
import type { State } from '../../../src/model/state.ts';
import { after, anImage, holding, pressed } from '../build-state.ts';

const AT = '127.0.0.1:5000';
const aTag = (repository: string, tag: string, more: Partial<CatalogueTag> = {}): CatalogueTag => ({
  repository,
  tag,
  digest: `sha256:${Buffer.from(`${repository}:${tag}`).toString('hex').padEnd(64, '0')}`,
  size: 608_000,
  ...more,
});
const BUSYBOX = aTag('library/busybox', 'latest');
const SITE = aTag('site', '1');
const HERE = new Map([[SITE.digest, ['tiny:1', `${AT}/site:1`]]]);

const begin = (sandbox: 'none' | 'passing' = 'none'): State =>
  holding({
    size: { columns: 80, rows: 24 },
    sandbox,
    image: [anImage('tiny:1', { tags: ['tiny:1', `${AT}/site:1`] })],
  });
const open = (state: State): State => pressed(state, 'H').state;
const having = (state: State, ...tags: CatalogueTag[]): State =>
  after(
    state,
    { type: 'registry-opened', address: AT, whose: 'lesson' },
    { type: 'registry-read', tags, here: HERE },
  );
const lines = (state: State): string[] => selectOverlay(state)!.lines.map(lineText);
const text = (state: State): string => lines(state).join('\n');

test('H opens the page and closes it again, from any list', () => {
  expect(open(begin()).overlays).toEqual([{ kind: 'registry', selected: 0 }]);
  expect(pressed(begin(), 'H', 'H').state.overlays).toEqual([]);
});

test('it says where there is none, and that a sandbox’s is being started', () => {
  expect(text(open(begin()))).toContain('There is no registry here.');
  expect(text(open(begin('passing')))).toContain('Starting the sandbox’s registry …');
  const failed = after(open(begin('passing')), { type: 'registry-lost', why: 'no port is free' });
  expect(text(failed)).toContain('There is no registry: no port is free.');
});

test('it shows each tag with its digest and size, and whether an image here is the same', () => {
  const state = having(open(begin()), BUSYBOX, SITE);
  expect(selectOverlay(state)?.title).toBe(`Registry at ${AT}`);
  expect(text(state)).toMatch(/^library\/busybox +latest +[0-9a-f]{12} +608 kB {2}no$/m);
  expect(text(state)).toMatch(/^site +1 +[0-9a-f]{12} +608 kB {2}2 names$/m);
  expect(Math.max(...lines(state).map((line) => line.length))).toBeLessThanOrEqual(68);
});

test('the selected tag is told in full, and Enter goes to the image that is the same', () => {
  const state = pressed(having(open(begin()), BUSYBOX, SITE), 'down').state;
  expect(text(state)).toContain(SITE.digest.replace('sha256:', ''));
  expect(text(state)).toContain(`the same digest here: tiny:1, ${AT}/site:1`);
  expect(lines(state)[selectOverlay(state)!.selected]).toMatch(/^site/);
  const { state: gone } = pressed(state, 'enter');
  expect(gone.overlays).toEqual([]);
  expect(gone.focus).toBe('image');
  expect(gone.lists.image.selected).toContain('tiny:1');
  expect(pressed(state, 'y').effects).toMatchObject([{ do: 'copy', text: `${AT}/site:1` }]);
});

test('nothing but what Slipway put there is empty, and how to push is said', () => {
  expect(text(having(open(begin()), BUSYBOX))).toContain('Nothing has been pushed to it yet.');
  expect(text(having(open(begin())))).toContain('Nothing has been pushed to it yet.');
  expect(text(having(open(begin()), BUSYBOX, SITE))).not.toContain('Nothing has been pushed');
});

test('a lost one is lost and not empty: what was in it stays, as what it was', () => {
  const lost = after(having(open(begin()), SITE), { type: 'registry-lost', why: 'nobody answers' });
  expect(text(lost)).toContain('The registry is lost: nobody answers.');
  expect(text(lost)).toContain('A lesson’s registry runs as long as');
  expect(text(lost)).toContain('as it was last seen');
  expect(text(lost)).toMatch(/^site/m);
  const unread = after(open(begin()), { type: 'registry-opened', address: AT, whose: 'lesson' });
  const lostUnread = after(unread, { type: 'registry-lost', why: 'nobody answers' });
  expect(text(lostUnread)).toContain('The registry is lost');
  expect(text(lostUnread)).not.toContain('Nothing has been pushed');
});

test('it is read only while its page is open, and again after what is done in it', () => {
  const closed = having(begin(), SITE);
  expect(selectCatalogue(closed)).toEqual([]);
  const state = open(closed);
  expect(selectCatalogue(state)).toHaveLength(1);
  expect(selectCatalogue(after(state, { type: 'registry-used' }))).not.toEqual(selectCatalogue(state));
});

test('a lesson’s own comes before that of the sandbox', () => {
  const sandbox = open(begin('passing'));
  expect(selectSandboxRegistry(sandbox)).toHaveLength(1);
  const joined = after(sandbox, { type: 'registry-opened', address: AT, whose: 'sandbox' });
  expect(selectSandboxRegistry(joined)).toEqual(selectSandboxRegistry(sandbox));
  expect(selectSandboxRegistry(having(sandbox, SITE))).toEqual([]);
  expect(selectSandboxRegistry(open(begin()))).toEqual([]);
});
