import { lexer } from 'marked';
import { cleanText } from '../../engine/clean-text.ts';
import { maskLine } from './mask-line.ts';

/** Characters of an idea; one more sentence is taken while it fits. */
const IDEA = 240;
/** Characters of one command; a longer one is hardly typed. */
const COMMAND = 2_000;

/** Markdown of several lines without anything that steers a terminal. */
export function cleanLines(text: string): string {
  return text.split(/\r?\n/).map(cleanText).join('\n').trim();
}

/** A text that is not Markdown, as code inside a line: nothing in it is taken for Markdown. */
export function codeSpan(text: string): string {
  const clean = cleanText(text);
  const ticks = '`'.repeat(longestRun(clean) + 1);
  // CommonMark takes one blank off both sides, so that a tick may stand at the edge.
  const edge = /^`|`$|^ .* $/.test(clean) ? ' ' : '';
  return `${ticks}${edge}${clean}${edge}${ticks}`;
}

/** Command lines as a block of code that none of them can end, without what is secret. */
export function fencedCommands(commands: readonly string[]): string {
  const text = commands.map(keptLine).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}sh\n${text}\n${fence}`;
}

function keptLine(command: string): string {
  const masked = cleanLines(maskLine(command));
  return masked.length > COMMAND ? `${masked.slice(0, COMMAND).toWellFormed()} …` : masked;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** The first sentences of the first paragraph; empty where there is none. */
export function firstSentences(markdown: string): string {
  const paragraph = lexer(markdown).find((token) => token.type === 'paragraph');
  let idea = '';
  for (const sentence of sentencesOf(cleanText(paragraph?.raw ?? ''))) {
    if (idea !== '' && idea.length + sentence.length > IDEA) break;
    idea += sentence;
  }
  return idea.trim();
}

/** Sentences that can stand alone: one that ends within code or emphasis goes on to where that is closed. */
function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
    open += segment;
    if (!isClosed(open)) continue;
    sentences.push(open);
    open = '';
  }
  return open === '' ? sentences : [...sentences, open];
}

function isClosed(text: string): boolean {
  const count = (mark: RegExp): number => (text.match(mark) ?? []).length;
  return count(/`/g) % 2 === 0 && count(/\*/g) % 2 === 0 && count(/\[/g) === count(/\]/g);
}
