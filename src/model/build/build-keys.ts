import { askForm } from '../actions/open-overlay.ts';
import type { Intent } from '../intents.ts';
import { lineText } from '../line.ts';
import type { Overlay } from '../overlays.ts';
import { overlayHeight } from '../overlay-views/overlay-view.ts';
import type { State } from '../state.ts';
import { EMPTY_BUILD } from './build-form.ts';
import { buildView } from './build-view.ts';
import { isBuilding } from './is-building.ts';
import { look } from './look-again.ts';

type BuildOverlay = Extract<Overlay, { kind: 'build' }>;

const close: Intent = { event: { type: 'overlay-closed' } };

/** What the bottom line names once a build is over. */
export const BUILD_OVER_HINTS: readonly (readonly [key: string, what: string])[] = [
  ['↑↓', 'scroll'],
  ['B', 'build again'],
  ['y', 'copy'],
  ['Esc', 'close'],
];

/** The form, with what was built last in it: who builds once builds again. */
export function openBuildForm(state: State): readonly Intent[] {
  const spec = state.build.current?.spec ?? EMPTY_BUILD;
  return [...askForm(state, { kind: 'build', spec }), ...look(spec)];
}

const STEPS: Readonly<Record<string, number>> = {
  up: -1,
  k: -1,
  down: 1,
  j: 1,
  pgup: -10,
  pgdn: 10,
  space: 10,
  home: -Infinity,
  end: Infinity,
};

/** A key while a build is in view. */
export function pressBuild(state: State, overlay: BuildOverlay, key: string): readonly Intent[] {
  const { current } = state.build;
  if (current === null || ['esc', 'q', 'enter'].includes(key)) return [close];
  if (key === 'x' && isBuilding(state.build)) return [{ effect: { do: 'stop-task', id: current.id } }];
  if (key === 'B' && !isBuilding(state.build)) return [close, ...openBuildForm(state)];
  const { lines } = buildView(current, overlay.scroll, state.size);
  if (key === 'y')
    return [{ effect: { do: 'copy', text: lines.map(lineText).join('\n'), what: 'the build' } }];
  const by = STEPS[key] ?? 0;
  if (by === 0) return [];
  const last = Math.max(0, lines.length - overlayHeight(state.size));
  const to = Math.max(0, Math.min(last, (overlay.scroll ?? last) + by));
  // At its end it follows what happens again.
  return [
    { event: { type: 'overlay-changed', overlay: { kind: 'build', scroll: to === last ? null : to } } },
  ];
}
