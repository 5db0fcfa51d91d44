import { Lexer } from 'marked';
import type { Complain } from './parse-problems.ts';

/** A piece of Markdown: a heading that begins a step, a fenced block of ours, or prose. */
export type Piece =
  | { kind: 'heading'; text: string; line: number }
  | { kind: 'prose'; markdown: string; line: number }
  | { kind: 'fence'; info: string; text: string; line: number; isClosed: boolean };

/** Nested quotes and lists are read by recursion, each level of it anew. */
const MOST_NESTED = 24;
const MOST_LINE = 4000;

/** Cuts Markdown that begins on `firstLine` of its file; null where it is not fit to be read, after saying why. */
export function cutMarkdown(source: string, firstLine: number, complain: Complain): Piece[] | null {
  const unfit = source.split('\n').findIndex(isUnfit);
  if (unfit >= 0) {
    complain(firstLine + unfit, `this line is too long (over ${MOST_LINE} characters), or nested too deeply`);
    return null;
  }
  const pieces: Piece[] = [];
  let at = 0;
  let line = firstLine;
  // Only the blocks: what is within a line is read when it is drawn.
  for (const token of new Lexer().blockTokens(source, [])) {
    const start = Math.max(at, source.indexOf(token.raw, at));
    line += countLines(source.slice(at, start));
    addPiece(pieces, token, line);
    line += countLines(source.slice(start, start + token.raw.length));
    at = start + token.raw.length;
  }
  return pieces;
}

function isUnfit(line: string): boolean {
  if (line.length > MOST_LINE) return true;
  const [opening = ''] = /^(?:[ >]|[-*+](?= )|\d{1,9}[.)](?= ))*/.exec(line) ?? [];
  const marks = opening.match(/[>*+-]|\d+[.)]/g)?.length ?? 0;
  return marks > MOST_NESTED || opening.length > 8 * MOST_NESTED;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

type Token = ReturnType<Lexer['blockTokens']>[number];

function addPiece(pieces: Piece[], token: Token, line: number): void {
  if (token.type === 'heading' && token['depth'] === 2)
    return void pieces.push({ kind: 'heading', text: String(token['text']), line });
  if (token.type === 'code' && token['codeBlockStyle'] !== 'indented')
    return void pieces.push({
      kind: 'fence',
      info: String(token['lang'] ?? ''),
      text: String(token['text']),
      line: line + countLines(/^\n*/.exec(token.raw)?.[0] ?? ''),
      isClosed: isClosed(token.raw),
    });
  const last = pieces.at(-1);
  if (last?.kind === 'prose') last.markdown += token.raw;
  else if (token.type !== 'space') pieces.push({ kind: 'prose', markdown: token.raw, line });
}

function isClosed(raw: string): boolean {
  const lines = raw.trim().split('\n');
  const [fence = ''] = /^(?:`{3,}|~{3,})/.exec(lines[0]?.trim() ?? '') ?? [];
  const last = lines.at(-1)?.trim() ?? '';
  return lines.length > 1 && last.startsWith(fence) && /^[`~]+$/.test(last);
}

/** A fence of prose as it was written, for whoever draws it. */
export function asMarkdown({ info, text }: { info: string; text: string }): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${text}\n${fence}\n`;
}
