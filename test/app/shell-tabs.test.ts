import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProgramWire, type ProgramWire } from '../../src/app/program-wire.ts';
import { shellOpeners } from '../../src/app/shell-openers.ts';
import { ShellTabs } from '../../src/app/shell-tabs.ts';
import { activeShell, type ShellTab } from '../../src/model/shells.ts';
import { openWire } from '../../src/wire/open-wire.ts';
import { freshHome } from '../support/fresh-home.ts';
import { until } from '../support/until.ts';
import { onFakeEngine } from './on-fake-engine.ts';

const stage = onFakeEngine({ containers: 1, running: 1 });
let home: Awaited<ReturnType<typeof freshHome>>;
let wire: ProgramWire;
let shells: ShellTabs;
let copied: string[];

beforeEach(async () => {
  home = await freshHome({ SHELL: '/bin/bash', PS1: undefined }, { '.bashrc': "PS1='ready> '\n" });
  copied = [];
  const { store, engine, bugs } = stage;
  wire = createProgramWire(store, 'r1', (options) => openWire({ ...options, folder: home.folder }));
  wire.setEngine(engine);
  shells = new ShellTabs({
    store,
    openers: shellOpeners({
      engine: () => engine,
      wire,
      env: home.env,
      stdout: { isTTY: true },
      startIn: () => null,
    }),
    colors: 'many',
    copy: (text) => void copied.push(text),
    onError: (error) => void bugs.push(error),
  });
  store.dispatch({ type: 'focus-moved', to: 'terminal' });
});
afterEach(async () => {
  await shells.end();
  await until(() => tabs().every((tab) => tab.ended !== null || tab.screen === null));
  await wire.close();
  await home.remove();
});

const tabs = (): readonly ShellTab[] => stage.store.getState().shells.tabs;
const shown = (id: number): string => {
  const rows = tabs().find((tab) => tab.id === id)?.screen?.rows ?? [];
  // eslint-disable-next-line no-control-regex
  return rows.map((row) => row.replace(/\x1b\[[\d;:]*m/g, '').trimEnd()).join('\n');
};
const ready = (id: number): Promise<void> => until(() => shown(id).trimEnd().endsWith('ready>'));
async function open(): Promise<number> {
  shells.open();
  const id = activeShell(stage.store.getState())!.id;
  await ready(id);
  return id;
}

describe('a shell of the terminal pane', () => {
  test('is the person’s own, as large as the pane, with the variables by which clients find the wire', async () => {
    const id = await open();
    expect(tabs()).toMatchObject([{ id, label: 'bash', ended: null, note: '' }]);
    shells.type(id, 'echo $((6*7)) $COLUMNS $LINES $DOCKER_HOST\r');
    await until(() => /^42 80 15 unix:\/\/.*\.sock$/m.test(shown(id)));
  });
  test('gets what was typed before it was there', async () => {
    shells.open();
    const { id } = activeShell(stage.store.getState())!;
    shells.type(id, 'echo ear');
    shells.type(id, 'ly\r');
    await until(() => /^early$/m.test(shown(id)));
  });
  test('tells of its commands, how they ended, and what that means', async () => {
    const id = await open();
    shells.type(id, 'nosuch\r');
    const { store } = stage;
    await until(() => store.getState().shells.typed[0]?.endedAt != null);
    expect(store.getState().shells.typed).toMatchObject([{ shell: id, line: 'nosuch', code: 127 }]);
    expect(store.getState().shells.typed[0]?.words).toContain('no such command');
  });
  test('says what runs in it', async () => {
    const id = await open();
    shells.type(id, 'sleep 100\r');
    await until(() => tabs()[0]?.screen?.running === 'sleep 100');
    shells.type(id, '\x03');
    await until(() => tabs()[0]?.screen?.running === '');
  });
  test('has ended with exit, and another takes its place', async () => {
    const id = await open();
    shells.type(id, 'exit 3\r');
    await until(() => tabs()[0]?.ended !== null);
    expect(tabs()[0]?.ended).toMatchObject({ text: expect.stringMatching(/^The shell has ended \(3: /) });
    shells.reopen(id, null);
    await ready(id);
    expect(tabs()).toHaveLength(1);
  });
  test('leaves no file and no socket behind', async () => {
    const id = await open();
    const before = await readdir(home.folder);
    shells.close(id);
    await until(async () => (await sockets()).length === 0);
    expect(tabs()).toEqual([]);
    expect(before.length).toBeGreaterThan(0);
  });
  test('that cannot be started says why, and what to do', async () => {
    home.env['SHELL'] = '/bin/bash';
    await wire.close();
    shells.openInContainer({ id: 'no-such-container', name: 'gone' });
    await until(() => tabs()[0]?.ended != null);
    expect(tabs()[0]?.ended).toMatchObject({ bad: true });
  });
});

async function sockets(): Promise<string[]> {
  const folders = (await readdir(home.folder)).filter((name) => name.startsWith('slipway'));
  const found = await Promise.all(folders.map((name) => readdir(`${home.folder}/${name}`)));
  return found.flat();
}

describe('several shells', () => {
  test('only the one in view is drawn, and the other when it comes into view', async () => {
    const first = await open();
    shells.type(first, 'cat\r');
    await until(() => tabs()[0]?.screen?.running === 'cat');
    const second = await open();
    // What runs in it stays the same, which is all that is told of a shell behind.
    shells.type(first, 'behind\r');
    shells.type(second, 'echo in""front\r');
    await until(() => shown(second).includes('infront'));
    expect(shown(first)).not.toContain('behind');
    stage.store.dispatch({ type: 'shell-chosen', id: first });
    await until(() => shown(first).includes('behind\nbehind'));
  });
  test('all follow the size of the pane', async () => {
    const first = await open();
    const second = await open();
    stage.store.dispatch({ type: 'screen-resized', columns: 100, rows: 50 });
    for (const id of [first, second]) {
      stage.store.dispatch({ type: 'shell-chosen', id });
      shells.type(id, 'echo $COLUMNS-$LINES\r');
      await until(() => /^98-\d\d$/m.test(shown(id)));
    }
  });
});

describe('the mouse over a shell', () => {
  const mouse = { button: 'left', shift: false, alt: false, ctrl: false } as const;
  test('selects by dragging, and copies when it is let go', async () => {
    const id = await open();
    shells.type(id, 'echo one two three\r');
    await until(() => /^one two three$/m.test(shown(id)));
    const y = shown(id).split('\n').indexOf('one two three');
    shells.mouse(id, { ...mouse, action: 'press', x: 4, y });
    shells.mouse(id, { ...mouse, action: 'drag', x: 8, y });
    shells.mouse(id, { ...mouse, action: 'release', x: 8, y });
    await until(() => copied.length > 0);
    expect(copied).toEqual(['two t']);
  });
  test('takes a word with two clicks and the line with three', async () => {
    const id = await open();
    shells.type(id, 'echo one two three\r');
    await until(() => /^one two three$/m.test(shown(id)));
    const y = shown(id).split('\n').indexOf('one two three');
    for (let click = 0; click < 3; click += 1) {
      shells.mouse(id, { ...mouse, action: 'press', x: 5, y });
      shells.mouse(id, { ...mouse, action: 'release', x: 5, y });
    }
    await until(() => copied.length >= 2);
    expect(copied.slice(-2)).toEqual(['two', 'one two three']);
  });
});

describe('the wire of the program', () => {
  async function socketOf(id: number): Promise<string> {
    shells.type(id, 'echo at:$DOCKER_HOST\r');
    await until(() => /^at:unix:/m.test(shown(id)));
    return /^at:unix:\/\/(.*)$/m.exec(shown(id))![1]!;
  }
  function ask(socketPath: string, path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath, path, agent: false }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      asked.on('error', reject).end();
    });
  }
  test('leads from a shell to the engine on screen, and tells the store of each call', async () => {
    const id = await open();
    expect(await ask(await socketOf(id), '/v1.41/containers/json')).toBe(200);
    const calls = () => stage.store.getState().wire.calls;
    await until(() => calls().some((call) => call.endedAfter !== null));
    expect(calls()).toMatchObject([{ source: id, method: 'GET', path: '/containers/json', status: 200 }]);
  });
  test('says so where no engine is on screen', async () => {
    const id = await open();
    wire.setEngine(null);
    expect(await ask(await socketOf(id), '/_ping')).toBe(503);
  });
});
