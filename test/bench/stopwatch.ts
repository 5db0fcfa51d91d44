import unicode11 from '@xterm/addon-unicode11';
import headless from '@xterm/headless';
import { spawn } from 'node-pty';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshHome } from '../support/fresh-home.ts';
import { keyBytes } from '../support/keys.ts';
import { readLines } from '../support/screen-cells.ts';
import type { Measured } from './quantiles.ts';

export type Program = {
  name: string;
  command: readonly [string, ...string[]];
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
};

/** Cells of the screen, both ends included, counted from 0. */
export type Box = { top: number; bottom: number; left: number; right: number };
export type Timed = Awaited<ReturnType<typeof startTimed>>;

/** How long a change may take before it counts as missed, in milliseconds. */
const PATIENCE = 10_000;
/** A screen that has not changed for this long has come to rest. */
const SETTLED = 60;
const FAREWELL = 3_000;

export const now = (): number => performance.now();

/**
 * A program in a terminal of its own, as `launch` gives it to tests, with a clock: bytes are stamped when they ARRIVE,
 * and what the emulator takes to read them is not charged to the program. All times are milliseconds.
 */
export async function startTimed(program: Program) {
  const columns = 120;
  const rows = 40;
  const home = await freshHome(program.env);
  const screen = new headless.Terminal({ cols: columns, rows, scrollback: 0, allowProposedApi: true });
  screen.loadAddon(new unicode11.Unicode11Addon());
  screen.unicode.activeVersion = '11';
  const [file, ...args] = program.command;
  const startedAt = now();
  const pty = spawn(file, args, {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: program.cwd ?? home.folder,
    env: home.env,
    encoding: null,
  });

  let bytes = 0;
  let lastAt = startedAt;
  let ended = false;
  const watchers = new Set<(at: number) => void>();
  const tell = (at: number): void => watchers.forEach((watch) => watch(at));
  // With `encoding: null` node-pty gives bytes, whatever its types say.
  pty.onData((chunk: unknown) => {
    const at = now();
    const data = Buffer.from(chunk as Uint8Array);
    bytes += data.length;
    lastAt = at;
    // A frame between the marks of DEC mode 2026 is not to be looked at yet.
    screen.write(data, () => screen.modes.synchronizedOutputMode || tell(at));
  });
  screen.onData((reply) => ended || pty.write(reply));
  const exited = new Promise<number>((resolve) => {
    pty.onExit(() => {
      ended = true;
      resolve(now());
      tell(now());
    });
  });

  const lines = (): string[] => readLines(screen);
  const text = (): string => lines().join('\n');

  /** When what made `holds` true arrived; null when it never did, or the program ended. */
  function until(holds: (screen: string) => boolean, patience = PATIENCE): Promise<Measured> {
    const { promise, resolve } = Promise.withResolvers<Measured>();
    const finish = (at: Measured): void => {
      watchers.delete(look);
      clearTimeout(timer);
      resolve(at);
    };
    const look = (at: number): void => {
      if (holds(text())) finish(at);
      else if (ended) finish(null);
    };
    const timer = setTimeout(() => finish(null), patience);
    watchers.add(look);
    look(lastAt);
    return promise;
  }

  /** Characters with their looks, as one string to compare. */
  function picture({ top, bottom, left, right }: Box): string {
    const parts: string[] = [];
    for (let y = top; y <= bottom; y++) {
      const line = screen.buffer.active.getLine(y);
      for (let x = left; x <= right; x++) {
        const cell = line?.getCell(x);
        parts.push(cell === undefined ? '' : `${cell.getChars()}${looks(cell)}`);
      }
    }
    return parts.join('|');
  }

  /** Calls `changed` with the arrival of everything that made the box look otherwise, until told to stop. */
  function watchBox(box: Box, changed: (at: number) => void): () => void {
    let seen = picture(box);
    const look = (at: number): void => {
      const present = picture(box);
      if (present === seen) return;
      seen = present;
      changed(at);
    };
    watchers.add(look);
    return () => void watchers.delete(look);
  }

  return {
    pid: pty.pid,
    startedAt,
    exited,
    hasEnded: (): boolean => ended,
    bytes: (): number => bytes,
    text,
    until,
    untilText: (wanted: string, patience?: number): Promise<Measured> =>
      until((seen) => seen.includes(wanted), patience),
    untilGone: (wanted: string, patience?: number): Promise<Measured> =>
      until((seen) => !seen.includes(wanted), patience),
    watchBox,
    press: (key: string): void => pty.write(keyBytes(key, screen.modes.applicationCursorKeysMode)),
    type: (typed: string): void => pty.write(typed.replaceAll('\n', '\r')),

    /** Presses a key; milliseconds until the box has changed and come to rest, null when it does not. */
    async untilRest(key: string, box: Box): Promise<Measured> {
      const { promise, resolve } = Promise.withResolvers<Measured>();
      const before = picture(box);
      let timer = setTimeout(() => resolve(null), PATIENCE / 5);
      const stop = watchBox(box, (at) => {
        clearTimeout(timer);
        // One that is as it was before has only flickered.
        timer = setTimeout(() => resolve(picture(box) === before ? null : at), SETTLED);
      });
      const pressedAt = now();
      this.press(key);
      const at = await promise;
      stop();
      return at === null ? null : at - pressedAt;
    },

    /** Where most of such names stand below each other (a title may hold one, too), with the marks left of them. */
    boxOf(name: RegExp): Box | null {
      const seen = [...lines().entries()].map(([y, line]) => ({ y, x: line.search(name), line }));
      const stacks = Map.groupBy(
        seen.filter(({ x }) => x >= 0),
        ({ x }) => x,
      );
      const [found] = [...stacks.values()].toSorted((a, b) => b.length - a.length);
      const [first, last] = [found?.[0], found?.at(-1)];
      if (first === undefined || last === undefined) return null;
      const width = name.exec(first.line)?.[0].length ?? 0;
      return { top: first.y, bottom: last.y, left: Math.max(0, first.x - 4), right: first.x + width - 1 };
    },

    /** Waits until nothing has been written for `quiet` milliseconds, at most `patience`. */
    async untilQuiet(quiet: number, patience = PATIENCE): Promise<void> {
      const deadline = now() + patience;
      while (now() - lastAt < quiet && now() < deadline) await sleep(Math.max(1, quiet - (now() - lastAt)));
    },

    /** Milliseconds from its quit key to its end; null when it had to be killed. */
    async quit(): Promise<Measured> {
      const askedAt = now();
      if (!ended) this.press('q');
      const took = await Promise.race([exited.then((at) => at - askedAt), sleep(FAREWELL, null)]);
      if (took === null) process.kill(-pty.pid, 'SIGKILL');
      await exited;
      screen.dispose();
      await home.remove();
      return took;
    },
  };
}

type Cell = NonNullable<ReturnType<NonNullable<ReturnType<headless.IBuffer['getLine']>>['getCell']>>;

function looks(cell: Cell): string {
  const colours = [cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()];
  return [...colours, cell.isInverse(), cell.isBold(), cell.isUnderline(), cell.isDim()].join(',');
}
