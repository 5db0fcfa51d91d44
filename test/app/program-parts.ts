import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import type { ProgramStore } from '../../src/app/program-store.ts';
import { ShellTabs } from '../../src/app/shell-tabs.ts';
import { createStore } from '../../src/app/store.ts';
import type { TerminalHost } from '../../src/app/terminal-host.ts';
import { reduce } from '../../src/model/reduce.ts';
import { initialState, type State } from '../../src/model/state.ts';
import { TerminalError } from '../../src/terminal/terminal-error.ts';
import type { Engine } from '../../src/engine/engine.ts';

export const SIZE = { columns: 120, rows: 40 };

export function newStore(state: State = initialState(SIZE, Date.now())): ProgramStore {
  return createStore(reduce, state);
}

/** A store that knows of this engine, as after a search. */
export function connectedStore({ family, host, apiVersion }: Engine): ProgramStore {
  const store = newStore();
  store.dispatch({ type: 'engine-connected', family, host, apiVersion, sandbox: 'none' });
  return store;
}

/** Shells that cannot be opened. */
export function noShells(store: ProgramStore): ShellTabs {
  const refuse = (): Promise<never> => Promise.reject(new TerminalError('There are no shells here'));
  return new ShellTabs({
    store,
    openers: { label: 'sh', openLocal: refuse, openInContainer: refuse },
    colors: 'many',
    copy: () => {},
    onError: (error) => {
      throw error;
    },
  });
}

export type FakeTerminal = TerminalHost & {
  /** What has been written, in order. */
  written: () => string;
  type: (text: string) => void;
  /** What was done with it. */
  did: string[];
  resize: (columns: number, rows: number) => void;
};

/** A terminal without a terminal: two pipes and a size. */
export function fakeTerminal(): FakeTerminal {
  const did: string[] = [];
  const typed = new PassThrough();
  const stdin = Object.assign(typed, {
    setRawMode: (on: boolean) => {
      did.push(on ? 'raw' : 'cooked');
      return stdin;
    },
  }) as unknown as ReadStream;
  let text = '';
  const out = new PassThrough();
  out.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const stdout = Object.assign(out, { ...SIZE }) as unknown as WriteStream;
  return {
    stdin,
    stdout,
    did,
    written: () => text,
    type: (typing) => void typed.write(typing),
    resize(columns, rows) {
      Object.assign(stdout, { columns, rows });
      stdout.emit('resize');
    },
    async lend(task) {
      did.push('lend');
      await task();
      did.push('take back');
    },
    send: (sequence) => void did.push(`send ${JSON.stringify(sequence)}`),
    redraw: async () => void did.push('redraw'),
  };
}
