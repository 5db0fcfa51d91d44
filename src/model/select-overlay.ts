import type { Tone } from './columns.ts';
import type { CommandRecord } from './command-log.ts';
import { LINE_FIELD } from './form-fields.ts';
import { formLine, type Field, type Form } from './forms.ts';
import { humanSize } from './human-size.ts';
import { ACTIONS, activeScopes, firstKey, keyLabel, keysOf, SCOPE_TITLES } from './keymap.ts';
import { memoizeLast } from './memoize.ts';
import type { Choice, Overlay } from './overlays.ts';
import { paletteActions } from './palette.ts';
import type { State } from './state.ts';
import { wrapWords } from './wrap-words.ts';

/** A piece of a line with its tone; `key` is a name of a key. */
export type Piece = { text: string; tone: Tone | 'key' | 'title' };
export type Line = readonly Piece[];

/** A box over the panes: lines, with one of them selected, or a field with the cursor. */
export type OverlayView = {
  title: string;
  /** Cells wanted inside the borders; the screen may give less. */
  width: number;
  lines: readonly Line[];
  /** Index into `lines` of the selected one, kept in view; -1 for none. */
  selected: number;
  /** First line in view where nothing is selected. */
  scroll: number;
  /** Where the cursor stands, by line and character of its text. */
  cursor: { line: number; character: number } | null;
};

/** Where longer texts are broken: what an overlay has inside at 80 columns. */
const TEXT_WIDTH = 68;

function textLines(text: string, tone: Piece['tone']): Line[] {
  return wrapWords(text, TEXT_WIDTH).map((line) => [piece(line, tone)]);
}

const piece = (text: string, tone: Piece['tone'] = 'plain'): Piece => ({ text, tone });
const EMPTY_LINE: Line = [piece('')];

export function selectOverlay(state: State): OverlayView | null {
  const overlay = state.overlays.findLast(
    (o) => o.kind !== 'engines' && o.kind !== 'filter' && o.kind !== 'search',
  );
  if (overlay === undefined) return null;
  switch (overlay.kind) {
    case 'help':
      return helpView(overlay, state);
    case 'palette':
      return paletteView(overlay, state);
    case 'choice':
      return choiceView(overlay.choice, overlay.selected);
    case 'form':
      return formView(overlay.form);
    case 'commands':
      return commandsView(state.commands, overlay.selected);
    case 'progress':
      return progressView(state.commands.find((c) => c.id === overlay.command) ?? null);
    default:
      return null;
  }
}

const helpView = memoizeLast((overlay: Extract<Overlay, { kind: 'help' }>, state: State): OverlayView => {
  const here = activeScopes(state);
  const scopes = [
    ...here,
    ...(Object.keys(SCOPE_TITLES) as (keyof typeof SCOPE_TITLES)[]).filter((s) => !here.includes(s)),
  ];
  const lines: Line[] = [];
  for (const scope of scopes) {
    const actions = ACTIONS.filter((a) => a.scope === scope);
    if (actions.length === 0) continue;
    if (lines.length > 0) lines.push(EMPTY_LINE);
    lines.push([piece(SCOPE_TITLES[scope], 'title'), piece(here.includes(scope) ? '  (here)' : '', 'quiet')]);
    for (const action of actions) {
      lines.push([
        piece(keysOf(state, action).map(keyLabel).join('  ').padEnd(16), 'key'),
        piece(action.title),
      ]);
    }
  }
  return { title: 'Keys', width: 64, lines, selected: -1, scroll: overlay.scroll, cursor: null };
});

const paletteView = memoizeLast(
  (overlay: Extract<Overlay, { kind: 'palette' }>, state: State): OverlayView => {
    const actions = paletteActions(state, overlay.input.text);
    const lines: Line[] = [[piece(': ', 'key'), piece(overlay.input.text)], EMPTY_LINE];
    for (const action of actions) {
      const why = action.unavailable?.(state) ?? '';
      lines.push([
        piece(firstKey(state, action).padEnd(11), 'key'),
        piece(action.title.padEnd(44), why === '' ? 'plain' : 'quiet'),
        piece(SCOPE_TITLES[action.scope], 'quiet'),
      ]);
    }
    if (actions.length === 0) lines.push([piece('No command of this name.', 'quiet')]);
    const cursor = { line: 0, character: 2 + overlay.input.cursor };
    return {
      title: 'All commands',
      width: 72,
      lines,
      selected: actions.length === 0 ? -1 : overlay.selected + 2,
      scroll: 0,
      cursor,
    };
  },
);

const choiceView = memoizeLast((choice: Choice, selected: number): OverlayView => {
  const body: Line[] = choice.body.map((text) => [piece(text, 'quiet')]);
  if (body.length > 0) body.push(EMPTY_LINE);
  const widest = Math.max(...choice.options.map((o) => o.label.length));
  const isLong = choice.options.some((o) => widest + 4 + o.line.length > TEXT_WIDTH);
  const options = choice.options.map((o): Line => {
    const line = o.line === '' || isLong ? '' : `$ ${o.line}`;
    return [piece(isLong ? o.label : `${o.label.padEnd(widest)}  `), piece(line, 'quiet')];
  });
  const whole = choice.options[selected]?.line ?? '';
  const below = isLong ? [EMPTY_LINE, ...textLines(whole === '' ? '' : `$ ${whole}`, 'quiet')] : [];
  const lines = [...body, ...options, ...below];
  return { title: choice.title, width: 76, lines, selected: body.length + selected, scroll: 0, cursor: null };
});

const LABEL_WIDTH = 11;

/** What an overlay of a form has inside at 80 columns, beside the labels. */
const VALUE_WIDTH = TEXT_WIDTH - LABEL_WIDTH - 2;

const formView = memoizeLast((form: Form): OverlayView => {
  const before = form.fields.slice(0, form.focused).flatMap((field) => fieldLines(field, false));
  const focused = form.fields[form.focused];
  const own = focused === undefined ? [] : fieldLines(focused, true);
  const after = form.fields.slice(form.focused + 1).flatMap((field) => fieldLines(field, false));
  const line = before.length + own.length - 1;
  const value = focused?.value;
  const cursor = value?.kind === 'text' ? { line, character: LABEL_WIDTH + 2 + value.input.cursor } : null;
  const lines = [...before, ...own, ...after, EMPTY_LINE, ...footLines(form)];
  return { title: form.title, width: 86, lines, selected: line, scroll: 0, cursor };
});

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

const commandsView = memoizeLast((commands: readonly CommandRecord[], selected: number): OverlayView => {
  const lines = commands.map(commandLineOf);
  const record = commands[selected];
  const more = record?.result ? resultLines(record.result) : [];
  const none: Line[] = [[piece('Nothing has been asked of the engine yet.', 'quiet')]];
  return {
    title: 'Commands so far',
    width: 90,
    lines: commands.length === 0 ? none : [...lines, ...more],
    selected: commands.length === 0 ? -1 : selected,
    scroll: 0,
    cursor: null,
  };
});

function resultLines(result: NonNullable<CommandRecord['result']>): Line[] {
  if (result.ok) return result.text === '' ? [] : [EMPTY_LINE, ...textLines(result.text, 'quiet')];
  return [EMPTY_LINE, ...textLines(result.text, 'bad'), ...textLines(result.advice, 'plain')];
}

function commandLineOf(record: CommandRecord): Line {
  const { result, endedAt, startedAt } = record;
  const mark = result === null ? piece('…') : result.ok ? piece('✓', 'good') : piece('✗', 'bad');
  const time = new Date(startedAt).toTimeString().slice(0, 8);
  const took = endedAt === null ? '' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`;
  return [mark, piece(` ${time} `, 'quiet'), piece(took.padStart(7), 'quiet'), piece(`  ${record.line}`)];
}

const progressView = memoizeLast((record: CommandRecord | null): OverlayView | null => {
  if (record === null) return null;
  const lines: Line[] = record.progress.map(({ id, text, current, total }): Line => [
    piece(id.slice(0, 12).padEnd(14), 'quiet'),
    piece(text.slice(0, 24).padEnd(26)),
    piece(total === null || current === null || total <= 0 ? '' : bar(current, total), 'accent'),
  ]);
  if (record.result === null && lines.length === 0) lines.push([piece('Asking …', 'quiet')]);
  if (record.result?.ok === true) lines.push([piece('✓ done', 'good')]);
  if (record.result?.ok === false)
    lines.push([piece('✗ It failed:', 'bad')], ...resultLines(record.result).slice(1));
  const scroll = Math.max(0, lines.length - 1);
  return { title: record.line, width: 84, lines, selected: -1, scroll, cursor: null };
});

const BAR_WIDTH = 20;

function bar(current: number, total: number): string {
  const filled = Math.max(0, Math.min(BAR_WIDTH, Math.round((BAR_WIDTH * current) / total)));
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${humanSize(current)} of ${humanSize(total)}`;
}
