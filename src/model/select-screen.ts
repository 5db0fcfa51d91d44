import { KINDS, type Kind } from '../engine/objects.ts';
import type { ConnectState } from './connect-state.ts';
import { isConnecting } from './is-connecting.ts';
import { isTooSmall } from './layout.ts';
import { memoizeLast } from './memoize.ts';
import { selectBottom, type BottomView } from './select-bottom.ts';
import { selectLesson, type LessonView } from './select-lesson.ts';
import type { Explained } from './learn-state.ts';
import { selectDetails, type DetailsView } from './select-details.ts';
import { selectListPane, type ListPaneView } from './select-list-pane.ts';
import type { OverlayView } from './overlay-views/overlay-view.ts';
import { selectShell, type ShellView } from './select-shell.ts';
import { selectWire, type WireView } from './select-wire.ts';
import { selectOverlay } from './select-overlay.ts';
import { selectStatus, type StatusView } from './select-status.ts';
import type { Size, State } from './state.ts';

/** Everything that is drawn. The root of the screen asks for this, so a change that shows nowhere draws nothing. */
export type ScreenView = {
  size: Size;
  kind: 'panes' | 'connect' | 'welcome' | 'too-small';
  status: StatusView;
  lists: readonly (ListPaneView | null)[];
  details: DetailsView | null;
  shell: ShellView | null;
  wire: WireView | null;
  lesson: LessonView | null;
  /** Lies over the last lines of the shell where no lesson is in view to say it. */
  explained: Explained | null;
  bottom: BottomView;
  connect: ConnectState;
  overlay: OverlayView | null;
};

export function selectScreen(state: State): ScreenView {
  const kind = kindOf(state);
  const [containers, images, volumes, networks] = KINDS.map((k: Kind) =>
    kind === 'panes' ? selectListPane(state, k) : null,
  );
  const details = kind === 'panes' ? selectDetails(state) : null;
  return screen(
    kind,
    state.size,
    selectStatus(state),
    containers ?? null,
    images ?? null,
    volumes ?? null,
    networks ?? null,
    details,
    kind === 'panes' ? selectShell(state) : null,
    kind === 'panes' ? selectWire(state) : null,
    kind === 'panes' ? selectLesson(state) : null,
    state.learn.explained,
    bottom(JSON.stringify(selectBottom(state))),
    state.connect,
    selectOverlay(state),
  );
}

function kindOf(state: State): ScreenView['kind'] {
  if (isTooSmall(state.size)) return 'too-small';
  if (state.overlays.some((o) => o.kind === 'welcome')) return 'welcome';
  return isConnecting(state) ? 'connect' : 'panes';
}

/** The bottom line is made anew each time, and is small: it is compared by its content. */
const bottom = memoizeLast((json: string): BottomView => JSON.parse(json) as BottomView);

const screen = memoizeLast(
  (
    kind: ScreenView['kind'],
    size: Size,
    status: StatusView,
    containers: ListPaneView | null,
    images: ListPaneView | null,
    volumes: ListPaneView | null,
    networks: ListPaneView | null,
    details: DetailsView | null,
    shell: ShellView | null,
    wire: WireView | null,
    lesson: LessonView | null,
    explained: Explained | null,
    bottomView: BottomView,
    connect: ConnectState,
    overlay: OverlayView | null,
  ): ScreenView => ({
    kind,
    size,
    status,
    lists: [containers, images, volumes, networks],
    details,
    shell,
    wire,
    lesson,
    explained: lesson === null ? explained : null,
    bottom: bottomView,
    connect,
    overlay,
  }),
);
