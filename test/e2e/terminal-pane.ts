import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cell } from '../support/screen-cells.ts';
import { type LaunchOptions, launch, type Terminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';
import { type OpenOptions, openSlipway } from './open-slipway.ts';

export type Rect = { x: number; y: number; width: number; height: number };
export type Pane = Awaited<ReturnType<typeof openPane>>;

/** The prompt of the shells in tests: short, and like nothing that a program prints. */
export const PROMPT = 'me>';
const BASHRC = `PS1='${PROMPT} '\nunset PROMPT_COMMAND\n`;

type Wanted = string | RegExp;

/** The built program with a bash in its terminal pane, at its prompt. Temporary files go into its home. */
export async function openPane(host: string, options: OpenOptions = {}) {
  const slipway = await openSlipway(host, withBash(options));
  try {
    slipway.press('6');
    const pane = paneOf(slipway);
    await pane.until(PROMPT);
    return pane;
  } catch (error) {
    await slipway[Symbol.asyncDispose]();
    throw error;
  }
}

/** What a shell in the pane finds: our prompt, and nothing of the machine's own settings. */
export function withBash(options: OpenOptions): OpenOptions {
  return {
    ...options,
    files: { '.bashrc': BASHRC, ...options.files },
    env: { SHELL: '/bin/bash', ...options.env },
  };
}

/** The same bash in a terminal of its own, of the size of the pane and with its home. */
export async function openPlainBash(pane: Pane, options: LaunchOptions = {}): Promise<Terminal> {
  const { width, height } = pane.rect();
  const { env, ...rest } = options;
  const plain = await launch({
    columns: width,
    rows: height,
    command: ['bash', '-i'],
    cwd: pane.slipway.home,
    ...rest,
    env: { HOME: pane.slipway.home, ...env },
  });
  await plain.until(PROMPT);
  return plain;
}

/** The terminal pane of a program: what is inside its borders, and its keys. */
export function paneOf(slipway: Terminal) {
  /** Without the borders; fails where the pane is not on screen. */
  const rect = (): Rect => innerRect(slipway.screen(), '6 Terminal');
  const lines = (): string[] => {
    const { x, y, width, height } = rect();
    return slipway
      .screen()
      .split('\n')
      .slice(y, y + height)
      .map((_, row) => textBetween(slipway, x, x + width, y + row).trimEnd());
  };
  const text = (): string => lines().join('\n');
  const shows = (wanted: Wanted): boolean => {
    if (!slipway.screen().includes('6 Terminal')) return false;
    return typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text());
  };
  return {
    slipway,
    rect,
    lines,
    text,
    /** Resolves to what is inside as soon as it shows it. */
    async until(wanted: Wanted, timeout = 10_000): Promise<string> {
      const claim = Object.assign(() => shows(wanted), {
        toString: () => `${String(wanted)} in the terminal pane`,
      });
      await slipway.until(claim, { timeout });
      return text();
    },
    /** Types a line and sends it off. */
    type: (line: string): void => slipway.type(`${line}\n`),
    /** Keys of Slipway while the shell has the focus. */
    lead: (...keys: string[]): void => slipway.press('ctrl-g', ...keys),
    /** The line above (title) and below (status) the pane. */
    title: (): string => textBetween(slipway, rect().x - 1, rect().x + rect().width, rect().y - 1),
    status: (): string =>
      textBetween(slipway, rect().x - 1, rect().x + rect().width, rect().y + rect().height),
    /** Resolves when a mark (`▸`, `✗`; `│` is none) stands left of the row with a text. */
    async untilMarked(wanted: string, mark: string): Promise<void> {
      const isMarked = (): boolean => {
        const row = lines().findIndex((line) => line.includes(wanted));
        return row >= 0 && slipway.cell(rect().x - 1, rect().y + row).text === mark;
      };
      await slipway.until(Object.assign(isMarked, { toString: () => `${mark} before ${wanted}` }));
    },
    /** Where a text begins on the screen. */
    find(wanted: string): { x: number; y: number } {
      const { x, y, width } = rect();
      const row = lines().findIndex((line) => line.includes(wanted));
      if (row < 0) throw new Error(`${wanted} is not in the terminal pane:\n${text()}`);
      for (let column = 0; column < width; column++)
        if (textBetween(slipway, x + column, x + width, y + row).startsWith(wanted))
          return { x: x + column, y: y + row };
      throw new Error(`${wanted} is hidden`);
    },
    /** Waits until every cell is as in a plain terminal of the same size, but for the one with the cursor. */
    async looksLike(plain: Terminal): Promise<void> {
      let differences: string[] = [];
      await until(() => (differences = compare(slipway, rect(), plain)).length === 0, 8000).catch(() => {
        throw new Error(
          `${differences.slice(0, 20).join('\n')}\n${text()}\n── and in the plain terminal:\n${plain.screen()}`,
        );
      });
    },
    [Symbol.asyncDispose]: (): Promise<void> => slipway[Symbol.asyncDispose](),
  };
}

/** What is inside the borders of the pane whose title begins so. */
export function innerRect(screen: string, title: string): Rect {
  const lines = screen.split('\n');
  const top = lines.findIndex((line) => new RegExp(`[╭┍][─━] ${title}`).test(line));
  if (top < 0) throw new Error(`There is no pane ${title}:\n${screen}`);
  const left = lines[top]!.search(new RegExp(`[╭┍][─━] ${title}`));
  const right = lines[top]!.slice(left).search(/[╮┑]/) + left;
  const below = lines.findIndex((line, y) => y > top && /[╰┕]/.test(line[left] ?? ''));
  return { x: left + 1, y: top + 1, width: right - left - 1, height: below - top - 1 };
}

function textBetween(terminal: Terminal, from: number, to: number, y: number): string {
  let text = '';
  for (let x = from; x < to; x++) {
    const cell = terminal.cell(x, y);
    if (cell.width > 0) text += cell.text || ' ';
  }
  return text;
}

function compare(slipway: Terminal, { x: left, y: top, width, height }: Rect, plain: Terminal): string[] {
  const differences: string[] = [];
  const cursor = plain.cursor();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (y === cursor.y && x === Math.min(cursor.x, width - 1)) continue;
      const [ours, theirs] = [looks(slipway.cell(left + x, top + y)), looks(plain.cell(x, y))];
      if (ours !== theirs) differences.push(`column ${x}, row ${y}: ${ours} instead of ${theirs}`);
    }
  return differences;
}

/** A blank is a blank, written or not; what is concealed is drawn as one. */
function looks({ text, invisible, ...rest }: Cell): string {
  return JSON.stringify({ text: text === '' || invisible ? ' ' : text, ...rest });
}

/** What Slipway has put into its home, runtime folder and temporary folder, of what is only for its time. */
export async function leftIn(home: string): Promise<string[]> {
  if (!existsSync(home)) return [];
  const names = await Promise.all(
    ['run', 'tmp'].map(async (name) => (await readdir(join(home, name))).map((file) => `${name}/${file}`)),
  );
  return names.flat();
}
