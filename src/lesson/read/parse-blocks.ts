import type { Check } from '../check.ts';
import { FEATURES, type Block, type BlockContent, type Condition } from '../lesson.ts';
import { splitCommands } from './parse-commands.ts';
import { parseChecks } from './parse-checks.ts';
import { parseDiagram } from './parse-diagram.ts';
import { ID, ID_FORM } from './parse-ids.ts';
import { asMarkdown, cutMarkdown, type Piece } from './parse-markdown.ts';
import { partByRules } from './parse-parts.ts';
import type { Complain } from './parse-problems.ts';
import { parseQuestion } from './parse-question.ts';
import { unknownKey } from './parse-shapes.ts';

/** What the pieces of a step come to. */
export type Gathered = { blocks: Block[]; checks: Check[]; hints: string[]; solution: string[] };

type Fence = Extract<Piece, { kind: 'fence' }>;
type Where = {
  complain: Complain;
  gathered: Gathered;
  /** Gives the block an id that no other block of the step has. */
  name: (kind: string, own: string) => string;
  /** The condition around it, and how deep it is. */
  inOnly: Condition | null;
  depth: number;
};

/** Reads the inside of a fence; undefined where it shows nothing (a hint), or cannot be read. */
type Reader = (fence: Fence, where: Where) => BlockContent | undefined;

const MOST_DEPTH = 2;
const MOST_CHECKS = 40;

/** Every kind of fenced block that is ours. */
const READERS: Readonly<Record<string, Reader>> = {
  run: ({ text, line }, { complain }) => {
    const commands = splitCommands(text, line + 1, complain);
    return commands.length > 0
      ? { kind: 'run', commands }
      : complain(line, 'this run block has no command in it');
  },
  check: readChecks,
  predict: ({ text, line }, { complain }) => {
    const question = parseQuestion(text, line + 1, complain);
    return question && { kind: 'predict', question };
  },
  quiz: ({ text, line }, { complain }) => {
    const question = parseQuestion(text, line + 1, complain);
    return question && { kind: 'quiz', question };
  },
  hint: ({ text, line }, where) => {
    const hints = partByRules(text);
    if (hints.length === 0) where.complain(line, 'this hint block is empty');
    if (where.inOnly !== null) where.complain(line, 'hints are the same for all: put them outside of only');
    where.gathered.hints.push(...hints);
    return undefined;
  },
  solution: ({ text, line }, where) => {
    if (where.inOnly !== null) where.complain(line, 'a solution is the same for all: put it outside of only');
    where.gathered.solution.push(...splitCommands(text, line + 1, where.complain));
    return undefined;
  },
  diagram: ({ text, line }, { complain }) => {
    const diagram = parseDiagram(text, line + 1, complain);
    return diagram && { kind: 'diagram', diagram };
  },
  note: ({ text, line }, { complain }) =>
    text.trim() === '' ? complain(line, 'this note is empty') : { kind: 'note', markdown: text.trim() },
  myth: ({ text, line }, { complain }) => {
    const [claim, fact, more] = partByRules(text);
    return claim === undefined || fact === undefined || more !== undefined
      ? complain(line, 'a myth is the claim, a line of ---, and what is right')
      : { kind: 'myth', claim, fact };
  },
  only: readOnly,
};

export const BLOCK_KINDS: readonly string[] = Object.keys(READERS);

export function gatherBlocks(pieces: readonly Piece[], base: string, complain: Complain): Gathered {
  const gathered: Gathered = { blocks: [], checks: [], hints: [], solution: [] };
  const name = blockNames(base);
  gathered.blocks = readPieces(pieces, { complain, gathered, name, inOnly: null, depth: 0 });
  return gathered;
}

function blockNames(base: string): Where['name'] {
  const counts = new Map<string, number>();
  return (kind, own) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return own === '' ? `${base}-${kind}-${count}` : own;
  };
}

export function fenceKind({ info }: { info: string }): string {
  return info.trim().split(/\s+/)[0] ?? '';
}

function readPieces(pieces: readonly Piece[], where: Where): Block[] {
  const blocks: Block[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'fence' && Object.hasOwn(READERS, fenceKind(piece))) {
      const block = readFence(piece, where);
      if (block !== undefined) blocks.push(block);
    } else addProse(blocks, piece, where);
  }
  return blocks;
}

/** Prose that only an ordinary code block divides is one block. */
function addProse(blocks: Block[], piece: Piece, { name }: Where): void {
  const markdown =
    piece.kind === 'prose'
      ? piece.markdown
      : piece.kind === 'fence'
        ? asMarkdown(piece)
        : `## ${piece.text}\n`;
  if (markdown.trim() === '') return;
  const last = blocks.at(-1);
  if (last?.kind === 'prose') last.markdown = `${last.markdown}\n\n${markdown.trim()}`;
  else blocks.push({ id: name('prose', ''), line: piece.line, kind: 'prose', markdown: markdown.trim() });
}

function readFence(fence: Fence, where: Where): Block | undefined {
  const { complain } = where;
  if (!fence.isClosed) complain(fence.line, `this ${fenceKind(fence)} block is not closed`);
  const [kind = '', ...words] = fence.info.trim().split(/\s+/);
  const own = words.find((word) => word.startsWith('#'))?.slice(1) ?? '';
  if (own !== '' && !ID.test(own)) complain(fence.line, `“${own}” cannot be an id: it has to be ${ID_FORM}`);
  const others = words.filter((word) => !word.startsWith('#'));
  if (kind !== 'only' && others.length > 0)
    complain(
      fence.line,
      `“${others[0]}” says nothing here: after ${kind} only an id such as #mine may stand`,
    );
  // Named before it is read, so that a block that is broken does not rename those after it.
  const id = where.name(kind, own);
  const content = READERS[kind]?.(fence, where);
  return content && { id, line: fence.line, ...content };
}

function readChecks(fence: Fence, { complain, gathered, inOnly }: Where): BlockContent | undefined {
  const read = parseChecks(fence.text, fence.line + 1, complain);
  if (inOnly !== null && 'feature' in inOnly)
    complain(
      fence.line,
      'a check cannot hang on a feature: put it outside of only, or say what the lesson needs in front',
    );
  const family = inOnly !== null && 'family' in inOnly ? inOnly.family : null;
  const checks = family === null ? read : read.map((check) => ({ ...check, only: family }));
  if (gathered.checks.length + checks.length > MOST_CHECKS)
    return complain(fence.line, `a step has at most ${MOST_CHECKS} checks`);
  gathered.checks.push(...checks);
  return checks.length === 0 ? undefined : { kind: 'checks', ids: checks.map(({ id }) => id) };
}

function readOnly(fence: Fence, where: Where): BlockContent | undefined {
  const condition = readCondition(fence, where.complain);
  if (condition === undefined) return undefined;
  if (where.depth >= MOST_DEPTH) return where.complain(fence.line, 'only blocks are nested too deeply');
  const pieces = cutMarkdown(fence.text, fence.line + 1, where.complain);
  if (pieces === null) return undefined;
  const blocks = readPieces(pieces, { ...where, inOnly: condition, depth: where.depth + 1 });
  return { kind: 'only', where: condition, blocks };
}

function readCondition({ info, line }: Fence, complain: Complain): Condition | undefined {
  const [word = '', ...more] = info
    .trim()
    .split(/\s+/)
    .slice(1)
    .filter((each) => !each.startsWith('#'));
  const [, no, feature] = /^(no-)?feature:(.*)$/.exec(word) ?? [];
  const known = FEATURES.find((each) => each === feature);
  if (more.length === 0 && (word === 'docker' || word === 'podman')) return { family: word };
  if (more.length === 0 && known !== undefined) return { feature: known, present: no === undefined };
  const why = feature === undefined ? '' : ` (the feature “${feature}” ${unknownKey(feature, FEATURES)})`;
  return complain(line, `after only comes docker, podman, feature:buildx or no-feature:buildx${why}`);
}
