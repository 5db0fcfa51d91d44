import { describe, expect, test } from 'vitest';
import { bulkCommandLine } from '../../../src/engine/command-line.ts';
import { CONTAINER_STATES, type Container } from '../../../src/engine/objects.ts';
import type { Effect } from '../../../src/model/intents.ts';
import type { Choice } from '../../../src/model/overlays.ts';
import type { State } from '../../../src/model/state.ts';
import {
  aContainer,
  ANONYMOUS,
  after,
  anImage,
  holding,
  mountOf,
  pressed,
  read,
  typed,
  unreadable,
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
const lines = (state: State): string[] => choiceOf(state).options.map((o) => o.line);
const one = (more: Partial<Container> = {}): State => holding({ container: [aContainer('web', more)] });
const THREE = [
  aContainer('app'),
  aContainer('db', { state: 'exited', exitCode: 0 }),
  aContainer('web', { state: 'paused' }),
];

describe('a key on a container', () => {
  test.each([
    ['s', { state: 'running' }, 'docker stop web'],
    ['s', { state: 'restarting' }, 'docker stop web'],
    ['S', { state: 'exited' }, 'docker start web'],
    ['S', { state: 'created' }, 'docker start web'],
    ['r', { state: 'running' }, 'docker restart web'],
    ['r', { state: 'exited' }, 'docker restart web'],
    ['p', { state: 'running' }, 'docker pause web'],
    ['p', { state: 'paused' }, 'docker unpause web'],
    ['e', { state: 'running' }, 'open-shell'],
  ] as const)('%s in %j asks for %s', (key, more, line) => {
    expect(asked(pressed(one(more), key).effects)).toEqual([line]);
  });
  test.each([
    ['s', { state: 'exited' }, 'web is not running: S starts it.'],
    ['S', { state: 'running' }, 'web runs already.'],
    ['p', { state: 'exited' }, 'web is not running.'],
    ['K', { state: 'created' }, 'web is not running.'],
    ['e', { state: 'paused' }, 'web is not running: S starts it.'],
  ] as const)('%s in %j says why not: %s', (key, more, why) => {
    const { state, effects } = pressed(one(more), key);
    expect(effects).toEqual([]);
    expect(state.notice?.text).toBe(why);
  });
  test('either asks for something or says why not, in every state', () => {
    for (const state of CONTAINER_STATES) {
      for (const key of ['s', 'S', 'r', 'p', 'K', 'x', 'R', 'e']) {
        const then = pressed(one({ state }), key);
        const commands = then.effects.flatMap((e): readonly unknown[] =>
          e.do === 'carry-out' ? e.commands : [e],
        );
        const answers = commands.length + then.state.overlays.length + (then.state.notice === null ? 0 : 1);
        expect(answers, `${key} while ${state}`).toBeGreaterThan(0);
      }
    }
  });
  test('that cannot be read says so, and asks the engine for nothing', () => {
    const { effects, state } = pressed(
      holding({ container: [unreadable('container', 'odd')] }),
      's',
      'x',
      'e',
    );
    expect(effects).toEqual([]);
    expect(state.overlays).toEqual([]);
    expect(state.notice?.text).toBe('No container is selected.');
  });
  test('goes to all marked ones that it fits', () => {
    const marked = pressed(holding({ container: THREE }), 'ctrl-a').state;
    expect(asked(pressed(marked, 's').effects)).toEqual(['docker stop app web']);
    expect(asked(pressed(marked, 'S').effects)).toEqual(['docker start db']);
    expect(asked(pressed(marked, 'p').effects)).toEqual(['docker pause app']);
  });
  test('acts on the row that the key before it went to, in the same tick', () => {
    const container = [aContainer('app'), aContainer('db'), aContainer('web')];
    expect(asked(pressed(holding({ container }), 'j', 's', 'j', 's').effects)).toEqual([
      'docker stop db',
      'docker stop web',
    ]);
  });
  test('acts on what the list says now, not on what it said when it was drawn', () => {
    const state = after(
      pressed(holding({ container: THREE }), 'j').state,
      read('container', [THREE[0]!, THREE[2]!]),
    );
    expect(asked(pressed(state, 'r').effects)).toEqual(['docker restart web']);
  });
});

describe('removing containers', () => {
  test('asks first, with Cancel chosen and everything named that goes or stays', () => {
    const { state, effects } = pressed(
      one({ state: 'exited', exitCode: 0, mounts: [mountOf('notes'), mountOf(ANONYMOUS)] }),
      'x',
    );
    expect(effects).toEqual([]);
    const { title, body, options } = choiceOf(state);
    expect(title).toBe('Remove web?');
    expect(body.join('\n')).toMatch(
      /web {2}\(tiny:1, exited\)[\s\S]*Stays: volume notes[\s\S]*1 anonymous volume:/,
    );
    expect(options[0]).toMatchObject({ label: 'Cancel', outcome: null });
    expect(pressed(state, 'enter')).toMatchObject({ effects: [], state: { overlays: [] } });
  });
  test('takes volumes only where the answer says so', () => {
    for (const state of ['exited', 'running'] as const) {
      const choice = choiceOf(pressed(one({ state, mounts: [mountOf(ANONYMOUS)] }), 'x').state);
      for (const { label, line } of choice.options)
        expect(line.includes('-v'), `${label}: ${line}`).toBe(/volumes/.test(label));
    }
  });
  test('forces only what runs, or what was asked to be forced', () => {
    expect(lines(pressed(one(), 'x').state)).toEqual(['', 'docker rm -f web']);
    expect(lines(pressed(one({ state: 'exited' }), 'x').state)).toEqual([
      '',
      'docker rm web',
      'docker rm -f web',
    ]);
  });
  test('runs the line that was chosen', () => {
    expect(asked(pressed(one({ state: 'exited' }), 'x', 'down', 'enter').effects)).toEqual(['docker rm web']);
  });
  test('names eight and counts the rest', () => {
    const container = Array.from({ length: 12 }, (_, i) => aContainer(`c${i}`));
    const { body } = choiceOf(pressed(holding({ container }), 'ctrl-a', 'x').state);
    expect(body[8]).toBe('… and 4 more');
  });
  test('still goes to the containers it named when the list changes under the question', () => {
    const state = pressed(holding({ container: THREE }), 'x').state;
    const later = after(state, read('container', [aContainer('aaa'), ...THREE]));
    expect(asked(pressed(later, 'down', 'enter').effects)).toEqual(['docker rm -f app']);
  });
});

describe('a signal', () => {
  test('is chosen from a list, with Cancel first', () => {
    const { state } = pressed(one(), 'K');
    expect(choiceOf(state).options[0]?.label).toBe('Cancel');
    expect(lines(state)).toContain('docker kill -s SIGHUP web');
    expect(asked(pressed(state, 'down', 'enter').effects)).toEqual(['docker kill web']);
  });
});

describe('a new container', () => {
  test('is run from the form, with the image of the one selected', () => {
    const { effects } = pressed(one(), 'n', 'tab', ...typed('shop'), 'enter');
    expect(asked(effects)).toEqual(['docker run -d --name shop tiny:1']);
  });
  test('is run from the selected image where there is no container', () => {
    const { effects } = pressed(holding({ image: [anImage('own:2')] }), 'n', 'enter');
    expect(asked(effects)).toEqual(['docker run -d own:2']);
  });
});

test('a rename asks for the new name and gives it to the container', () => {
  const { effects } = pressed(one(), 'R', 'ctrl-u', ...typed('shop'), 'enter');
  expect(asked(effects)).toEqual(['docker rename web shop']);
});
