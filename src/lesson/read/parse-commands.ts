import type { Complain } from './parse-problems.ts';

/** What is open at the end of a line, so that the command goes on. */
type Open = { quote: string; heredocs: readonly { word: string; isIndented: boolean }[] };
const NOTHING: Open = { quote: '', heredocs: [] };

/** Cuts a block into its command lines, as a shell would; lines that hold only a remark are left out. */
export function splitCommands(text: string, firstLine: number, complain: Complain): string[] {
  const commands: string[] = [];
  let command: string[] = [];
  let open = NOTHING;
  let begun = firstLine;
  for (const [i, line] of text.split('\n').entries()) {
    if (command.length === 0) {
      if (/^\s*(?:#.*)?$/.test(line)) continue;
      begun = firstLine + i;
    }
    command.push(command.length === 0 ? line.trim() : line);
    open = goOn(open, line);
    if (open.quote !== '' || open.heredocs.length > 0) continue;
    commands.push(command.join('\n'));
    command = [];
  }
  if (command.length > 0) {
    complain(begun, `this command never ends: ${whatIsOpen(open)}`);
    commands.push(command.join('\n'));
  }
  return commands;
}

/** Also used for solutions: why a command that stands by itself would not end; null where it does. */
export function whyUnended(command: string): string | null {
  const open = command.split('\n').reduce(goOn, NOTHING);
  return open.quote === '' && open.heredocs.length === 0 ? null : whatIsOpen(open);
}

function whatIsOpen({ quote, heredocs }: Open): string {
  if (heredocs[0] !== undefined) return `the line “${heredocs[0].word}” that ends its text is missing`;
  return quote === '\\' ? 'a line is missing after the last backslash' : `a ${quote} is not closed`;
}

function goOn({ quote, heredocs }: Open, line: string): Open {
  const [first, ...others] = heredocs;
  // The quote of a line with a heredoc is closed on that line, or the shell would not see the heredoc.
  if (first !== undefined && quote === '') {
    const isEnd = (first.isIndented ? line.trimStart() : line) === first.word;
    return { quote, heredocs: isEnd ? others : heredocs };
  }
  return scan(line, quote === '\\' ? '' : quote, heredocs);
}

const HEREDOC = /<<(-?)[ \t]*(['"]?)([\w.]+)\2/y;

function scan(line: string, quoteBefore: string, before: Open['heredocs']): Open {
  let quote = quoteBefore;
  const heredocs = [...before];
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (quote === "'") {
      if (char === "'") quote = '';
    } else if (char === '\\') {
      if (at === line.length - 1 && quote === '') return { quote: '\\', heredocs };
      at += 1;
    } else if (quote === '"') {
      if (char === '"') quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /^$|\s/.test(line[at - 1] ?? '')) break;
    else if (line.startsWith('<<', at)) at = readHeredoc(line, at, heredocs);
  }
  return { quote, heredocs };
}

function readHeredoc(line: string, at: number, heredocs: { word: string; isIndented: boolean }[]): number {
  HEREDOC.lastIndex = at;
  const [all, dash, , word] = HEREDOC.exec(line) ?? [];
  if (word !== undefined) heredocs.push({ word, isIndented: dash === '-' });
  return at + (all?.length ?? 2) - 1;
}
