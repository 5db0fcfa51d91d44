import { expect, test } from 'vitest';
import { NOT_INHERITED, shellEnvironment } from '../../src/terminal/shell-environment.ts';

const identity = { trueColor: true, version: '1.2.3' };

test('a shell knows our terminal, not the one outside', () => {
  const outer = Object.fromEntries(
    NOT_INHERITED.flatMap(({ names }) => names.map((name) => [name.replace('*', 'SOMETHING'), 'outer'])),
  );
  expect(shellEnvironment({ ...outer, TERM: 'tmux-256color', HOME: '/home/me' }, identity)).toEqual({
    HOME: '/home/me',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    TERM_PROGRAM: 'slipway',
    TERM_PROGRAM_VERSION: '1.2.3',
    SLIPWAY: '1.2.3',
    // Without a sign of npm they are somebody else's.
    NODE: 'outer',
    COLOR: 'outer',
  });
});

test('24-bit colours are promised only where the outer terminal has them', () => {
  const env = shellEnvironment({ COLORTERM: 'truecolor' }, { ...identity, trueColor: false });
  expect(env['COLORTERM']).toBeUndefined();
});

test('what the user has set stays', () => {
  const own = {
    NO_COLOR: '1',
    NODE_ENV: 'development',
    EDITOR: 'vi',
    PATH: '/x/node_modules/.bin:/bin',
    KITTY: 'cat',
  };
  expect(shellEnvironment(own, identity)).toMatchObject(own);
});

test('what `npm start` adds is taken away, and nothing behind it', () => {
  const npm = {
    npm_execpath: '/usr/lib/npm-cli.js',
    npm_config_cache: '/c',
    INIT_CWD: '/p',
    NODE: '/usr/bin/node',
    COLOR: '1',
    EDITOR: 'vi',
    PATH: '/p/a/node_modules/.bin:/p/node_modules/.bin:/node_modules/.bin:/n/@npmcli/run-script/lib/node-gyp-bin:/own/node_modules/.bin:/bin',
  };
  const env = shellEnvironment(npm, identity);
  expect(Object.keys(env).toSorted()).toEqual(
    ['COLORTERM', 'PATH', 'SLIPWAY', 'TERM', 'TERM_PROGRAM', 'TERM_PROGRAM_VERSION'].toSorted(),
  );
  expect(env['PATH']).toBe('/own/node_modules/.bin:/bin');
  expect(shellEnvironment({ ...npm, EDITOR: 'nano' }, identity)['EDITOR']).toBe('nano');
});
