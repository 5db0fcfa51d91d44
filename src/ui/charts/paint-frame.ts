export type ChartPart = 'line' | 'label' | 'axis';
/** Puts a colour around a text, or does not (NO_COLOR). */
export type PaintPart = (part: ChartPart, text: string) => string;

/** By the number in `CSI 38;5;n m`. */
const PARTS: Readonly<Record<string, ChartPart>> = { 1: 'line', 2: 'label', 3: 'axis' };

/**
 * Turns a widget's frame, which has a colour code and a reset around every cell, into rows that are painted a run at a
 * time and have exactly the size asked for.
 */
export function paintFrame(
  frame: string,
  size: { width: number; height: number },
  paint: PaintPart,
): string[] {
  const rows = frame.split('\n');
  return Array.from({ length: size.height }, (_, at) => paintRow(rows[at] ?? '', size.width, paint));
}

function paintRow(row: string, width: number, paint: PaintPart): string {
  let part: ChartPart | undefined;
  let run = { part, text: '' };
  let painted = '';
  let cells = 0;
  const flush = (): void => {
    painted += run.part === undefined ? run.text : paint(run.part, run.text);
  };
  // The background (4x) is never set to anything but its default.
  for (const [token, codes] of row.matchAll(/\u001b\[([\d;]*)m|[^\u001b]/g)) {
    if (codes !== undefined) {
      if (!codes.startsWith('4')) part = PARTS[/^38;5;(\d+)$/.exec(codes)?.[1] ?? ''];
    } else if (cells < width) {
      cells += 1;
      // A blank shows no colour, so it does not end a run.
      if (token === ' ' || part === run.part) run.text += token;
      else {
        flush();
        run = { part, text: token };
      }
    }
  }
  flush();
  return painted + ' '.repeat(width - cells);
}
