import type { State } from './state.ts';

/** The shells of the terminal pane, and what was typed into them. */
export type Shells = {
  /** In the order of their tabs. */
  tabs: readonly ShellTab[];
  /** Id of the one in view; null without any. */
  active: number | null;
  /** The leader key was pressed: the next key is Slipway's. */
  leader: boolean;
  /** A lesson is being read from the shell: the key that reads on needs no leader until another is pressed. */
  reading: boolean;
  /** While a lesson is open: something was typed since the last prompt. */
  typing: boolean;
  /** Commands typed, of all shells, in the order they were started; the oldest are forgotten. */
  typed: readonly TypedCommand[];
};

export type ShellTab = {
  id: number;
  /** `bash`, or the name of the container that it runs in. */
  label: string;
  /** Null for a shell of this machine. */
  container: { id: string; name: string } | null;
  /** Null until it has drawn something. */
  screen: ShellScreen | null;
  /** How it ended, or why it could not be opened; null while it lives. */
  ended: { text: string; advice: string; bad: boolean } | null;
  /** Said above it when it was opened, such as that no client is installed. */
  note: string;
};

/** What a shell's terminal shows; see `terminal/terminal-screen.ts`, which knows nothing of the model. */
export type ShellScreen = {
  columns: number;
  rows: readonly string[];
  cursor: { x: number; y: number } | null;
  title: string;
  alternate: boolean;
  mouse: boolean;
  scrolledBack: number;
  scrollback: number;
  commands: readonly ({ id: number; code: number | null; running: boolean } | null)[];
  /** The command that runs in it now, or the name of the program; empty at a prompt. */
  running: string;
};

/** A command that a shell has told of by its marks. */
export type TypedCommand = {
  /** Unique among all commands of this program, those from keys included. */
  id: number;
  shell: number;
  line: string;
  startedAt: number;
  endedAt: number | null;
  /** Null while it runs, and where the shell did not say. */
  code: number | null;
  /** What the code means; empty for 0. */
  words: string;
};

export type ShellEvent =
  | { type: 'shell-opened'; tab: Pick<ShellTab, 'id' | 'label' | 'container'> }
  /** Which shell it turned out to be, and what there is to say of it. */
  | { type: 'shell-known'; id: number; label: string; note: string }
  | { type: 'shell-drawn'; id: number; screen: ShellScreen }
  | { type: 'shell-ended'; id: number; text: string; advice: string; bad: boolean }
  | { type: 'shell-closed'; id: number }
  | { type: 'shell-chosen'; id: number }
  | { type: 'leader-pressed' }
  | { type: 'leader-answered'; reading?: boolean }
  | { type: 'line-typed'; typing: boolean }
  | { type: 'typed-command-started'; id: number; shell: number; line: string; at: number }
  | { type: 'typed-command-ended'; id: number; code: number | null; words: string; at: number };

export const NO_SHELLS: Shells = {
  tabs: [],
  active: null,
  leader: false,
  reading: false,
  typing: false,
  typed: [],
};

/** How many typed commands are remembered. */
const TYPED_KEPT = 500;

export function reduceShells(shells: Shells, event: ShellEvent): Shells {
  switch (event.type) {
    case 'shell-opened':
      return open(shells, event.tab);
    case 'shell-known': {
      const { label, note } = event;
      return changeTab(shells, event.id, (tab) => ({ ...tab, label, note }));
    }
    case 'shell-drawn':
      return changeTab(shells, event.id, (tab) => ({ ...tab, screen: event.screen }));
    case 'shell-ended': {
      const { text, advice, bad } = event;
      const ended = { text, advice, bad };
      return changeTab(shells, event.id, (tab) => ({ ...tab, ended, screen: withoutRunning(tab.screen) }));
    }
    case 'shell-closed':
      return close(shells, event.id);
    case 'shell-chosen':
      return shells.tabs.some((t) => t.id === event.id) ? { ...shells, active: event.id } : shells;
    case 'leader-pressed':
      return { ...shells, leader: true, reading: false };
    case 'leader-answered': {
      const { reading = false } = event;
      const isSame = !shells.leader && shells.reading === reading;
      return isSame ? shells : { ...shells, leader: false, reading };
    }
    case 'line-typed':
      return { ...shells, typing: event.typing };
    case 'typed-command-started': {
      const { id, shell, line, at } = event;
      const command = { id, shell, line, startedAt: at, endedAt: null, code: null, words: '' };
      return { ...shells, typing: false, typed: [...shells.typed, command].slice(-TYPED_KEPT) };
    }
    case 'typed-command-ended': {
      const { code, words, at } = event;
      const end = (c: TypedCommand): TypedCommand =>
        c.id === event.id ? { ...c, code, words, endedAt: at } : c;
      return { ...shells, typed: shells.typed.map(end) };
    }
  }
}

/** What ran in a shell that has ended has ended with it; nobody knows how. */
function withoutRunning(screen: ShellScreen | null): ShellScreen | null {
  if (screen === null) return null;
  const commands = screen.commands.map((mark) => (mark?.running ? null : mark));
  return { ...screen, commands, cursor: null, running: '' };
}

/** A tab that is opened anew, after its shell has ended, keeps its place. */
function open(
  shells: Shells,
  { id, label, container }: Extract<ShellEvent, { type: 'shell-opened' }>['tab'],
): Shells {
  const tab: ShellTab = { id, label, container, note: '', screen: null, ended: null };
  const isKnown = shells.tabs.some((t) => t.id === id);
  const tabs = isKnown ? shells.tabs.map((t) => (t.id === id ? tab : t)) : [...shells.tabs, tab];
  return { ...shells, tabs, active: id };
}

/** The tab to the right takes over, else the last one. */
function close(shells: Shells, id: number): Shells {
  const at = shells.tabs.findIndex((t) => t.id === id);
  if (at < 0) return shells;
  const tabs = shells.tabs.toSpliced(at, 1);
  const next = tabs[Math.min(at, tabs.length - 1)]?.id ?? null;
  return { ...shells, tabs, active: shells.active === id ? next : shells.active };
}

function changeTab(shells: Shells, id: number, change: (tab: ShellTab) => ShellTab): Shells {
  return { ...shells, tabs: shells.tabs.map((tab) => (tab.id === id ? change(tab) : tab)) };
}

export function activeShell({ shells }: State): ShellTab | null {
  return shells.tabs.find((tab) => tab.id === shells.active) ?? null;
}
