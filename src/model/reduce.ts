import { reduceBuild } from './build/reduce-build.ts';
import { reduceCommands } from './command-log.ts';
import { reduceConnect } from './connect-state.ts';
import type { Event } from './events.ts';
import { reduceFiles } from './files/reduce-files.ts';
import { followTyped } from './follow-lesson.ts';
import { keepPlace } from './keep-place.ts';
import { reduceData } from './data/data-state.ts';
import { reduceDetails } from './reduce-details.ts';
import { reduceObjects } from './reduce-objects.ts';
import { reduceLayers } from './layers/reduce-layers.ts';
import { withoutOldFlashes } from './flashes.ts';
import { reduceLearning } from './reduce-learning.ts';
import { noteCalls, noteEnd, noteNewImages } from './typed-work.ts';
import type { CommandEvent } from './command-log.ts';
import { reduceRegistry } from './registry/registry-state.ts';
import { reduceShells, type ShellEvent } from './shells.ts';
import {
  initialState,
  isList,
  type Above,
  type EngineState,
  type Focus,
  type ListView,
  type State,
} from './state.ts';
import { reduceWire } from './wire-log.ts';

/** What happened, folded into the state. Total: an event without meaning for the state gives the same state back. */
export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'engine-search-started':
    case 'engines-found':
    case 'no-engine-found':
    case 'choice-moved':
    case 'work-started':
    case 'work-progressed':
    case 'work-failed':
      return put(state, 'connect', reduceConnect(state.connect, event));
    case 'engine-connected':
      return onNewEngine(state, event);
    case 'engine-described':
      return withEngine(state, (engine) => ({ ...engine, about: event.about }));
    case 'engine-lost':
      return withEngine(state, (engine) => lose(engine, event));
    case 'engine-back':
      return withEngine(state, (engine) => (engine.lost === null ? engine : { ...engine, lost: null }));
    case 'engine-left':
      return withoutEngine(state);
    case 'list-read':
    case 'items-read':
      return onItems(state, event);
    case 'list-failed':
    case 'layers-counted':
    case 'volumes-measured':
      return put(state, 'objects', reduceObjects(state.objects, event));
    case 'log-opened':
    case 'log-arrived':
    case 'log-ended':
    case 'log-changed':
    case 'stats-sampled':
    case 'inspect-asked':
    case 'inspect-read':
    case 'inspect-failed':
    case 'tree-changed':
      return reduceDetails(state, event);
    case 'container-data-read':
    case 'volume-options-read':
    case 'data-failed':
    case 'data-scrolled':
    case 'survey-begun':
    case 'survey-read':
    case 'survey-ended':
      return reduceData(state, event);
    case 'registry-opened':
    case 'registry-used':
    case 'registry-read':
    case 'registry-lost':
    case 'registry-closed':
      return put(state, 'registry', reduceRegistry(state.registry, event));
    case 'layers-opened':
    case 'layers-outlined':
    case 'layers-outline-failed':
    case 'layers-sharing-told':
    case 'layers-wanted':
    case 'layers-reading':
    case 'layers-read':
    case 'layers-read-failed':
    case 'layers-reading-stopped':
    case 'layers-look-changed':
    case 'mounts-told':
    case 'changes-told':
    case 'changes-failed':
      return put(state, 'layers', reduceLayers(state.layers, event));
    case 'command-started':
    case 'command-progressed':
    case 'command-succeeded':
    case 'command-failed':
      return noteMade(put(state, 'commands', reduceCommands(state.commands, event)), event);
    case 'shell-opened':
    case 'shell-known':
    case 'shell-drawn':
    case 'shell-ended':
    case 'shell-closed':
    case 'shell-chosen':
    case 'leader-pressed':
    case 'leader-answered':
    case 'line-typed':
    case 'typed-command-started':
    case 'typed-command-ended':
      return noteShell(put(state, 'shells', reduceShells(state.shells, event)), event);
    case 'wire-called':
      return noteCalls(put(state, 'wire', reduceWire(state.wire, event)), event.calls);
    case 'wire-changed':
      return put(state, 'wire', reduceWire(state.wire, event));
    case 'catalogue-read':
    case 'sets-read':
    case 'set-chosen':
    case 'glossary-read':
    case 'lesson-opened':
    case 'lesson-rewritten':
    case 'lesson-changed':
    case 'checks-judged':
    case 'step-ended':
    case 'step-shown':
    case 'question-answered':
    case 'hint-opened':
    case 'lesson-closed':
    case 'error-explained':
      return reduceLearning(state, event);
    case 'context-look-changed':
    case 'build-started':
    case 'build-context-read':
    case 'build-sent':
    case 'build-told':
    case 'build-succeeded':
    case 'build-failed':
      return put(state, 'build', reduceBuild(state.build, event));
    case 'files-opened':
    case 'folder-progressed':
    case 'folder-read':
    case 'folder-failed':
    case 'folder-changed':
    case 'folder-stopped':
    case 'files-looked-at':
      return put(state, 'files', reduceFiles(state.files, event));
    case 'screen-resized':
      return put(state, 'size', { columns: event.columns, rows: event.rows });
    case 'time-passed':
      return put(put(state, 'now', event.now), 'flashes', withoutOldFlashes(state.flashes, event.now));
    case 'run-named':
      return { ...state, own: { ...state.own, label: event.label, run: event.run } };
    case 'whose-chosen':
      return put(state, 'whose', event.whose);
    case 'focus-moved':
      return moveFocus(
        put(state, 'shells', reduceShells(state.shells, { type: 'leader-answered' })),
        event.to,
      );
    case 'list-changed':
      return withList(state, event.kind, event.view);
    case 'tab-chosen':
      return { ...state, tabs: { ...state.tabs, [state.subject]: event.tab } };
    case 'zoom-toggled':
      return { ...state, zoomed: !state.zoomed };
    case 'dock-toggled':
      return toggleDock(state);
    case 'mouse-toggled':
      return { ...state, mouse: !state.mouse };
    case 'overlay-opened':
      return { ...state, overlays: [...state.overlays, event.overlay] };
    case 'overlay-changed':
      return { ...state, overlays: [...state.overlays.slice(0, -1), event.overlay] };
    case 'overlay-closed':
      return { ...state, overlays: state.overlays.slice(0, -1) };
    case 'notice-shown':
      return { ...state, notice: event.notice };
    case 'notice-gone':
      return put(state, 'notice', null);
  }
}

function put<K extends keyof State>(state: State, key: K, value: State[K]): State {
  return Object.is(state[key], value) ? state : { ...state, [key]: value };
}

function withEngine(state: State, change: (engine: EngineState) => EngineState): State {
  return state.engine === null ? state : put(state, 'engine', change(state.engine));
}

function lose(
  engine: EngineState,
  { at, why, advice }: Extract<Event, { type: 'engine-lost' }>,
): EngineState {
  const since = engine.lost?.since ?? at;
  // It is tried several times a second: the same answer again is nothing new to draw.
  if (engine.lost?.why === why && engine.lost.advice === advice) return engine;
  return { ...engine, lost: { since, why, advice } };
}

function onItems(state: State, event: Extract<Event, { type: 'list-read' | 'items-read' }>): State {
  const read = keepPlace(state, put(state, 'objects', reduceObjects(state.objects, event)), event.kind);
  return event.kind === 'image' ? noteNewImages(state, read, event.at) : read;
}

/** What keys have made is as much ours as what went through the wire. */
function noteMade(state: State, event: CommandEvent): State {
  if (event.type !== 'command-succeeded' || event.made.length === 0) return state;
  return { ...state, own: { ...state.own, made: new Set([...state.own.made, ...event.made]) } };
}

function noteShell(state: State, event: ShellEvent): State {
  // What was said of the last command is over with the next.
  if (event.type === 'typed-command-started')
    return reduceLearning(state, { type: 'error-explained', explained: null });
  return event.type === 'typed-command-ended' ? followTyped(noteEnd(state, event.id)) : state;
}

/** Nothing of an engine is kept but what was done: the log of commands, the wire, and the shells, which live on; and lessons. */
function withoutEngine(state: State): State {
  const { commands, mouse, dock, shells, wire, own, learn, above, build } = state;
  const registry = learn.lesson === null ? {} : { registry: state.registry };
  const kept = { commands, mouse, dock, shells, wire, own, learn, above, build, ...registry };
  // A lesson goes on over a change of the engine, which may be its own doing.
  const focus = learn.lesson !== null && !isList(state.focus) ? { focus: state.focus } : {};
  const overlays = state.overlays.filter((o) => o.kind === 'lessons' || o.kind === 'welcome');
  return { ...initialState(state.size, state.now, state.config), ...kept, ...focus, overlays };
}

function onNewEngine(state: State, event: Extract<Event, { type: 'engine-connected' }>): State {
  const { family, host, apiVersion, sandbox, standing = '' } = event;
  return {
    ...withoutEngine(state),
    connect: { phase: 'done' },
    engine: { family, host, apiVersion, sandbox, standing, about: null, lost: null },
  };
}

/** The terminal and the wire come into view with the focus. */
function moveFocus(state: State, to: Focus): State {
  if (to === 'lesson' && state.learn.lesson === null) return state;
  const above = aboveFor(to, state.above);
  const isSame = state.focus === to && state.above === above;
  if (isSame && (isList(to) || to === 'details' || to === 'lesson' || state.dock.open)) return state;
  const dock = to === 'terminal' || to === 'wire' ? { open: true, front: to } : state.dock;
  return { ...state, focus: to, dock, above, subject: isList(to) ? to : state.subject };
}

/** The lesson comes back with itself and with the terminal; the wire leaves what stands above it. */
function aboveFor(to: Focus, before: Above): Above {
  if (to === 'wire') return before;
  if (to === 'lesson' || to === 'terminal') return 'lesson';
  return to === 'details' ? 'details' : 'lists';
}

/** Who hides the pane that has the focus goes back to the list. */
function toggleDock(state: State): State {
  const open = !state.dock.open;
  const wasIn = state.focus === 'terminal' || state.focus === 'wire';
  const leaves = !open && wasIn;
  return {
    ...state,
    dock: { ...state.dock, open },
    focus: leaves ? state.subject : state.focus,
    zoomed: leaves ? false : state.zoomed,
  };
}

function withList(state: State, kind: keyof State['lists'], view: Partial<ListView>): State {
  return { ...state, lists: { ...state.lists, [kind]: { ...state.lists[kind], ...view } } };
}
