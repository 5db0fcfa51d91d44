import type { Terminal } from '@xterm/headless';

/** How the program inside wants the mouse to be written. */
export type MouseEncoding = 'bytes' | 'utf8' | 'sgr' | 'urxvt';

const ENCODINGS: ReadonlyMap<number, MouseEncoding> = new Map([
  [1005, 'utf8'],
  [1006, 'sgr'],
  [1015, 'urxvt'],
]);
const CURSOR = 25;
const WHEEL_AS_KEYS = 1007;
const MOUSE_IN_PIXELS = 1016;

export type InnerModes = { cursorHidden: boolean; mouseEncoding: MouseEncoding; wheelAsKeys: boolean };

const START: InnerModes = { cursorHidden: false, mouseEncoding: 'bytes', wheelAsKeys: true };

/**
 * What the program inside has set and xterm does not tell: modes 25, 1005, 1006, 1007 and 1015 of DECSET. The object
 * follows it.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export function followModes(terminal: Terminal, answer: (text: string) => void): InnerModes {
  const modes = { ...START };
  const { parser } = terminal;
  parser.registerCsiHandler({ prefix: '?', final: 'h' }, (numbers) => set(modes, numbers, true));
  parser.registerCsiHandler({ prefix: '?', final: 'l' }, (numbers) => set(modes, numbers, false));
  // RIS and DECSTR.
  parser.registerEscHandler({ final: 'c' }, () => goesOn(Object.assign(modes, START)));
  parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => goesOn((modes.cursorHidden = false)));
  // xterm says of the mouse in pixels that it knows it; we have no pixels.
  parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, ([number]) => {
    if (number === MOUSE_IN_PIXELS) answer(`\x1b[?${MOUSE_IN_PIXELS};0$y`);
    return number === MOUSE_IN_PIXELS;
  });
  return modes;
}

/** False: xterm is to see it, too. */
function goesOn(_done: unknown): false {
  return false;
}

function set(modes: InnerModes, numbers: readonly (number | number[])[], on: boolean): false {
  for (const number of numbers) {
    if (number === CURSOR) modes.cursorHidden = !on;
    if (number === WHEEL_AS_KEYS) modes.wheelAsKeys = on;
    const encoding = ENCODINGS.get(Number(number));
    if (encoding !== undefined && on) modes.mouseEncoding = encoding;
    if (encoding === modes.mouseEncoding && !on) modes.mouseEncoding = 'bytes';
  }
  return false;
}
