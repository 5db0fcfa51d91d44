/**
 * The least that a terminal has to do with bytes: a headless xterm with nobody who looks at it. Prints the milliseconds.
 * `parse-bytes.ts FILE COLUMNS ROWS`
 */
import { readFileSync } from 'node:fs';
import unicode11 from '@xterm/addon-unicode11';
import headless from '@xterm/headless';

const [file = '', columns, rows] = process.argv.slice(2);
/** As large as what a pseudo-terminal gives at a time, and as many lines kept as the pane keeps. */
const PIECE = 64 * 1024;
const SCROLLBACK = 5_000;

// As a pseudo-terminal's line discipline does it (ONLCR).
const bytes = Buffer.from(readFileSync(file, 'latin1').replaceAll('\n', '\r\n'), 'latin1');
const screen = new headless.Terminal({
  cols: Number(columns),
  rows: Number(rows),
  scrollback: SCROLLBACK,
  allowProposedApi: true,
});
screen.loadAddon(new unicode11.Unicode11Addon());
screen.unicode.activeVersion = '11';

const startedAt = performance.now();
for (let from = 0; from < bytes.length; from += PIECE)
  await new Promise<void>((resolve) => screen.write(bytes.subarray(from, from + PIECE), resolve));
process.stdout.write(String(performance.now() - startedAt));
