import { setTimeout as delay } from 'node:timers/promises';
import type { Ref } from '../engine/commands.ts';
import { selectLayout, shellSize } from '../model/layout.ts';
import type { Mouse } from '../model/mouse.ts';
import type { Size, State } from '../model/state.ts';
import type { ShellSource, ShellTab, ShellTabOptions } from './shell-tab.ts';

export type ShellOpeners = {
  /** Name of the person's shell. */
  label: string;
  /** Starts it, in an environment whose clients speak to the engine on screen. */
  openLocal: (id: number, size: Size) => Promise<ShellSource>;
  openInContainer: (container: Ref, size: Size) => Promise<ShellSource>;
};

export type ShellTabsOptions = Pick<ShellTabOptions, 'store' | 'colors' | 'copy' | 'onError'> & {
  openers: ShellOpeners;
};

/** How a shell may be coloured on a terminal of so many colours. */
export function shellColors(colors: number): ShellTabOptions['colors'] {
  if (colors === 0) return 'none';
  if (colors <= 16) return 'basic';
  return colors <= 256 ? 'many' : 'true';
}

/** How long shells may take to end with the program, in milliseconds. */
const LEAVE_WITHIN = 1_500;

/** The shells of the terminal pane. What a terminal is made of is loaded with the first of them. */
export class ShellTabs {
  readonly #options: ShellTabsOptions;
  readonly #tabs = new Map<number, Promise<ShellTab>>();
  readonly #unsubscribe: () => void;
  #lastId = 0;
  #shown: number | null = null;
  /** The one that the keys go to. */
  #focused: number | null = null;
  #size: Size = { columns: 0, rows: 0 };

  constructor(options: ShellTabsOptions) {
    this.#options = options;
    this.#unsubscribe = options.store.subscribe(() => this.#follow(options.store.getState()));
  }

  open(): void {
    this.#start(++this.#lastId, null);
  }

  openInContainer(container: Ref): void {
    this.#start(++this.#lastId, container);
  }

  /** Another shell in the place of one that has ended. */
  reopen(id: number, container: Ref | null): void {
    this.#start(id, container);
  }

  close(id: number): void {
    this.#with(id, (tab) => void tab.close());
    this.#tabs.delete(id);
    this.#options.store.dispatch({ type: 'shell-closed', id });
  }

  type(id: number, raw: string): void {
    this.#with(id, (tab) => tab.do((terminal) => terminal.write(raw)));
  }

  paste(id: number, text: string): void {
    this.#with(id, (tab) => tab.do((terminal) => terminal.paste(text)));
  }

  scroll(id: number, by: number): void {
    this.#with(id, (tab) => tab.do((terminal) => terminal.scroll(by)));
  }

  mouse(id: number, mouse: Mouse): void {
    this.#with(id, (tab) => tab.mouse(mouse));
  }

  /** Hangs up on all of them, as when a terminal's window is closed, and waits a while for them to go. */
  async end(): Promise<void> {
    this.#unsubscribe();
    const gone = Array.from(this.#tabs.values(), async (tab) => (await tab).close());
    // Why one could not be opened, or put away, was told when it happened.
    await Promise.race([Promise.allSettled(gone), delay(LEAVE_WITHIN)]);
  }

  #start(id: number, container: Ref | null): void {
    const { store, openers, colors, copy, onError } = this.#options;
    const label = container === null ? openers.label : container.name;
    store.dispatch({ type: 'shell-opened', tab: { id, label, container } });
    const before = this.#tabs.get(id);
    const open = async (size: Size): Promise<ShellSource> => {
      // The one that ended here has a socket and a folder of the same names.
      await before?.then((tab) => tab.close());
      return container === null ? openers.openLocal(id, size) : openers.openInContainer(container, size);
    };
    const size = shellSize(store.getState());
    const tab = import('./shell-tab.ts').then(
      (module) => new module.ShellTab({ id, store, open, size, colors, copy, onError }),
    );
    this.#tabs.set(id, tab);
    tab.catch(onError);
  }

  #with(id: number, task: (tab: ShellTab) => void): void {
    this.#tabs.get(id)?.then(task).catch(this.#options.onError);
  }

  /** The shells get the size of their pane, also those behind; the one that comes into view is drawn. */
  #follow(state: State): void {
    const { active } = state.shells;
    if (active !== this.#shown) {
      this.#shown = active;
      if (active !== null) this.#with(active, (tab) => tab.show());
    }
    this.#moveFocus(state.focus === 'terminal' ? active : null);
    // Hidden, they keep the size that they had.
    if (selectLayout(state).panes.terminal === undefined) return;
    const size = shellSize(state);
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    for (const id of this.#tabs.keys())
      this.#with(id, (tab) => tab.do((terminal) => terminal.resize(size.columns, size.rows)));
  }

  #moveFocus(to: number | null): void {
    const from = this.#focused;
    if (from === to) return;
    this.#focused = to;
    if (from !== null) this.#with(from, (tab) => tab.do((terminal) => terminal.focus(false)));
    if (to !== null) this.#with(to, (tab) => tab.do((terminal) => terminal.focus(true)));
  }
}
