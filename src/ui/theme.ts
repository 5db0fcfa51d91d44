import type { Tone } from '../model/columns.ts';

/** How many colours may be used: none (NO_COLOR, or a terminal without), the 16 of the terminal, or 256. */
export type ColorDepth = 'none' | 'basic' | 'many';

export function colorDepth(env: NodeJS.ProcessEnv): ColorDepth {
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return 'none';
  const rich =
    /256|direct|kitty|ghostty|alacritty|wezterm/.test(env['TERM'] ?? '') || (env['COLORTERM'] ?? '') !== '';
  return rich ? 'many' : 'basic';
}

export type Style = Tone | 'title' | 'border' | 'border-focused' | 'selected' | 'key' | 'match' | 'bold';

/**
 * The palette keeps apart for the common kinds of colour blindness: blue, orange and vermilion after Okabe and Ito
 * (2008), never red against green. Parameters of `CSI … m` [256 colours, 16 colours, none].
 */
const STYLES: Readonly<Record<Style, readonly [many: string, basic: string, none: string]>> = {
  plain: ['', '', ''],
  quiet: ['38;5;246', '90', '2'],
  good: ['38;5;75', '96', ''],
  warning: ['38;5;214', '93', '1'],
  bad: ['1;38;5;209', '1;91', '1'],
  accent: ['38;5;79', '36', ''],
  title: ['1', '1', '1'],
  bold: ['1', '1', '1'],
  border: ['38;5;240', '90', '2'],
  'border-focused': ['38;5;75', '96', '1'],
  selected: ['7', '7', '7'],
  key: ['1;38;5;75', '1;96', '1'],
  match: ['30;48;5;214', '30;43', '4'],
};

const COLUMN: Readonly<Record<ColorDepth, 0 | 1 | 2>> = { many: 0, basic: 1, none: 2 };

export type Paint = (style: Style, text: string) => string;

/** Gives the function that puts SGR codes around a text; codes do not nest, a part ends with a full reset. */
export function createPaint(depth: ColorDepth): Paint {
  return (style, text) => {
    const code = STYLES[style][COLUMN[depth]];
    return code === '' || text === '' ? text : `\x1b[${code}m${text}\x1b[0m`;
  };
}
