import { compilePattern, type Pattern } from './compile-pattern.ts';
import { PatternError } from './pattern-error.ts';
import { digit, escapedSet, notNewline, setOf, type CharacterSet } from './character-sets.ts';

/** What a pattern is made of. */
export type PatternNode =
  | { take: CharacterSet }
  | { stand: 'line-start' | 'line-end' | 'word-edge' | 'inside' }
  | { all: readonly PatternNode[] }
  | { any: readonly PatternNode[] }
  | { repeat: PatternNode; least: number; most: number };

const LONGEST_SOURCE = 300;
const DEEPEST = 40;

/**
 * A regular expression that cannot hang. JavaScript's own try one way after the other: a lesson's `(a+)+$` or `.*.*.*x`
 * would take minutes on an unlucky log. This one follows all ways at once, so that the time is at most the length of
 * the text times that of the pattern. What cannot be followed so (looking around, going back to a group) is refused, in
 * words.
 */
export function readPattern(source: string): { pattern: Pattern } | { problem: string } {
  if (source.length > LONGEST_SOURCE) return { problem: `it is longer than ${LONGEST_SOURCE} characters` };
  try {
    return { pattern: compilePattern(new PatternReader(source).read()) };
  } catch (error) {
    if (error instanceof PatternError) return { problem: error.message };
    throw error;
  }
}

class PatternReader {
  private readonly source: string;
  private at = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
  }

  read(): PatternNode {
    const node = this.alternatives();
    if (this.at < this.source.length) throw new PatternError('a ")" closes nothing');
    return node;
  }

  private alternatives(): PatternNode {
    const any = [this.sequence()];
    while (this.skip('|')) any.push(this.sequence());
    return any.length === 1 && any[0] !== undefined ? any[0] : { any };
  }

  private sequence(): PatternNode {
    const all: PatternNode[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.peek())) all.push(this.repeated());
    return { all };
  }

  private repeated(): PatternNode {
    const node = this.single();
    const bounds = this.bounds();
    if (bounds === null) return node;
    // Whether it takes much or little makes no difference to whether there is a match.
    this.skip('?');
    if (this.bounds() !== null) throw new PatternError('there is nothing to repeat');
    return { repeat: node, ...bounds };
  }

  private bounds(): { least: number; most: number } | null {
    if (this.skip('*')) return { least: 0, most: Infinity };
    if (this.skip('+')) return { least: 1, most: Infinity };
    if (this.skip('?')) return { least: 0, most: 1 };
    const [all = '', least = '', comma, most = ''] = this.take(/\{(\d{1,4})(?:(,)(\d{0,4}))?\}/y) ?? [];
    if (all === '') return null;
    const bounds = { least: Number(least), most: Number(least) };
    if (comma !== undefined) bounds.most = most === '' ? Infinity : Number(most);
    if (bounds.most < bounds.least) throw new PatternError(`the numbers in ${all} are the wrong way round`);
    return bounds;
  }

  private single(): PatternNode {
    const character = this.next();
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return { take: this.set() };
      case '\\':
        return this.escape();
      case '.':
        return { take: notNewline };
      case '^':
        return { stand: 'line-start' };
      case '$':
        return { stand: 'line-end' };
      case '*':
      case '+':
      case '?':
        throw new PatternError('there is nothing to repeat');
      default:
        return { take: setOf(character) };
    }
  }

  private group(): PatternNode {
    const kind = this.take(/\?(?::|<[A-Za-z_]\w*>|<?[=!])/y)?.[0] ?? '';
    if (/[=!]$/.test(kind)) throw new PatternError(`looking ahead or back, "(${kind}…)", is not supported`);
    if (this.peek() === '?') throw new PatternError(`"(?" begins nothing that is known`);
    this.depth += 1;
    if (this.depth > DEEPEST) throw new PatternError('its groups are nested too deeply');
    const node = this.alternatives();
    if (!this.skip(')')) throw new PatternError('a "(" is not closed');
    this.depth -= 1;
    return node;
  }

  private escape(): PatternNode {
    if (this.skip('b')) return { stand: 'word-edge' };
    if (this.skip('B')) return { stand: 'inside' };
    return { take: this.escaped() };
  }

  private escaped(): CharacterSet {
    const [hex] = this.take(/x[\da-f]{2}|u[\da-f]{4}/iy) ?? [];
    if (hex !== undefined) return setOf(String.fromCharCode(Number.parseInt(hex.slice(1), 16)));
    const character = this.next();
    const set = escapedSet(character);
    if (set !== null) return set;
    if (character === '') throw new PatternError('it ends in the middle of an escape');
    if (digit(character.charCodeAt(0)) || /[A-Za-z]/.test(character))
      throw new PatternError(`"\\${character}" is not supported`);
    return setOf(character);
  }

  private set(): CharacterSet {
    const isTurned = this.skip('^');
    const parts: CharacterSet[] = [];
    while (!this.skip(']')) {
      if (this.at >= this.source.length) throw new PatternError('a "[" is not closed');
      parts.push(this.setPart());
    }
    return (code) => parts.some((fits) => fits(code)) !== isTurned;
  }

  private setPart(): CharacterSet {
    if (this.skip('\\')) return this.skip('b') ? setOf('\b') : this.escaped();
    const [, from, to] = this.take(/([^\]\\])-([^\]\\])/y) ?? [];
    if (from === undefined || to === undefined) return setOf(this.next());
    if (from > to) throw new PatternError(`"${from}-${to}" is the wrong way round`);
    return (code) => code >= from.charCodeAt(0) && code <= to.charCodeAt(0);
  }

  private take(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.source);
    if (match !== null) this.at += match[0].length;
    return match;
  }

  private peek(): string {
    return this.source.charAt(this.at);
  }

  private next(): string {
    this.at += 1;
    return this.source.charAt(this.at - 1);
  }

  private skip(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at += 1;
    return true;
  }
}
