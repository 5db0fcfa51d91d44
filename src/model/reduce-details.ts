import type { StatsSample } from '../engine/engine.ts';
import type { DetailFact } from './events.ts';
import { openTree, replaceTreeValue, type TreeState } from './json-tree.ts';
import { appendLog, openLogView } from './log-view.ts';
import type { OpenLog, State } from './state.ts';

/** Samples kept of a container: five minutes at one a second. */
const SAMPLES_KEPT = 300;

export function reduceDetails(state: State, event: DetailFact): State {
  switch (event.type) {
    case 'log-opened':
      return { ...state, log: openLog(state.log, event.container) };
    case 'log-arrived':
      return withLog(state, event.container, (log) => ({
        ...log,
        phase: 'open',
        view: appendLog(log.view, event.lines),
      }));
    case 'log-ended':
      return withLog(state, event.container, (log) => ({ ...log, phase: 'ended', why: event.why }));
    case 'log-changed':
      return state.log === null ? state : { ...state, log: { ...state.log, view: event.log } };
    case 'stats-sampled':
      return { ...state, usage: addSamples(state, event.samples) };
    case 'inspect-asked':
      return isAbout(state, event.of) ? state : { ...state, tree: { of: event.of, phase: 'loading' } };
    case 'inspect-read':
      return { ...state, tree: { of: event.of, phase: 'read', tree: readTree(state, event) } };
    case 'inspect-failed':
      return { ...state, tree: { of: event.of, phase: 'failed', why: event.why } };
    case 'tree-changed':
      return state.tree?.phase === 'read' ? { ...state, tree: { ...state.tree, tree: event.tree } } : state;
  }
}

/** Another revision of the same thing is read in the background: what is on screen stays until it is there. */
function isAbout(state: State, of: string): boolean {
  return state.tree?.phase === 'read' && identity(state.tree.of) === identity(of);
}

function readTree(state: State, { of, value }: Extract<DetailFact, { type: 'inspect-read' }>): TreeState {
  return isAbout(state, of) && state.tree?.phase === 'read'
    ? replaceTreeValue(state.tree.tree, value)
    : openTree(value);
}

const identity = (of: string): string => of.split(' ').slice(0, 2).join(' ');

/** The way a log is looked at (wrapped, with times) is kept from one container to the next. */
function openLog(before: OpenLog | null, container: string): OpenLog {
  const fresh = openLogView();
  if (before === null) return { container, view: fresh, phase: 'opening', why: '' };
  const { wrap, timestamps } = before.view;
  return { container, view: { ...fresh, wrap, timestamps }, phase: 'opening', why: '' };
}

function withLog(state: State, container: string, change: (log: OpenLog) => OpenLog): State {
  return state.log?.container === container ? { ...state, log: change(state.log) } : state;
}

/** Only of containers that are still there, so that the past of removed ones is forgotten. */
function addSamples(
  state: State,
  samples: readonly { container: string; sample: StatsSample }[],
): State['usage'] {
  const containers = state.objects.container.items;
  const next = new Map([...state.usage].filter(([id]) => containers?.has(id)));
  for (const { container, sample } of samples) {
    next.set(container, [...(next.get(container) ?? []), sample].slice(-SAMPLES_KEPT));
  }
  return next;
}
