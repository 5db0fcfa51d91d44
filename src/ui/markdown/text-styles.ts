import type { ColorDepth } from '../theme.ts';

export type TextStyle =
  | 'strong'
  | 'em'
  | 'del'
  | 'code'
  | 'link'
  | 'heading'
  | 'quiet'
  | 'string'
  | 'number'
  | 'word';

/** SGR parameters that begin a style [256 colours, 16 colours], and the one that ends it: styles may lie in each other. */
const CODES: Readonly<Record<TextStyle, readonly [many: string, basic: string, end: string]>> = {
  strong: ['1', '1', '22'],
  em: ['3', '3', '23'],
  del: ['9', '9', '29'],
  link: ['4', '4', '24'],
  word: ['4', '4', '24'],
  heading: ['1', '1', '22'],
  code: ['38;5;79', '36', '39'],
  quiet: ['38;5;246', '90', '39'],
  string: ['38;5;214', '33', '39'],
  number: ['38;5;75', '96', '39'],
};

/** Without colours there is no SGR code but that of words that are explained: a line below them is no colour. */
export function createTextStyle(depth: ColorDepth): (style: TextStyle) => (text: string) => string {
  return (style) => {
    const [many, basic, end] = CODES[style];
    const begin = depth === 'many' ? many : basic;
    return depth === 'none' && style !== 'word'
      ? (text) => text
      : (text) => (text === '' ? '' : `\x1b[${begin}m${text}\x1b[${end}m`);
  };
}
