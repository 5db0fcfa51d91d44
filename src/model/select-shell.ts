import { cutEnd, cellWidth } from './fit-text.ts';
import { selectLayout, type Rect } from './layout.ts';
import { memoizeLast } from './memoize.ts';
import { leaderLabel } from './leader-key.ts';
import { activeShell, type Shells, type ShellTab, type TypedCommand } from './shells.ts';
import type { State } from './state.ts';

/** What the terminal pane shows; the same state gives the same object. */
export type ShellView = {
  rect: Rect;
  focused: boolean;
  title: string;
  /** What the program inside calls its window; empty where it says nothing. */
  name: string;
  /** Where each tab's name stands in the title line, counted from the pane's left edge. */
  tabs: readonly { id: number; label: string; from: number }[];
  /** Null without a shell, or before it has drawn anything. */
  screen: ShellTab['screen'];
  /** Stands in place of the screen. */
  message: string;
  messageBad: boolean;
  /** In the border below: how the last command ended, that the view is scrolled back, that the shell has ended. */
  status: string;
  statusBad: boolean;
};

/** Null when the pane is not on screen. */
export function selectShell(state: State): ShellView | null {
  const rect = selectLayout(state).panes.terminal;
  if (rect === undefined) return null;
  const { x, y, width, height } = rect;
  const leader = leaderLabel(state.config);
  return makeView(state.shells, activeShell(state), x, y, width, height, state.focus === 'terminal', leader);
}

const makeView = memoizeLast(
  (
    shells: Shells,
    shell: ShellTab | null,
    x: number,
    y: number,
    width: number,
    height: number,
    focused: boolean,
    leader: string,
  ): ShellView => ({
    rect: { x, y, width, height },
    focused,
    ...titleLine(shells, shell, width),
    name: shell?.ended === null ? (shell.screen?.title ?? '') : '',
    screen: shell?.screen ?? null,
    ...message(shell),
    ...status(shells, shell, leader),
  }),
);

/** Cells before the title: corner, border and a blank. */
const BEFORE_TITLE = 3;

function titleLine(
  { tabs }: Shells,
  active: ShellTab | null,
  width: number,
): Pick<ShellView, 'title' | 'tabs'> {
  const before = '6 Terminal ──';
  let from = BEFORE_TITLE + cellWidth(before);
  const room = Math.max(6, Math.floor((width - from - 4) / Math.max(1, tabs.length)) - 2);
  const placed = tabs.map((tab, i) => {
    const name = cutEnd(tabName(tab, tabs.length > 1 ? i + 1 : 0), room);
    const label = tab === active ? `[${name}]` : ` ${name} `;
    from += cellWidth(label);
    return { id: tab.id, label, from: from - cellWidth(label) };
  });
  return { title: before + placed.map((tab) => tab.label).join(''), tabs: placed };
}

/** `2 vi`: its number where there are several, and the program that runs in it, else the shell. */
function tabName({ label, container, ended, screen }: ShellTab, number: number): string {
  const program = /^\s*(?:\S*\/)?(\S+)/.exec(screen?.running ?? '')?.[1];
  const name = container === null ? (program ?? label) : `in ${container.name}`;
  return `${number === 0 ? '' : `${number} `}${name}${ended === null ? '' : ' ✗'}`;
}

function message(shell: ShellTab | null): Pick<ShellView, 'message' | 'messageBad'> {
  if (shell === null) return { message: 'No shell is open: Enter opens one.', messageBad: false };
  if (shell.screen !== null) return { message: '', messageBad: false };
  if (shell.ended !== null) return { message: shell.ended.text, messageBad: shell.ended.bad };
  return { message: 'Opening …', messageBad: false };
}

function status(
  shells: Shells,
  shell: ShellTab | null,
  leader: string,
): Pick<ShellView, 'status' | 'statusBad'> {
  if (shell === null) return { status: '', statusBad: false };
  if (shell.ended !== null) {
    const { text, advice, bad } = shell.ended;
    return { status: [text, advice || 'Enter opens another'].join(' · '), statusBad: bad };
  }
  const back = shell.screen?.scrolledBack ?? 0;
  if (back > 0) return { status: `${back} lines back · Esc to the newest`, statusBad: false };
  const last = shells.typed.findLast((c) => c.shell === shell.id);
  if (last !== undefined && failed(last)) return { status: `✗ ${last.code}: ${last.words}`, statusBad: true };
  return { status: shell.note === '' ? `${leader}: keys of Slipway` : shell.note, statusBad: false };
}

function failed({ endedAt, code }: TypedCommand): boolean {
  return endedAt !== null && code !== null && code !== 0;
}
