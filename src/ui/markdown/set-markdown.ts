import { Marked } from 'marked';
import { markedTerminal } from 'marked-terminal';
import { cleanText } from '../../engine/clean-text.ts';
import type { ColorDepth } from '../theme.ts';
import { lessonRenderer, type Room, type WordsIn } from './lesson-renderer.ts';
import { breakStyled, styledWidth } from './styled-text.ts';
import { createTextStyle, type TextStyle } from './text-styles.ts';

/** Markdown as lines of at most `width` cells, with SGR codes that end in their line; what `words` finds is underlined. */
export type SetMarkdown = (markdown: string, width: number, words?: WordsIn) => readonly string[];

const NO_WORDS: WordsIn = () => [];

export type SetOptions = {
  depth: ColorDepth;
  /** For a screen reader: nothing is drawn with lines. */
  flat: boolean;
};

/**
 * marked-terminal highlights code and paints what stands out in a line. What it does to lists, boxes to tick,
 * quotes, HTML, links and tables does not fit into a pane (measured with 7.3.1): those are set here.
 */
export function createSetMarkdown({ depth, flat }: SetOptions): SetMarkdown {
  const style = createTextStyle(depth);
  const room: Room = { width: 80, words: NO_WORDS };
  const options = {
    strong: style('strong'),
    em: style('em'),
    del: style('del'),
    code: style('code'),
    tab: 0,
    emoji: false,
    reflowText: true,
  };
  const terminal = markedTerminal(options, { theme: codeTheme(style), ignoreIllegals: true });
  const marked = new Marked();
  marked.use(terminal);
  marked.use({ renderer: lessonRenderer({ style, depth, flat, room, terminal }) });
  return (markdown, width, words = NO_WORDS) => {
    room.width = width;
    room.words = words;
    const text = marked.parse(withoutControls(markdown), { async: false });
    return text
      .replace(/^\n+|\n+$/g, '')
      .split('\n')
      .flatMap((line) => (styledWidth(line) > width ? breakStyled(line, width) : [line]));
  };
}

/** Tabs are blanks; a mark that makes a character an emoji changes its width from terminal to terminal. */
function withoutControls(markdown: string): string {
  return markdown
    .replaceAll('\t', '    ')
    .split(/\r?\n/)
    .map((line) => cleanText(line).replaceAll('\ufe0f', ''))
    .join('\n');
}

/** Classes of highlight.js; those that are not named stay as they are. */
const CODE_CLASSES: Readonly<Record<string, TextStyle>> = {
  keyword: 'code',
  built_in: 'code',
  string: 'string',
  number: 'number',
  literal: 'number',
  comment: 'quiet',
  meta: 'quiet',
};

function codeTheme(
  style: (name: TextStyle) => (text: string) => string,
): Readonly<Record<string, (text: string) => string>> {
  return Object.fromEntries(Object.entries(CODE_CLASSES).map(([part, name]) => [part, style(name)]));
}
