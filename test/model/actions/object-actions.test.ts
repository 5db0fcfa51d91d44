import { describe, expect, test } from 'vitest';
import { bulkCommandLine } from '../../../src/engine/command-line.ts';
import type { Effect } from '../../../src/model/intents.ts';
import type { Choice } from '../../../src/model/overlays.ts';
import type { State } from '../../../src/model/state.ts';
import {
  aContainer,
  ANONYMOUS,
  anImage,
  aNetwork,
  aVolume,
  holding,
  mountOf,
  pressed,
  typed,
} from '../build-state.ts';

function asked(effects: readonly Effect[]): string[] {
  return effects.map((effect) =>
    effect.do === 'carry-out' ? bulkCommandLine(effect.commands, 'docker') : effect.do,
  );
}
function choiceOf(state: State): Choice {
  const overlay = state.overlays.at(-1);
  if (overlay?.kind !== 'choice') throw new Error(`no choice but ${overlay?.kind}`);
  return overlay.choice;
}

describe('an image', () => {
  const image = [anImage('own:1', { tags: ['own:1', 'own:2'] }), anImage('tiny:1')];
  const state = holding({ image, container: [aContainer('web')] });

  test('is run by its name', () => {
    expect(asked(pressed(state, '2', 'j', 'n', 'enter').effects)).toEqual(['docker run -d own:2']);
  });
  test('is removed by the name of its row, and only that', () => {
    const asking = pressed(state, '2', 'x');
    expect(choiceOf(asking.state).body[0]).toBe('own:1: only this name goes, the image has 1 more.');
    expect(pressed(asking.state, 'enter').effects).toEqual([]);
    expect(asked(pressed(asking.state, 'down', 'enter').effects)).toEqual(['docker rmi own:1']);
  });
  test('that is used says by whom before it is removed', () => {
    expect(choiceOf(pressed(state, '2', 'G', 'x').state).body[0]).toMatch(/^tiny:1: used by web/);
  });
  test('without a name is removed by its id', () => {
    const id = `sha256:${'ab'.repeat(32)}`;
    const { effects } = pressed(holding({ image: [anImage('', { id })] }), '2', 'x', 'down', 'enter');
    expect(effects).toMatchObject([{ commands: [{ image: { id, name: 'abababababab' } }] }]);
  });
  test('gets another name, and is pulled by name', () => {
    expect(asked(pressed(state, '2', 't', 'ctrl-u', ...typed('new:3'), 'enter').effects)).toEqual([
      'docker tag own:1 new:3',
    ]);
    expect(asked(pressed(state, '2', 'P', ...typed('busybox'), 'enter').effects)).toEqual([
      'docker pull busybox',
    ]);
  });
  test('cannot be run or removed where there is none', () => {
    const { state: then, effects } = pressed(holding(), '2', 'n', 'x', 't');
    expect([effects, then.overlays, then.notice?.text]).toEqual([[], [], 'No image is selected.']);
  });
});

describe('a volume', () => {
  const state = holding({
    volume: [aVolume('cache'), aVolume('notes')],
    container: [aContainer('web', { mounts: [mountOf('notes')] })],
  });
  test('is created with a name or without', () => {
    expect(asked(pressed(state, '3', 'n', ...typed('data'), 'enter').effects)).toEqual([
      'docker volume create data',
    ]);
    expect(asked(pressed(state, '3', 'n', 'enter').effects)).toEqual(['docker volume create']);
  });
  test('is removed after a question that names its users and says what is lost', () => {
    const asking = pressed(state, '3', 'G', 'x');
    expect(choiceOf(asking.state).body).toEqual([
      'notes: used by web, 64 B',
      '',
      'The data in it is gone for good.',
    ]);
    expect(pressed(asking.state, 'enter').effects).toEqual([]);
    expect(asked(pressed(asking.state, 'down', 'enter').effects)).toEqual(['docker volume rm notes']);
  });
  test('is removed with all others that are marked', () => {
    const { effects } = pressed(state, '3', 'ctrl-a', 'x', 'down', 'enter');
    expect(asked(effects)).toEqual(['docker volume rm cache notes']);
  });
  test('without a name can be removed too', () => {
    const { effects } = pressed(
      holding({ volume: [aVolume(ANONYMOUS, { anonymous: true })] }),
      '3',
      'x',
      'down',
      'enter',
    );
    expect(asked(effects)).toEqual([`docker volume rm ${ANONYMOUS}`]);
  });
});

describe('a network', () => {
  const network = [aNetwork('own'), aNetwork('bridge', { builtIn: true })];
  test('of one’s own is removed after a question', () => {
    expect(asked(pressed(holding({ network }), '4', 'x', 'down', 'enter').effects)).toEqual([
      'docker network rm own',
    ]);
    expect(asked(pressed(holding({ network }), '4', 'x', 'enter').effects)).toEqual([]);
  });
  test('of the engine’s stays, also among marked ones', () => {
    const { state, effects } = pressed(holding({ network }), '4', 'G', 'x');
    expect([effects, state.overlays, state.notice?.text]).toEqual([
      [],
      [],
      'The engine’s own networks cannot be removed.',
    ]);
    expect(asked(pressed(holding({ network }), '4', 'ctrl-a', 'x', 'down', 'enter').effects)).toEqual([
      'docker network rm own',
    ]);
  });
  test('is created from the form', () => {
    expect(asked(pressed(holding(), '4', 'n', ...typed('own'), 'enter').effects)).toEqual([
      'docker network create own',
    ]);
  });
});

describe('quitting', () => {
  const quits = (state: State, ...keys: string[]): Effect[] => pressed(state, ...keys).effects;
  test('goes at once where nothing is lost by it', () => {
    expect(quits(holding({ container: [aContainer('web')] }), 'q')).toEqual([{ do: 'quit' }]);
    expect(
      quits(
        holding({
          sandbox: 'passing',
          image: [anImage('tiny:1')],
          network: [aNetwork('bridge', { builtIn: true })],
        }),
        'ctrl-c',
      ),
    ).toEqual([{ do: 'quit' }]);
    expect(quits(holding({ sandbox: 'kept', container: [aContainer('web')] }), 'q')).toEqual([
      { do: 'quit' },
    ]);
  });
  test('asks where a sandbox goes with what it holds, and can keep it', () => {
    const state = holding({
      sandbox: 'passing',
      container: [aContainer('web')],
      volume: [aVolume('notes'), aVolume('b')],
    });
    const asking = pressed(state, 'q').state;
    expect(choiceOf(asking).body.join(' ')).toContain('1 container, 2 volumes');
    expect(quits(asking, 'enter')).toEqual([]);
    expect(quits(asking, 'down', 'enter')).toEqual([{ do: 'quit', keepSandbox: false }]);
    expect(quits(asking, 'down', 'down', 'enter')).toEqual([{ do: 'quit', keepSandbox: true }]);
  });
});
