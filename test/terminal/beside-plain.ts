import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import unicode11 from '@xterm/addon-unicode11';
import headless from '@xterm/headless';
import type { Terminal as Xterm } from '@xterm/headless';
import type { Channel, ChannelExit } from '../../src/terminal/channel.ts';
import { openPty } from '../../src/terminal/open-pty.ts';
import { openTerminal, type TerminalOptions } from '../../src/terminal/open-terminal.ts';
import type { TerminalScreen } from '../../src/terminal/terminal-screen.ts';
import { freshHome } from '../support/fresh-home.ts';
import { type Cell, readCell } from '../support/screen-cells.ts';
import { until } from '../support/until.ts';
import { textOf } from './hand-channel.ts';

export type BesideOptions = Partial<Omit<TerminalOptions, 'onScreen' | 'onExit'>> & {
  env?: Readonly<Record<string, string>>;
  /** What lies in the home, where it is started. */
  files?: Readonly<Record<string, string>>;
};

/**
 * A program in a pty whose output goes to our terminal and, byte by byte the same, to a plain headless one, so that both
 * can be compared. Dispose of it.
 */
export async function runBesidePlain(command: readonly [string, ...string[]], options: BesideOptions = {}) {
  const { columns = 80, rows = 24, colors = 'true', env, files = {}, ...rest } = options;
  const home = await freshHome(env);
  for (const [name, text] of Object.entries(files)) await writeFile(join(home.folder, name), text);
  const [file, ...args] = command;
  const pty = await openPty({ file, args, cwd: home.folder, env: home.env, columns, rows });
  const plain = plainTerminal(columns, rows);
  const tee = withCopy(pty, (bytes) => plain.write(bytes));
  const screens: TerminalScreen[] = [];
  const exits: ChannelExit[] = [];
  const terminal = openTerminal(tee.channel, {
    columns,
    rows,
    colors,
    ...rest,
    onScreen: (screen) => screens.push(screen),
    onExit: (exit) => exits.push(exit),
  });
  const lines = () => textOf(terminal);
  const show = () => `\n${lines().join('\n')}`;
  return {
    terminal,
    pty,
    plain,
    screens,
    exits,
    home: home.folder,
    lines,
    bytes: (): number => tee.bytes(),
    async shows(text: string | RegExp): Promise<void> {
      const holds = () =>
        typeof text === 'string' ? lines().join('\n').includes(text) : text.test(lines().join('\n'));
      await until(holds).catch(() => {
        throw new Error(`not shown: ${String(text)}${show()}`);
      });
    },
    /** What is drawn has the cells of the plain terminal, as soon as both have come to rest. */
    async looksAsPlain(): Promise<void> {
      let differences: string[] = ['not compared'];
      const look = async () => {
        differences = await compare(terminal.screen(), plain);
        return differences.length === 0;
      };
      await until(look, 5000).catch(() => {
        throw new Error(`differs from a plain terminal:\n${differences.slice(0, 20).join('\n')}${show()}`);
      });
    },
    resize(newColumns: number, newRows: number): void {
      plain.resize(newColumns, newRows);
      terminal.resize(newColumns, newRows);
    },
    ended: async (): Promise<ChannelExit> => {
      await until(() => exits.length > 0);
      return exits[0]!;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      terminal.close();
      await until(() => exits.length > 0);
      plain.dispose();
      await home.remove();
    },
  };
}

export function plainTerminal(columns: number, rows: number): Xterm {
  const options = { cols: columns, rows, scrollback: 5000, allowProposedApi: true, logLevel: 'off' } as const;
  const plain = new headless.Terminal(options);
  plain.loadAddon(new unicode11.Unicode11Addon());
  plain.unicode.activeVersion = '11';
  return plain;
}

/** The cells that are not the same, in words, after what the rows say was interpreted once more. */
export async function compare(screen: TerminalScreen, plain: Xterm): Promise<string[]> {
  const drawn = plainTerminal(plain.cols, plain.rows);
  await new Promise<void>((resolve) => drawn.write(screen.rows.join('\r\n'), resolve));
  const differences: string[] = [];
  for (let y = 0; y < plain.rows; y += 1) {
    for (let x = 0; x < plain.cols; x += 1) {
      const [ours, theirs] = [looks(readCell(drawn, x, y)), looks(readCell(plain, x, y))];
      if (ours !== theirs) differences.push(`${x},${y}: ${ours} instead of ${theirs}`);
    }
  }
  const cursor = `${Math.min(plain.cols - 1, plain.buffer.active.cursorX)},${plain.buffer.active.cursorY}`;
  if (screen.cursor !== null && `${screen.cursor.x},${screen.cursor.y}` !== cursor) {
    differences.push(`the cursor is at ${screen.cursor.x},${screen.cursor.y} instead of ${cursor}`);
  }
  drawn.dispose();
  return differences;
}

/** A blank is a blank, written or not; what is concealed is drawn as one. */
function looks(cell: Cell): string {
  const { text, invisible, ...rest } = cell;
  return JSON.stringify({ text: text === '' || invisible ? ' ' : text, ...rest });
}

function withCopy(
  channel: Channel,
  copy: (bytes: Uint8Array) => void,
): { channel: Channel; bytes: () => number } {
  let bytes = 0;
  const copying: Channel = {
    onData: (listener) =>
      channel.onData((data) => {
        bytes += data.length;
        copy(data);
        listener(data);
      }),
    onExit: (listener) => channel.onExit(listener),
    write: (text) => channel.write(text),
    resize: (columns, rows) => channel.resize(columns, rows),
    pause: () => channel.pause(),
    resume: () => channel.resume(),
    close: () => channel.close(),
    foreground: () => channel.foreground(),
  };
  return { channel: copying, bytes: () => bytes };
}
