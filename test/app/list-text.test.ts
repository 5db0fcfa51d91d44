import { describe, expect, test } from 'vitest';
import { kindNamed, listText } from '../../src/app/list-text.ts';
import { UsageError } from '../../src/engine/routes/usage-error.ts';
import { onFakeEngine } from './on-fake-engine.ts';

const stage = onFakeEngine();

describe('a list as text', () => {
  test('has titles, a line for each item, and columns that stand below each other', async () => {
    const lines = (await listText(stage.engine, 'container', false)).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^Name +Image +Status +Ports +Command +Networks$/);
    expect(lines[1]).toMatch(/^container-0 {2}image-0:1 {2}Up 5 min/);
    const at = lines[0]!.indexOf('Status');
    for (const line of lines.slice(1)) expect(line.slice(at)).toMatch(/^(Up|Exited)/);
    expect(lines.every((line) => line === line.trimEnd())).toBe(true);
  });
  test('says what uses images and volumes', async () => {
    const images = await listText(stage.engine, 'image', false);
    expect(images).toMatch(/image-0:1 .*×2/);
    expect(await listText(stage.engine, 'volume', false)).toMatch(/volume-0 .*unused/);
    expect(await listText(stage.engine, 'network', false)).toMatch(/bridge +bridge +10\.0/);
  });
  test('is our own objects as JSON', async () => {
    const items: unknown = JSON.parse(await listText(stage.engine, 'container', true));
    expect(items).toHaveLength(4);
    expect(items).toMatchObject([
      { kind: 'container', name: expect.stringMatching(/^container-/) as string },
      {},
      {},
      {},
    ]);
  });
  test('has a line for what cannot be read', async () => {
    const [id] = stage.fake.state.containers.keys();
    stage.fake.state.containers.set(id!, { Id: 7 });
    expect((await listText(stage.engine, 'container', false)).split('\n')).toHaveLength(5);
    expect(await listText(stage.engine, 'container', false)).toContain('cannot be read');
  });
});

test.each([
  ['container', 'container'],
  ['containers', 'container'],
  ['images', 'image'],
  ['networks', 'network'],
])('%s are %s', (word, kind) => {
  expect(kindNamed(word)).toBe(kind);
});
test('a word for nothing is refused with the words there are', () => {
  expect(() => kindNamed('pods')).toThrow(UsageError);
});
