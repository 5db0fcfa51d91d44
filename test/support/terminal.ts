import { existsSync } from 'node:fs';
import { join } from 'node:path';
import unicode11 from '@xterm/addon-unicode11';
import headless from '@xterm/headless';
import { spawn } from 'node-pty';
import { freshHome } from './fresh-home.ts';
import { keyBytes } from './keys.ts';
import { type Cell, readCell, readLines } from './screen-cells.ts';
import { drawSvg } from './svg.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/slipway.js');
const PATIENCE_MS = 10_000;
/** How long a program may take to go after its terminal is closed, before it is killed. */
const FAREWELL_MS = 3000;

export type LaunchOptions = {
  args?: readonly string[];
  /** Added to a clean environment; `undefined` takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>;
  columns?: number;
  rows?: number;
  /** Another program than the built Slipway: the file and its own arguments, before `args`. */
  command?: readonly [string, ...string[]];
  cwd?: string;
  /** What lies in the home when the program starts, by path. */
  files?: Readonly<Record<string, string | null>>;
};

export type Condition = string | RegExp | ((screen: string) => boolean);
export type Patience = { timeout?: number };
export type Exit = { code: number; signal: number };
export type Terminal = Awaited<ReturnType<typeof launch>>;

/** The built program, or any other, in a real terminal of its own, with a home of its own. */
export async function launch(options: LaunchOptions = {}) {
  const { columns = 120, rows = 40, args = [] } = options;
  const [file, ...first] = options.command ?? builtProgram();
  const home = await freshHome(options.env, options.files);
  const screen = new headless.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  screen.loadAddon(new unicode11.Unicode11Addon());
  screen.unicode.activeVersion = '11';
  const pty = spawn(file, [...first, ...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: options.cwd ?? home.folder,
    env: home.env,
    encoding: null,
  });

  const written: Buffer[] = [];
  const waiting = new Set<() => void>();
  let exit: Exit | null = null;
  // A frame between the marks of DEC mode 2026 is not to be looked at yet.
  const look = () => screen.modes.synchronizedOutputMode || [...waiting].forEach((check) => check());
  // With `encoding: null` node-pty gives bytes, whatever its types say.
  pty.onData((chunk: unknown) => {
    const bytes = Buffer.from(chunk as Uint8Array);
    written.push(bytes);
    screen.write(bytes, look);
  });
  const replies = screen.onData((reply) => exit ?? pty.write(reply));
  const exited = new Promise<Exit>((resolve) => {
    pty.onExit(({ exitCode, signal }) =>
      screen.write('', () => {
        exit = { code: exitCode, signal: signal ?? 0 };
        resolve(exit);
        waiting.forEach((check) => check());
      }),
    );
  });

  const text = () => readLines(screen).join('\n');
  const send = (bytes: string) => {
    if (exit) throw new Error(`The program has ended (${describe(exit)}):\n${framed(text())}`);
    pty.write(bytes);
  };
  const mouse = (button: number, x: number, y: number, end: 'M' | 'm') => {
    if (screen.modes.mouseTrackingMode === 'none') throw new Error('The program has not asked for the mouse');
    send(`\x1b[<${button};${x + 1};${y + 1}${end}`);
  };

  /** Looks after each piece of output until `holds`; fails when the time is over or the program has ended. */
  function wait(what: string, holds: (screen: string) => boolean, { timeout = PATIENCE_MS }: Patience) {
    return new Promise<string>((resolve, reject) => {
      const finish = (settle: () => void) => {
        waiting.delete(check);
        clearTimeout(timer);
        settle();
      };
      const fail = (why: string) =>
        finish(() => reject(new Error(`${why} while waiting ${what}. The screen:\n${framed(text())}`)));
      const check = () => {
        const seen = text();
        if (holds(seen)) finish(() => resolve(seen));
        else if (exit) fail(`The program ended (${describe(exit)})`);
      };
      const timer = setTimeout(() => fail(`${timeout} ms went by`), timeout);
      waiting.add(check);
      if (exit || !screen.modes.synchronizedOutputMode) check();
    });
  }

  return {
    pid: pty.pid,
    home: home.folder,
    exited,

    /** Keys by name (`enter`, `esc`, `up`, `ctrl-c`, `f1`, `space`) or character, in one go. */
    press(...keys: string[]): void {
      if (keys.slice(0, -1).includes('esc'))
        throw new Error('Press esc alone and wait for what it does: with the next key it reads as alt');
      send(keys.map((key) => keyBytes(key, screen.modes.applicationCursorKeysMode)).join(''));
    },
    type: (typed: string): void => send(typed.replaceAll('\n', '\r')),
    paste: (pasted: string): void =>
      send(screen.modes.bracketedPasteMode ? `\x1b[200~${pasted}\x1b[201~` : pasted.replaceAll('\n', '\r')),
    /** Left button at a cell, counted from 0. */
    click(x: number, y: number): void {
      mouse(0, x, y, 'M');
      mouse(0, x, y, 'm');
    },
    /** Left button down at one cell and up at another. */
    drag(from: { x: number; y: number }, to: { x: number; y: number }): void {
      mouse(0, from.x, from.y, 'M');
      mouse(32, to.x, to.y, 'M');
      mouse(0, to.x, to.y, 'm');
    },
    wheel(x: number, y: number, direction: 'up' | 'down', notches = 1): void {
      for (let i = 0; i < notches; i++) mouse(direction === 'up' ? 64 : 65, x, y, 'M');
    },

    /** Resolves to the screen as soon as it shows it. */
    until: (condition: Condition, patience: Patience = {}): Promise<string> =>
      wait(`for ${nameOf(condition)}`, (seen) => matches(condition, seen), patience),
    untilGone: (condition: Condition, patience: Patience = {}): Promise<string> =>
      wait(`for ${nameOf(condition)} to go`, (seen) => !matches(condition, seen), patience),

    screen: text,
    line: (row: number): string => readLines(screen)[row] ?? '',
    /** Everything that was ever on the primary screen and is still in its scrollback. */
    scrollback: (): string => readLines(screen, { scrollback: true }).join('\n'),
    cell: (x: number, y: number): Cell => readCell(screen, x, y),
    cursor: (): { x: number; y: number } => ({
      x: screen.buffer.active.cursorX,
      y: screen.buffer.active.cursorY,
    }),
    /** The cell where a text begins on the screen, counted from 0. */
    find(wanted: string): { x: number; y: number } {
      for (const [y, line] of readLines(screen).entries()) {
        const index = line.indexOf(wanted);
        if (index >= 0) return { x: columnOf(line.slice(0, index), y), y };
      }
      throw new Error(`${JSON.stringify(wanted)} is not on the screen:\n${framed(text())}`);
    },
    raw: (): string => Buffer.concat(written).toString('utf8'),
    isAlternate: (): boolean => screen.buffer.active.type === 'alternate',
    modes: () => screen.modes,
    svg: (): string => drawSvg(screen),

    resize(newColumns: number, newRows: number): void {
      screen.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    signal: (name: NodeJS.Signals): void => pty.kill(name),

    async [Symbol.asyncDispose](): Promise<void> {
      // As when its window is closed; the whole group, as a shell may have started more.
      if (!exit) kill(pty.pid, 'SIGHUP');
      const timer = setTimeout(() => kill(pty.pid, 'SIGKILL'), FAREWELL_MS);
      await exited;
      clearTimeout(timer);
      replies.dispose();
      screen.dispose();
      await home.remove();
    },
  };

  /** Cells that a text takes at the start of a row: wide characters take two. */
  function columnOf(before: string, y: number): number {
    let x = 0;
    for (let seen = ''; seen.length < before.length; x += Math.max(1, readCell(screen, x, y).width))
      seen += readCell(screen, x, y).text || ' ';
    return x;
  }
}

function builtProgram(): [string, string] {
  if (!existsSync(PROGRAM)) throw new Error('The program is not built: run `node src/setup/build.mjs`');
  return [process.execPath, PROGRAM];
}

function kill(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    // Gone between the question and the answer.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function matches(condition: Condition, screen: string): boolean {
  if (typeof condition === 'string') return screen.includes(condition);
  return condition instanceof RegExp ? condition.test(screen) : condition(screen);
}

function nameOf(condition: Condition): string {
  return typeof condition === 'string' ? JSON.stringify(condition) : String(condition);
}

function describe({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code}`;
}

function framed(screen: string): string {
  const lines = screen.split('\n');
  return [`┌── ${lines.length} rows`, ...lines.map((line) => `│${line}`), '└──'].join('\n');
}
