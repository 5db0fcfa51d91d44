/** An instruction of a Dockerfile. */
export type Instruction = {
  /** In capitals. */
  word: string;
  /** With what goes on in further lines, on one line. */
  text: string;
  /** Counted from 1; `lastLine` is where it ends. */
  line: number;
  lastLine: number;
  /** Of the stage that it is in, from 0; -1 before the first FROM. */
  stage: number;
};

export type Stage = {
  /** As in `FROM … AS name`, in small letters; empty for none. */
  name: string;
  /** What it builds on: an image, the name of a stage before it, or `scratch`. */
  from: string;
};

export type Dockerfile = {
  lines: readonly string[];
  instructions: readonly Instruction[];
  stages: readonly Stage[];
};

const HEREDOC = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/g;

/** Which instruction stands in which lines: no more of its grammar than it takes to point at a line. */
export function readDockerfile(source: string): Dockerfile {
  const lines = source.replace(/^\ufeff/, '').split(/\r?\n/);
  const escape = /^#\s*escape\s*=\s*`/im.test(lines.slice(0, 3).join('\n')) ? '`' : '\\';
  const instructions: Instruction[] = [];
  const stages: Stage[] = [];
  for (let at = 0; at < lines.length;) {
    const { text, next } = joinedLines(lines, at, escape);
    const word = /^\s*([A-Za-z]+)/.exec(text)?.[1]?.toUpperCase();
    if (word !== undefined) {
      if (word === 'FROM') stages.push(stageOf(text));
      const stage = stages.length - 1;
      instructions.push({ word, text: text.trim(), line: at + 1, lastLine: next, stage });
    }
    at = next;
  }
  return { lines, instructions, stages };
}

/** A line with those that it goes on in; comments and empty lines between them do not end it. */
function joinedLines(lines: readonly string[], from: number, escape: string): { text: string; next: number } {
  let text = '';
  let at = from;
  let goesOn = true;
  while (goesOn && at < lines.length) {
    const line = lines[at] ?? '';
    at += 1;
    if (/^\s*#/.test(line)) {
      if (text === '') break;
      continue;
    }
    if (text !== '' && line.trim() === '') continue;
    const bare = line.trimEnd();
    goesOn = bare.endsWith(escape);
    text += goesOn ? bare.slice(0, -1) : line;
  }
  return { text, next: afterHeredocs(lines, text, at) };
}

function afterHeredocs(lines: readonly string[], text: string, from: number): number {
  if (!/^\s*(?:RUN|COPY|ADD)\b/i.test(text)) return from;
  let next = from;
  for (const [, , end] of text.matchAll(HEREDOC)) {
    const at = lines.findIndex((line, i) => i >= next && line.trim() === end);
    if (at !== -1) next = at + 1;
  }
  return next;
}

function stageOf(text: string): Stage {
  const words = text
    .trim()
    .split(/\s+/)
    .slice(1)
    .filter((word) => !word.startsWith('--'));
  const [from = '', as = '', name = ''] = words;
  return { from, name: as.toLowerCase() === 'as' ? name.toLowerCase() : '' };
}
