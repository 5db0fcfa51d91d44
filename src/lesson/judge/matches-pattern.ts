import { newline, wordCharacter } from './character-sets.ts';
import type { Instruction, Pattern } from './compile-pattern.ts';

/** Whether the pattern fits somewhere in the text. `^` and `$` are the ends of a line. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const run = new PatternRun(pattern, text);
  for (let at = 0; at <= text.length; at += 1) if (run.isMatchedAt(at)) return true;
  return false;
}

/** All places in the pattern that can be reached with what has been read. */
class PatternRun {
  private readonly pattern: Pattern;
  private readonly text: string;
  /** Where the pattern may go on at the next character. */
  private next: number[] = [];
  /** At which character each instruction was reached last: each is followed once for a character. */
  private readonly reached: Int32Array;

  constructor(pattern: Pattern, text: string) {
    this.pattern = pattern;
    this.text = text;
    this.reached = new Int32Array(pattern.length + 1).fill(-1);
  }

  isMatchedAt(at: number): boolean {
    // A match may begin at every character.
    const open = [...this.next, 0];
    this.next = [];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (this.reached[place] === at) continue;
      this.reached[place] = at;
      const instruction = this.pattern[place];
      if (instruction === undefined) return true;
      open.push(...this.follow(instruction, place, at));
    }
    return false;
  }

  private follow(instruction: Instruction, place: number, at: number): number[] {
    switch (instruction.do) {
      case 'take':
        if (at < this.text.length && instruction.fits(this.text.charCodeAt(at))) this.next.push(place + 1);
        return [];
      case 'stand':
        return this.isAt(instruction.where, at) ? [place + 1] : [];
      case 'split':
        return instruction.by.map((by) => place + by);
      case 'jump':
        return [place + instruction.by];
    }
  }

  private isAt(where: Extract<Instruction, { do: 'stand' }>['where'], at: number): boolean {
    const before = this.text.charCodeAt(at - 1);
    const after = this.text.charCodeAt(at);
    if (where === 'line-start') return at === 0 || newline(before);
    if (where === 'line-end') return at === this.text.length || newline(after);
    return (wordCharacter(before) !== wordCharacter(after)) === (where === 'word-edge');
  }
}
