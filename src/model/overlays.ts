import type { Command } from '../engine/commands.ts';
import type { Kind } from '../engine/objects.ts';
import type { Myth } from '../lesson/myths.ts';
import type { Effect } from './intents.ts';
import type { Form } from './forms.ts';
import type { Line } from './line.ts';
import type { LineInput } from './line-input.ts';
import type { Review } from './review-state.ts';

/** What may lie over the panes; the last one of `State.overlays` has the keys. */
export type Overlay =
  | { kind: 'help'; scroll: number }
  | { kind: 'palette'; input: LineInput; selected: number }
  | { kind: 'choice'; choice: Choice; selected: number }
  | { kind: 'form'; form: Form }
  | { kind: 'commands'; selected: number }
  | { kind: 'filter'; of: Kind | 'wire' | 'files'; input: LineInput; before: string }
  | { kind: 'search'; input: LineInput; before: string }
  | { kind: 'progress'; command: number }
  /** Something to read, as it was when it was opened: a file, a comparison. */
  | { kind: 'page'; page: Page; scroll: number }
  /** The build that runs or ran last; `scroll` is null while its end is in view. */
  | { kind: 'build'; scroll: number | null }
  | { kind: 'review'; review: Review }
  | { kind: 'places'; selected: number }
  | { kind: 'disk-usage'; selected: number }
  | { kind: 'registry'; selected: number }
  | { kind: 'engines' }
  /** `input` is what is searched for; `searching` while it is typed. */
  | { kind: 'lessons'; selected: number; input: LineInput; searching: boolean }
  /** `only`: these words; null for all. `open` is the word whose entry is read, `link` what is selected in it. */
  | {
      kind: 'glossary';
      input: LineInput;
      selected: number;
      only: readonly string[] | null;
      open: string | null;
      link: number;
    }
  | { kind: 'myths'; myths: readonly Myth[]; selected: number }
  | { kind: 'welcome'; selected: number };

export type Page = { title: string; lines: readonly Line[] };

/** A question before something that cannot be undone, or one with several answers. Cancel is always the first. */
export type Choice = {
  title: string;
  /** What goes, and what stays. */
  body: readonly string[];
  options: readonly ChoiceOption[];
};

export type ChoiceOption = { label: string; line: string; outcome: ChoiceOutcome };
export type ChoiceOutcome =
  | { carryOut: readonly Command[] }
  | { quit: 'plain' | 'keep-sandbox' }
  | { effect: Effect }
  | null;

export function cancelOption(): ChoiceOption {
  return { label: 'Cancel', line: '', outcome: null };
}
