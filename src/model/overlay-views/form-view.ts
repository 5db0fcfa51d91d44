import { LINE_FIELD } from '../form-fields.ts';
import { formLine, type Field, type Form } from '../forms.ts';
import { memoizeLast } from '../memoize.ts';
import { wrapWords } from '../wrap-words.ts';
import { TEXT_WIDTH, textLines, type OverlayView } from './overlay-view.ts';
import { EMPTY_LINE, piece, type Line, type Piece } from '../line.ts';

const LABEL_WIDTH = 11;

/** What an overlay of a form has inside at 80 columns, beside the labels. */
const VALUE_WIDTH = TEXT_WIDTH - LABEL_WIDTH - 2;

/** A form: its fields, the one with the cursor, the command that it makes, and notes on what is in the fields. */
export const formView = memoizeLast((form: Form, notes: readonly Line[]): OverlayView => {
  const before = form.fields.slice(0, form.focused).flatMap((field) => fieldLines(field, false));
  const focused = form.fields[form.focused];
  const own = focused === undefined ? [] : fieldLines(focused, true);
  const after = form.fields.slice(form.focused + 1).flatMap((field) => fieldLines(field, false));
  const line = before.length + own.length - 1;
  const value = focused?.value;
  const cursor = value?.kind === 'text' ? { line, character: LABEL_WIDTH + 2 + value.input.cursor } : null;
  const foot = [...noteLines(form), ...footLines(form), ...notes];
  const lines = [...before, ...own, ...after, EMPTY_LINE, ...foot];
  return { title: form.title, width: 86, lines, selected: line, scroll: 0, cursor };
});

/** What one should know before. */
function noteLines({ purpose }: Form): readonly Line[] {
  if (purpose.kind !== 'commit' || purpose.leaves.length === 0) return [];
  return [...purpose.leaves.flatMap((note) => textLines(note, 'warning')), EMPTY_LINE];
}

/** Why it cannot be sent, or the command it makes where no field shows it. */
function footLines(form: Form): readonly Line[] {
  if (form.problem !== '') return textLines(`! ${form.problem}`, 'bad');
  if (form.fields.some((f) => f.id === LINE_FIELD)) return [];
  return textLines(`$ ${formLine(form)}`, 'quiet');
}

function fieldLines(field: Field, focused: boolean): readonly Line[] {
  const label = piece(field.label.padEnd(LABEL_WIDTH), focused ? 'title' : 'quiet');
  if (field.value.kind === 'toggle') {
    return [[label, piece('  '), piece(field.value.on ? '[x]' : '[ ]'), piece(`  ${field.hint}`, 'quiet')]];
  }
  const { text } = field.value.input;
  if (field.id === LINE_FIELD) return [EMPTY_LINE, ...commandFieldLines(label, text, focused)];
  const shown = text === '' ? piece(field.hint, 'quiet') : piece(text);
  return [[label, piece('  '), shown]];
}

/** The command line whole, over as many lines as it needs; while it is edited, one line that follows the cursor. */
function commandFieldLines(label: Piece, text: string, focused: boolean): readonly Line[] {
  if (focused) return [[label, piece('$ ', 'quiet'), piece(text)]];
  const [first = '', ...rest] = wrapWords(text, VALUE_WIDTH);
  const indent = piece(' '.repeat(LABEL_WIDTH + 2));
  return [[label, piece('$ ', 'quiet'), piece(first)], ...rest.map((part): Line => [indent, piece(part)])];
}
