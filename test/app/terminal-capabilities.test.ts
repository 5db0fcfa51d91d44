import { expect, it } from 'vitest';
import { terminalCapabilities } from '../../src/app/terminal-capabilities.ts';

const TTY = { isTTY: true, columns: 80, rows: 24 };

it.each([
  [{ TERM: 'xterm', COLORTERM: 'truecolor' }, 2 ** 24, 'COLORTERM=truecolor'],
  [{ TERM: 'screen-256color' }, 256, 'TERM=screen-256color'],
  [{ TERM: 'xterm' }, 16, 'TERM=xterm'],
  [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 0, 'TERM=dumb'],
  [{ TERM: 'xterm', NO_COLOR: '1' }, 0, 'NO_COLOR is set'],
  [{ TERM: 'xterm', NO_COLOR: '' }, 16, 'TERM=xterm'],
])('colours of %j', (env, colors, colorsBecause) => {
  expect(terminalCapabilities(env, TTY)).toMatchObject({ colors, colorsBecause });
});

it.each([
  [{ LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, false, 'LC_ALL=C'],
  [{ LC_ALL: '', LC_CTYPE: 'C.utf8', LANG: 'C' }, true, 'LC_CTYPE=C.utf8'],
  [{}, false, ''],
])('the first locale variable that is set decides: %j', (env, utf8, locale) => {
  expect(terminalCapabilities(env, TTY, 'linux')).toMatchObject({ utf8, locale });
});

it('a pipe has no size and no colours', () => {
  expect(terminalCapabilities({ TERM: 'xterm' }, {})).toMatchObject({
    isTerminal: false,
    size: null,
    colors: 0,
  });
});
