import { editForm, moveField, pasteIntoForm, refuse } from './forms.ts';
import { makeCommand } from './make-command.ts';
import { lookAgain } from './build/look-again.ts';
import { pressBuild } from './build/build-keys.ts';
import { changeList } from './actions/moving-actions.ts';
import { carryOut, type Intent } from './intents.ts';
import { pressDiskUsage, pressPlaces } from './data/survey-keys.ts';
import { lineText } from './line.ts';
import { overlayHeight } from './overlay-views/overlay-view.ts';
import { editLine, insert, type LineInput } from './line-input.ts';
import type { Choice, Overlay } from './overlays.ts';
import { paletteActions } from './palette.ts';
import { pressLessons } from './lessons-keys.ts';
import { pressGlossary } from './glossary/glossary-keys.ts';
import { pressMyths } from './myths-keys.ts';
import { pressWelcome } from './welcome-keys.ts';
import { perform } from './actions/perform.ts';
import { pressReview } from './review-keys.ts';
import { pressRegistry } from './registry/registry-keys.ts';
import { setSearch } from './actions/search-details.ts';
import { changeWire } from './actions/wire-actions.ts';
import type { State } from './state.ts';

type Of<K extends Overlay['kind']> = Extract<Overlay, { kind: K }>;

const close: Intent = { event: { type: 'overlay-closed' } };
const change = (overlay: Overlay): Intent => ({ event: { type: 'overlay-changed', overlay } });

/** A key while something lies over the panes: nothing below it hears of it. */
export function pressOverlay(state: State, overlay: Overlay, key: string): readonly Intent[] {
  if (key === 'ctrl-c') return leave(state, overlay);
  if (key === 'ctrl-l') return [{ effect: { do: 'redraw' } }];
  switch (overlay.kind) {
    case 'help':
      return pressHelp(overlay, key);
    case 'palette':
      return pressPalette(state, overlay, key);
    case 'choice':
      return pressChoice(overlay, key);
    case 'form':
      return pressForm(overlay, key);
    case 'commands':
      return pressCommands(state, overlay, key);
    case 'filter':
      return pressFilter(state, overlay, key);
    case 'search':
      return pressSearch(state, overlay, key);
    case 'progress':
      return pressProgress(overlay, key);
    case 'page':
      return pressPage(state, overlay, key);
    case 'build':
      return pressBuild(state, overlay, key);
    case 'review':
      return pressReview(state, overlay.review, key);
    case 'places':
      return pressPlaces(state, overlay.selected, key);
    case 'disk-usage':
      return pressDiskUsage(state, overlay.selected, key);
    case 'registry':
      return pressRegistry(state, overlay.selected, key);
    case 'engines':
      return [];
    case 'lessons':
      return pressLessons(state, overlay, key);
    case 'glossary':
      return pressGlossary(state, overlay, key);
    case 'myths':
      return pressMyths(overlay, key);
    case 'welcome':
      return pressWelcome(overlay, key);
  }
}

/** Leaves an overlay and undoes what it had only tried out. */
function leave(state: State, overlay: Overlay): readonly Intent[] {
  if (overlay.kind === 'filter') return [setFilter(overlay.of, overlay.before), close];
  if (overlay.kind === 'search') return [close, ...setSearch(state, overlay.before)];
  return [close];
}

const STEPS: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  pgup: -10,
  pgdn: 10,
  home: -Infinity,
  end: Infinity,
};

function step(key: string, letters: boolean): number {
  if (letters && key === 'k') return -1;
  if (letters && key === 'j') return 1;
  return STEPS[key] ?? 0;
}

const clamp = (value: number, last: number): number => Math.max(0, Math.min(last, value));

function pressHelp(overlay: Of<'help'>, key: string): readonly Intent[] {
  if (['esc', 'q', '?', 'f1', 'enter'].includes(key)) return [close];
  const by = step(key, true);
  return by === 0 ? [] : [change({ ...overlay, scroll: clamp(overlay.scroll + by, 999) })];
}

function pressProgress({ command }: Of<'progress'>, key: string): readonly Intent[] {
  if (key === 'x') return [{ effect: { do: 'stop-task', id: command } }];
  return ['esc', 'enter', 'q'].includes(key) ? [close] : [];
}

function pressPage({ size }: State, { page, scroll }: Of<'page'>, key: string): readonly Intent[] {
  if (['esc', 'q', 'enter'].includes(key)) return [close];
  if (key === 'y') {
    const text = page.lines.map(lineText).join('\n');
    return [{ effect: { do: 'copy', text, what: page.title } }];
  }
  const by = key === 'space' ? 10 : step(key, true);
  const to = clamp(scroll + by, page.lines.length - overlayHeight(size));
  return by === 0 ? [] : [change({ kind: 'page', page, scroll: to })];
}

function pressPalette(state: State, overlay: Of<'palette'>, key: string): readonly Intent[] {
  const found = paletteActions(state, overlay.input.text);
  if (key === 'esc') return [close];
  if (key === 'enter') {
    const action = found[overlay.selected];
    return action === undefined ? [close] : [close, ...perform(state, action)];
  }
  const by = key === 'tab' ? 1 : key === 'shift-tab' ? -1 : step(key, false);
  if (by !== 0 && key !== 'home' && key !== 'end') {
    return [change({ ...overlay, selected: clamp(overlay.selected + by, found.length - 1) })];
  }
  const input = editLine(overlay.input, key);
  return input === null ? [] : [change({ ...overlay, input, selected: 0 })];
}

function pressChoice(overlay: Of<'choice'>, key: string): readonly Intent[] {
  const { options } = overlay.choice;
  if (key === 'esc' || key === 'q' || key === 'n') return [close];
  if (key === 'enter' || key === 'space') return [close, ...choose(overlay.choice, overlay.selected)];
  const by =
    key === 'tab' || key === 'right' ? 1 : key === 'shift-tab' || key === 'left' ? -1 : step(key, true);
  return by === 0 ? [] : [change({ ...overlay, selected: clamp(overlay.selected + by, options.length - 1) })];
}

export function choose(choice: Choice, selected: number): readonly Intent[] {
  const outcome = choice.options[selected]?.outcome ?? null;
  if (outcome === null) return [];
  if ('carryOut' in outcome) return [carryOut(outcome.carryOut)];
  if ('effect' in outcome) return [{ effect: outcome.effect }];
  return [{ effect: { do: 'quit', keepSandbox: outcome.quit === 'keep-sandbox' } }];
}

function pressForm(overlay: Of<'form'>, key: string): readonly Intent[] {
  const { form } = overlay;
  if (key === 'esc') return [close];
  if (key === 'tab' || key === 'down') return [change({ kind: 'form', form: moveField(form, 1) })];
  if (key === 'shift-tab' || key === 'up') return [change({ kind: 'form', form: moveField(form, -1) })];
  if (key === 'enter') return submit(overlay);
  const edited = editForm(form, key);
  return edited === null ? [] : [change({ kind: 'form', form: edited }), ...lookAgain(form, edited)];
}

function submit({ form }: Of<'form'>): readonly Intent[] {
  const made = form.problem === '' ? makeCommand(form) : { ok: false as const, why: form.problem };
  if (!made.ok) return [change({ kind: 'form', form: refuse(form, made.why) })];
  if ('effect' in made) return [close, { effect: made.effect }];
  return [close, carryOut([made.command])];
}

function pressCommands(state: State, overlay: Of<'commands'>, key: string): readonly Intent[] {
  if (['esc', 'q', '@'].includes(key)) return [close];
  const line = state.commands[overlay.selected]?.line;
  if (key === 'y' && line !== undefined) return [{ effect: { do: 'copy', text: line, what: line } }];
  const by = step(key, true);
  return by === 0
    ? []
    : [change({ ...overlay, selected: clamp(overlay.selected + by, state.commands.length - 1) })];
}

function pressFilter(state: State, overlay: Of<'filter'>, key: string): readonly Intent[] {
  if (key === 'esc') return leave(state, overlay);
  if (key === 'enter' || key === 'tab') return [close];
  const input = editLine(overlay.input, key);
  return input === null ? [] : filtered(overlay, input);
}

/** The list follows the filter while it is typed. */
function filtered(overlay: Of<'filter'>, input: LineInput): readonly Intent[] {
  return [change({ ...overlay, input }), setFilter(overlay.of, input.text)];
}

function setFilter(of: Of<'filter'>['of'], filter: string): Intent {
  if (of === 'files') return { event: { type: 'files-looked-at', view: { filter } } };
  return of === 'wire' ? changeWire({ filter }) : changeList(of, { filter });
}

function pressSearch(state: State, overlay: Of<'search'>, key: string): readonly Intent[] {
  if (key === 'esc') return leave(state, overlay);
  if (key === 'enter') return [close];
  const input = editLine(overlay.input, key);
  return input === null ? [] : [change({ ...overlay, input }), ...setSearch(state, input.text)];
}

export function pasteIntoOverlay(state: State, overlay: Overlay, text: string): readonly Intent[] {
  switch (overlay.kind) {
    case 'form': {
      const form = pasteIntoForm(overlay.form, text);
      return [change({ kind: 'form', form }), ...lookAgain(overlay.form, form)];
    }
    case 'palette':
    case 'glossary':
      return [change({ ...overlay, input: insert(overlay.input, text), selected: 0 })];
    case 'lessons':
      return overlay.searching
        ? [change({ ...overlay, input: insert(overlay.input, text), selected: 0 })]
        : [];
    case 'filter':
      return filtered(overlay, insert(overlay.input, text));
    case 'search': {
      const input = insert(overlay.input, text);
      return [change({ ...overlay, input }), ...setSearch(state, input.text)];
    }
    default:
      return [];
  }
}
