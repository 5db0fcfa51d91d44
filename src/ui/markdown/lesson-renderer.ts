import type { MarkedExtension, Parser, RendererObject, Tokens } from 'marked';
import type { ColorDepth } from '../theme.ts';
import { breakStyled, wrapStyled } from './styled-text.ts';
import { tableRows } from './table-rows.ts';
import type { TextStyle } from './text-styles.ts';

/**
 * Cells that the block which is being set has: less inside of lists and quotes. `words` gives the places of a text at
 * which a word stands that is explained elsewhere; it is asked for each piece of prose, in reading order.
 */
export type Room = { width: number; words: WordsIn };
export type WordsIn = (text: string) => readonly { from: number; to: number }[];

export type RendererParts = {
  style: (name: TextStyle) => (text: string) => string;
  depth: ColorDepth;
  flat: boolean;
  room: Room;
  terminal: MarkedExtension;
};

/** Narrower than this nothing can be read; the last break sees to it that nothing is wider than the pane. */
const NARROWEST = 8;

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};

const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (e) => ENTITIES[e] ?? e);

const block = (lines: readonly string[]): string => (lines.length === 0 ? '' : `${lines.join('\n')}\n\n`);

/** What of Markdown is set another way than marked-terminal does it. Blocks are lines of the room that there is. */
export function lessonRenderer({ style, depth, flat, room, terminal }: RendererParts): RendererObject {
  const inside = (before: number, set: () => string): string[] => {
    const whole = room.width;
    room.width = Math.max(NARROWEST, whole - before);
    const text = set();
    room.width = whole;
    return text.replace(/\n+$/, '').split('\n');
  };
  const item = (parser: Parser, { tokens }: Tokens.ListItem): string =>
    tokens
      .map((token) =>
        token.type === 'text' ? tightText(parser, token as Tokens.Text) : parser.parse([token]),
      )
      .join('');
  // The text of a tight list, or a box to tick before it, is no paragraph: it has no blank line after it.
  const tightText = (parser: Parser, token: Tokens.Text): string =>
    `${wrapStyled(inline(parser, token), room.width).join('\n')}\n`;
  const marked = (text: string): string => {
    let out = '';
    let at = 0;
    for (const { from, to } of flat ? [] : room.words(text)) {
      out += text.slice(at, from) + style('word')(text.slice(from, to));
      at = to;
    }
    return out + text.slice(at);
  };
  const inline = (parser: Parser, token: Tokens.Text): string =>
    token.tokens === undefined ? unescaped(token.text) : parser.parseInline(token.tokens);
  return {
    text(token) {
      return 'tokens' in token ? inline(this.parser, token) : marked(unescaped(token.text));
    },
    paragraph({ tokens }) {
      return block(wrapStyled(this.parser.parseInline(tokens), room.width));
    },
    heading({ tokens }) {
      return block(wrapStyled(style('heading')(this.parser.parseInline(tokens)), room.width));
    },
    hr() {
      return flat ? '' : block([style('quiet')('─'.repeat(Math.min(room.width, 40)))]);
    },
    br() {
      return '\r';
    },
    codespan({ text }) {
      return depth === 'none' && !flat ? `\`${text}\`` : style('code')(text);
    },
    code(token) {
      const lines = breakStyled(
        highlighted(token, terminal, this, depth, style),
        Math.max(1, room.width - 2),
      );
      return block(lines.map((line) => `  ${line}`));
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return text === href ? style('link')(href) : `${text} (${style('link')(href)})`;
    },
    image({ text, href }) {
      return `[picture: ${text === '' ? href : text}]`;
    },
    html(token) {
      const text = unescaped(token.text.replace(/<br\s*\/?>/gi, '\r').replace(/<[^>]*>/g, ''));
      return 'block' in token && token.block ? block(wrapStyled(text, room.width)) : text;
    },
    checkbox({ checked }) {
      if (flat) return checked ? 'done: ' : 'to do: ';
      return checked ? '[x] ' : '[ ] ';
    },
    blockquote({ tokens }) {
      const lines = inside(2, () => this.parser.parse(tokens));
      return block(
        lines.map((line, i) =>
          flat ? `${i === 0 ? 'Quoted: ' : ''}${line}` : `${style('quiet')('│')} ${line}`,
        ),
      );
    },
    list({ ordered, start, items, loose }) {
      const lines = items.flatMap((entry, i) => {
        const before = ordered ? `${(start === '' ? 1 : start) + i}. ` : flat ? '- ' : '• ';
        const own = inside(before.length, () => withBox(item(this.parser, entry)));
        const hung = own.map((line, y) => (y === 0 ? before : ' '.repeat(before.length)) + line);
        return loose && i < items.length - 1 ? [...hung, ''] : hung;
      });
      return block(lines);
    },
    table({ header, rows }) {
      const cell = ({ tokens }: Tokens.TableCell): string => this.parser.parseInline(tokens);
      const head = header.map((title) => (flat ? cell(title) : style('strong')(cell(title))));
      return block(
        tableRows(
          head,
          rows.map((row) => row.map(cell)),
          room.width,
          flat,
        ),
      );
    },
  };
}

/** The box to tick is a token of its own before the text. */
function withBox(text: string): string {
  return text.replace(/^((?:\[[x ]\]|done:|to do:) )\n*/, '$1');
}

/** Languages of code that are highlighted. For one that it does not know, highlight.js writes to the terminal. */
const LANGUAGES = new Set(
  'sh bash shell dockerfile docker yaml json ini nginx makefile diff python go javascript typescript xml css sql'.split(
    ' ',
  ),
);

/** Without a language, or colours, code is as it was written. */
function highlighted(
  token: Tokens.Code,
  { renderer }: MarkedExtension,
  self: ThisParameterType<NonNullable<RendererObject['code']>>,
  depth: ColorDepth,
  style: RendererParts['style'],
): string {
  if (depth === 'none') return token.text;
  const painted = LANGUAGES.has(token.lang ?? '') ? renderer?.code?.call(self, token) : undefined;
  return typeof painted === 'string' ? painted.replace(/\n+$/, '') : style('code')(token.text);
}
