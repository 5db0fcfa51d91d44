import { CONTAINER_ACTIONS } from './actions/container-actions.ts';
import { CARRY_ACTIONS, MOUNTS_ACTIONS, SURVEY_ACTIONS } from './actions/data-actions.ts';
import { DETAIL_ACTIONS } from './actions/detail-actions.ts';
import { LOG_ACTIONS } from './actions/log-actions.ts';
import { LESSON_ACTIONS } from './actions/lesson-actions.ts';
import { QUESTION_ACTIONS } from './actions/question-actions.ts';
import { TERMINAL_ACTIONS } from './actions/terminal-actions.ts';
import { COMPARE_ACTION } from './layers/compare-action.ts';
import { LAYERS_ACTIONS } from './layers/layers-actions.ts';
import { TREE_ACTIONS } from './actions/tree-actions.ts';
import { FILES_ACTIONS } from './files/files-actions.ts';
import { IMAGE_ACTIONS } from './actions/image-actions.ts';
import { MOVING_ACTIONS } from './actions/moving-actions.ts';
import { PROGRAM_ACTIONS } from './actions/program-actions.ts';
import { TRUST_ACTION } from './actions/trust-action.ts';
import { REVIEW_ACTION } from './actions/review-actions.ts';
import { GLOSSARY_ACTIONS } from './actions/glossary-actions.ts';
import { BUILD_ACTION } from './actions/build-action.ts';
import { PRUNE_ACTION } from './actions/prune-action.ts';
import { NETWORK_ACTIONS, VOLUME_ACTIONS } from './actions/volume-network-actions.ts';
import { WIRE_ACTIONS } from './actions/wire-actions.ts';
import type { Action, Scope } from './actions/action.ts';
import { keyLabel } from './key-label.ts';
import { hereOf, openQuestion } from './lesson-view/shown-step.ts';
import type { State } from './state.ts';

/** Every action, in the order of help and palette. */
export const ACTIONS: readonly Action[] = [
  ...CONTAINER_ACTIONS,
  ...IMAGE_ACTIONS,
  COMPARE_ACTION,
  ...VOLUME_ACTIONS,
  ...CARRY_ACTIONS,
  ...NETWORK_ACTIONS,
  PRUNE_ACTION,
  ...DETAIL_ACTIONS,
  ...SURVEY_ACTIONS,
  ...MOUNTS_ACTIONS,
  ...LOG_ACTIONS,
  ...LAYERS_ACTIONS,
  ...FILES_ACTIONS,
  ...TREE_ACTIONS,
  ...TERMINAL_ACTIONS,
  ...WIRE_ACTIONS,
  ...QUESTION_ACTIONS,
  ...LESSON_ACTIONS,
  TRUST_ACTION,
  ...MOVING_ACTIONS,
  REVIEW_ACTION,
  ...GLOSSARY_ACTIONS,
  BUILD_ACTION,
  ...PROGRAM_ACTIONS,
];

export const SCOPE_TITLES: Readonly<Record<Scope, string>> = {
  container: 'Containers',
  image: 'Images',
  volume: 'Volumes',
  network: 'Networks',
  lists: 'Any list',
  details: 'Details',
  logs: 'Logs',
  stats: 'Stats',
  layers: 'Layers',
  files: 'Files',
  mounts: 'Mounts',
  inspect: 'Inspect',
  terminal: 'Terminal, after the leader key',
  wire: 'Wire',
  question: 'Lesson, at a question',
  lesson: 'Lesson',
  everywhere: 'Everywhere',
  connect: 'Choosing an engine',
};

/** Scopes in which a key is looked up now, nearest first. */
export function activeScopes(state: State): readonly Scope[] {
  if (state.focus === 'wire') return ['wire', 'everywhere'];
  // After the leader, the keys of an open lesson are at hand but where the terminal has the same.
  if (state.focus === 'terminal') return ['terminal', ...lessonScopes(state), 'everywhere'];
  if (state.focus === 'lesson') return [...lessonScopes(state), 'everywhere'];
  if (state.focus === 'details') return [state.tabs[state.subject], 'details', state.subject, 'everywhere'];
  return [state.focus, 'lists', 'everywhere'];
}

function lessonScopes(state: State): readonly Scope[] {
  const { lesson } = state.learn;
  if (lesson === null) return [];
  return openQuestion(lesson, hereOf(state)) === null ? ['lesson'] : ['question', 'lesson'];
}

/** The actions whose keys work now, nearest scope first; a key means the first that has it. */
export function activeActions(state: State): readonly Action[] {
  return activeScopes(state).flatMap((scope) => ACTIONS.filter((a) => a.scope === scope));
}

/** The keys of an action: the person's, else its own. */
export function keysOf(state: State, action: Action): readonly string[] {
  return state.config.keys[action.id] ?? action.keys;
}

/** What a key does now. One that the person has chosen comes before one that was there already. */
export function actionFor(state: State, key: string): Action | null {
  const found = activeActions(state).filter((a) => keysOf(state, a).includes(key));
  return found.find((a) => Object.hasOwn(state.config.keys, a.id)) ?? found[0] ?? null;
}

/** The key of an action as the screen names it. */
export function firstKey(state: State, action: Action): string {
  return keyLabel(keysOf(state, action)[0] ?? '');
}
