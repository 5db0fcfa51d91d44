import { followLesson } from './follow-lesson.ts';
import type { Kind } from '../engine/objects.ts';
import { flash, flashing } from './flashes.ts';
import { keyLabel } from './key-label.ts';
import { isInShell, leaderLabel } from './leader-key.ts';
import { reduceLearn, type LearnEvent } from './learn-state.ts';
import { REGISTRY_KEYS } from './registry/registry-keys.ts';
import { selectRows } from './select-rows.ts';
import { tabsOf } from './select-subjects.ts';
import { isList, type State, type Tab } from './state.ts';

/** What happened in a lesson, and what it does to the rest of the screen. */
export function reduceLearning(state: State, event: LearnEvent): State {
  const learn = reduceLearn(state.learn, event);
  if (learn === state.learn) return state;
  const next = followLesson(state, { ...state, learn }, event);
  switch (event.type) {
    case 'lesson-opened':
      return openLesson(next);
    case 'lesson-closed':
      return closeLesson(next);
    case 'checks-judged':
      return flashPassed(state, next);
    default:
      return next;
  }
}

/** The lesson comes to the front, with the terminal that its commands are typed in. */
function openLesson(state: State): State {
  const typedBefore = state.shells.typed.at(-1)?.id ?? -1;
  return {
    ...state,
    learn: { ...state.learn, typedBefore },
    focus: 'lesson',
    above: 'lesson',
    zoomed: false,
    dock: { open: true, front: 'terminal' },
    overlays: state.overlays.filter((o) => !['lessons', 'welcome', 'engines'].includes(o.kind)),
  };
}

function closeLesson(state: State): State {
  if (state.focus !== 'lesson') return state;
  return { ...state, focus: state.subject, zoomed: false };
}

const KINDS_OF_LISTS: Readonly<Record<string, Kind>> = {
  containers: 'container',
  images: 'image',
  volumes: 'volume',
  networks: 'network',
};

/** What a check that has just passed is about catches the eye. */
function flashPassed(before: State, state: State): State {
  const lesson = state.learn.lesson;
  if (lesson === null) return state;
  const known = before.learn.lesson?.passed;
  const passed = lesson.lesson.steps
    .flatMap((step) => step.checks)
    .filter(({ id, look }) => look !== '' && lesson.passed.has(id) && !known?.has(id));
  return passed.reduce((next, { id, look }) => showPlace(next, look, lesson.passed.get(id)!), state);
}

/** `containers/keep/logs` flashes, and is selected, so that the details beside it tell of it; `wire` flashes. */
function showPlace(state: State, look: string, at: number): State {
  if (look === 'wire') return flash(state, [{ kind: 'wire', ref: '' }], at);
  if (look === 'registry') return pointAtRegistry(state, at);
  const [list = '', ref = '', tab = ''] = look.split('/');
  const kind = KINDS_OF_LISTS[list];
  if (kind === undefined || ref === '') return state;
  return selectPlace(
    flash(state, [{ kind, ref }], at),
    kind,
    ref,
    tabsOf(kind).find((known) => known === tab) ?? null,
  );
}

/** How long the way to the page is told, in milliseconds. */
const POINTED_FOR = 8_000;

/** Its page would lie over what is being read: who wants to see it is told how. Where it is open, it shows it itself. */
function pointAtRegistry(state: State, at: number): State {
  if (state.overlays.some(({ kind }) => kind === 'registry')) return state;
  const leader = isInShell(state) ? `${leaderLabel(state.config)} ` : '';
  const key = keyLabel((state.config.keys['registry'] ?? REGISTRY_KEYS)[0] ?? '');
  const text = `${leader}${key} shows what the registry holds now.`;
  return { ...state, notice: { tone: 'plain', text, advice: '', until: at + POINTED_FOR } };
}

/** Who moves about in the lists or the details just now is not interrupted. */
function selectPlace(state: State, kind: Kind, ref: string, tab: Tab | null): State {
  const isBusy = isList(state.focus) || state.focus === 'details';
  const rows = selectRows(state, kind);
  const index = rows.findIndex(({ item }) => flashing([{ kind, ref, until: 0 }], [item]).size > 0);
  const row = rows[index];
  if (isBusy || row === undefined) return state;
  const view = { ...state.lists[kind], selected: row.key, index };
  return {
    ...state,
    subject: kind,
    lists: { ...state.lists, [kind]: view },
    tabs: tab === null ? state.tabs : { ...state.tabs, [kind]: tab },
  };
}
