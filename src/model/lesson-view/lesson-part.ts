import type { Diagram } from '../../lesson/lesson.ts';
import type { Tone } from '../columns.ts';
import type { Explained } from '../learn-state.ts';

/**
 * What a lesson says, piece by piece and in reading order, before it is lines of a pane or sentences for a screen
 * reader. `anchor` is a name by which the view finds the place again.
 */
export type LessonPart = { anchor?: string } & (
  | { kind: 'heading'; text: string }
  /** Markdown, in words of the lesson. `key` is where its typeset lines are found. `label` sets it apart. */
  | { kind: 'text'; key: string; markdown: string; label: string }
  | { kind: 'commands'; label: string; commands: readonly CommandPart[] }
  | { kind: 'question'; question: QuestionPart }
  | { kind: 'check'; check: CheckPart }
  | { kind: 'diagram'; diagram: Diagram }
  | { kind: 'explained'; explained: Explained }
  /** A sentence of Slipway’s own. */
  | { kind: 'said'; mark: string; text: string; tone: Tone }
);

/** `next`: the one that is put at the prompt by the key. `last`: what was typed last. */
export type CommandPart = { line: string; typed: boolean; next: boolean; last: boolean };

/** `word` says in words what `mark` says in one character. */
export type CheckPart = {
  mark: string;
  tone: Tone;
  word: string;
  claim: string;
  /** Below the check that is open: what was found, and what to do. */
  reason: readonly { text: string; tone: Tone }[];
};

export type QuestionPart = {
  key: string;
  kind: 'predict' | 'quiz';
  ask: string;
  options: readonly OptionPart[];
  /** What to do now, or that it is answered; empty where the options say it. */
  hint: string;
  /** Why what was chosen is wrong; empty where there is nothing to say. */
  wrong: { key: string; text: string };
  /** Why the right answer is right; empty until it is revealed. */
  because: { key: string; text: string };
};

/** `mark`: ✓ right, ✗ chosen and wrong, › chosen; `word` is the same in words. */
export type OptionPart = {
  key: string;
  letter: string;
  text: string;
  mark: string;
  word: string;
  tone: Tone;
};

export function said(text: string, tone: Tone = 'plain', mark = ''): LessonPart {
  return { kind: 'said', mark, text, tone };
}
