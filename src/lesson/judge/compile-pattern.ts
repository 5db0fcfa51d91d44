import type { CharacterSet } from './character-sets.ts';
import { PatternError } from './pattern-error.ts';
import type { PatternNode } from './pattern.ts';

/** A program for `matchesPattern` (Thompson's construction); it is over where it runs out of its end. */
export type Pattern = readonly Instruction[];

/** Where to go on is counted from the instruction itself, so that a piece may stand anywhere. */
export type Instruction =
  | { do: 'take'; fits: CharacterSet }
  | { do: 'stand'; where: 'line-start' | 'line-end' | 'word-edge' | 'inside' }
  | { do: 'split'; by: readonly [number, number] }
  | { do: 'jump'; by: number };

/** Counted repeats are written out: `(ab){50}` takes 100. On 64 kB of text the worst pattern takes under a second. */
const MOST_INSTRUCTIONS = 300;

export function compilePattern(node: PatternNode): Pattern {
  const pattern = compile(node);
  if (pattern.length > MOST_INSTRUCTIONS) throw new PatternError('it repeats too much');
  return pattern;
}

function compile(node: PatternNode): Instruction[] {
  if ('take' in node) return [{ do: 'take', fits: node.take }];
  if ('stand' in node) return [{ do: 'stand', where: node.stand }];
  if ('all' in node) return node.all.flatMap(compile);
  if ('any' in node) return node.any.map(compile).reduceRight((rest, piece) => either(piece, rest));
  return repeat(compile(node.repeat), node.least, node.most);
}

function either(one: Instruction[], other: Instruction[]): Instruction[] {
  return [{ do: 'split', by: [1, one.length + 2] }, ...one, { do: 'jump', by: other.length + 1 }, ...other];
}

function repeat(piece: Instruction[], least: number, most: number): Instruction[] {
  const times = most === Infinity ? least + 1 : most;
  if ((piece.length + 2) * times > MOST_INSTRUCTIONS) throw new PatternError('it repeats too much');
  const needed = Array.from({ length: least }, () => piece).flat();
  return most === Infinity ? [...needed, ...forEver(piece)] : [...needed, ...atMost(piece, most - least)];
}

function forEver(piece: Instruction[]): Instruction[] {
  return [{ do: 'split', by: [1, piece.length + 2] }, ...piece, { do: 'jump', by: -piece.length - 1 }];
}

function atMost(piece: Instruction[], times: number): Instruction[] {
  const once: Instruction[] = [{ do: 'split', by: [1, piece.length + 1] }, ...piece];
  return Array.from({ length: times }, () => once).flat();
}
