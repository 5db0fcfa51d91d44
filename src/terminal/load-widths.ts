import unicode11 from '@xterm/addon-unicode11';
import type { IUnicodeVersionProvider, Terminal } from '@xterm/headless';

const VERSION = '11, with few marks';
/** Combining marks that join one character; the next begins a cell of its own. */
const MOST_MARKS = 16;

/**
 * Widths of Unicode 11, as the addon has them, with a bound on what joins: xterm keeps the marks of a cell in one
 * string, which an endless row of marks would let grow until the process ends.
 */
export function loadWidths(terminal: Terminal): void {
  const widths = widthsOfUnicode11();
  terminal.unicode.register({ version: VERSION, wcwidth: (code) => widths.wcwidth(code), charProperties });
  terminal.unicode.activeVersion = VERSION;

  // Packed as xterm does it: bit 0 joins the cell before, bits 1 and 2 are the width of what is there then; the rest is
  // ours, and given back as part of `preceding`: the number of marks.
  function charProperties(code: number, preceding: number): number {
    const width = widths.wcwidth(code);
    if (width !== 0) return width << 1;
    const before = (preceding >> 1) & 3;
    if (before === 0) return 0;
    const marks = (preceding >> 3) + 1;
    return marks > MOST_MARKS ? 1 << 1 : (marks << 3) | (before << 1) | 1;
  }
}

/** The addon has no other way to its table than to let it register itself. */
function widthsOfUnicode11(): IUnicodeVersionProvider {
  const providers: IUnicodeVersionProvider[] = [];
  const unicode = { register: (provider: IUnicodeVersionProvider) => providers.push(provider) };
  new unicode11.Unicode11Addon().activate({ unicode });
  return providers[0]!;
}
