import { cellWidth, cutEnd, cutMiddle, padEnd, padStart } from '../../model/fit-text.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { WireContent } from '../../model/select-wire.ts';
import type { Size } from '../../model/state.ts';
import { shortPath } from '../../model/wire-path.ts';
import { described, type CallRow, type HeadingRow } from '../../model/wire-rows.ts';
import { commandMark, durationText, statusMark } from '../../model/wire-texts.ts';
import type { Paint, Style } from '../theme.ts';
import { treeLines } from './tree-lines.ts';

/** What the wire pane shows, in at most `rows` lines of exactly `columns` cells. */
export function wireLines(
  content: WireContent,
  { columns, rows }: Size,
  focused: boolean,
  paint: Paint,
): string[] {
  const line = (text: string, style: Style): string => paint(style, padEnd(` ${text}`, columns));
  switch (content.kind) {
    case 'message':
      return content.lines.map((text) => line(text, 'quiet')).slice(0, rows);
    case 'list': {
      const list = content.rows.map((row, i) =>
        row.kind === 'heading'
          ? headingLine(row, columns, paint)
          : callLine(row, columns, paint, { selected: i === content.selected, focused }),
      );
      const gap = Math.max(0, rows - list.length - content.below.length);
      const blanks = Array.from({ length: gap }, () => ' '.repeat(columns));
      return [...list, ...blanks, ...content.below.map((text) => line(text, 'accent'))].slice(0, rows);
    }
    case 'call': {
      const [address = '', ...facts] = content.heading;
      return [
        line(cutMiddle(address, columns - 2), 'bold'),
        ...facts.map((text, i) => line(text, i === 0 ? 'accent' : 'plain')),
        ...treeLines(content.rows, content.raw, columns, paint, focused),
      ].slice(0, rows);
    }
  }
}

/** `$ docker ps                ✓` */
function headingLine({ text, command }: HeadingRow, width: number, paint: Paint): string {
  const { mark, text: code, tone } = commandMark(command);
  const end = `${mark}${code === '' ? '' : ` ${code}`}`;
  const title = padEnd(cutEnd(text, width - cellWidth(end) - 3), width - cellWidth(end) - 2);
  return ` ${paint(command === null ? 'quiet' : 'title', title)}${paint(tone, end)} `;
}

/** From here on there is room for words in full, and for the bytes of the answer. */
const WIDE = 56;

/**
 * A call below its command: `  POST /containers/create  ✓ 201  12 ms`. The selected one is inverse as a whole in the
 * focused pane, and has `▸` in any.
 */
function callLine(
  { call }: CallRow,
  width: number,
  paint: Paint,
  { selected, focused }: { selected: boolean; focused: boolean },
): string {
  const isWide = width >= WIDE;
  const { mark, text, tone } = statusMark(call);
  const { changes, greeting } = described(call);
  const status = padEnd(isWide ? `${mark} ${text}` : `${mark}${text}`, isWide ? 5 : 4);
  const time = durationText(call.endedAfter);
  const after = isWide
    ? `  ${padStart(time, 6)}  ${padStart(humanSize(call.received), 7)} `
    : ` ${padStart(time.replace(' ', ''), 5)} `;
  const before = `${selected ? ' ▸' : '  '}${padEnd(methodText(call.method, isWide), isWide ? 6 : 4)} `;
  const room = Math.max(0, width - cellWidth(before + status + after) - 1);
  const address = padEnd(addressText(call.path, call.query, room), room);
  if (selected && focused) return paint('selected', `${before}${address} ${status}${after}`);
  const style: Style = greeting ? 'quiet' : changes ? 'bold' : 'plain';
  return (
    paint(selected ? 'bold' : style, `${before}${address} `) + paint(tone, status) + paint('quiet', after)
  );
}

function methodText(method: string, isWide: boolean): string {
  if (isWide) return method;
  return method === 'DELETE' ? 'DEL' : method;
}

/** Least that is worth showing of a query. */
const LEAST_QUERY = 6;

function addressText(path: string, query: string, room: number): string {
  const short = shortPath(path, room);
  const left = room - cellWidth(short);
  return query === '' || left < LEAST_QUERY ? short : short + cutEnd(`?${query}`, left);
}
