import type { Diagram } from '../../lesson/lesson.ts';
import { cellWidth, cutEnd, padEnd } from '../fit-text.ts';
import { piece } from '../line.ts';
import { shareWidth } from '../share-width.ts';
import { wrapWords } from '../wrap-words.ts';
import type { LessonLine } from './lesson-line.ts';

type Of<N extends Diagram['name']> = Extract<Diagram, { name: N }>;

/** A drawing of characters, at most `width` cells wide. */
export function diagramLines(diagram: Diagram, width: number): LessonLine[] {
  switch (diagram.name) {
    case 'layers':
      return layerLines(diagram, width);
    case 'flow':
      return flowLines(diagram, width);
    case 'table':
      return tableLines(diagram, width);
  }
}

/** Layers lie on each other; the word at the right says which of them can be written. */
function layerLines({ rows }: Of<'layers'>, width: number): LessonLine[] {
  const label = Math.max(0, ...rows.map((row) => cellWidth(row.label)));
  const note = Math.max(0, ...rows.map((row) => cellWidth(row.note)));
  const kind = 'read-only'.length;
  const [labels = 0, notes = 0] = shareWidth([label, note], Math.max(2, width - kind - 8));
  const inner = labels + notes + kind + 6;
  const rule = '─'.repeat(inner);
  const edge = (text: string): LessonLine => [piece(text, 'quiet')];
  const lines = rows.flatMap((row, i): LessonLine[] => {
    const isWritable = row.kind === 'writable';
    const text = ` ${padEnd(row.label, labels)}  `;
    return [
      ...(i === 0 ? [] : [edge(`├${rule}┤`)]),
      [
        piece('│', 'quiet'),
        piece(text, isWritable ? 'accent' : 'plain'),
        piece(`${padEnd(row.note, notes)}  `, 'quiet'),
        piece(`${padEnd(row.kind, kind)} `, isWritable ? 'accent' : 'quiet'),
        piece('│', 'quiet'),
      ],
    ];
  });
  return [edge(`╭${rule}╮`), ...lines, edge(`╰${rule}╯`)];
}

/** From left to right where that fits, else from the top down. */
function flowLines({ boxes, arrows }: Of<'flow'>, width: number): LessonLine[] {
  const line: LessonLine = boxes.flatMap((box, i) => {
    const arrow = arrows[i] ?? '';
    const to = i === boxes.length - 1 ? [] : [piece(arrow === '' ? ' ──▶ ' : ` ── ${arrow} ─▶ `, 'quiet')];
    return [piece(`[ ${box} ]`, 'accent'), ...to];
  });
  const cells = line.reduce((sum, part) => sum + ('text' in part ? cellWidth(part.text) : 0), 0);
  if (cells <= width) return [line];
  return boxes.flatMap((box, i): LessonLine[] => {
    const whole: LessonLine = [piece(`[ ${cutEnd(box, Math.max(1, width - 4))} ]`, 'accent')];
    if (i === boxes.length - 1) return [whole];
    const arrow = wrapWords(arrows[i] ?? '', Math.max(1, width - 6));
    return [
      whole,
      ...arrow.map((text): LessonLine => [piece(`   │  ${text}`, 'quiet')]),
      [piece('   ▼', 'quiet')],
    ];
  });
}

const GAP = 2;

function tableLines({ head, rows }: Of<'table'>, width: number): LessonLine[] {
  const wanted = head.map((title, i) =>
    Math.max(cellWidth(title), ...rows.map((row) => cellWidth(row[i] ?? ''))),
  );
  const widths = shareWidth(wanted, Math.max(head.length, width - GAP * (head.length - 1)));
  const rule = '─'.repeat(
    Math.min(
      width,
      widths.reduce((sum, w) => sum + w, GAP * (head.length - 1)),
    ),
  );
  return [
    ...rowLines(head, widths, 'title', width),
    [piece(rule, 'quiet')],
    ...rows.flatMap((row) => rowLines(row, widths, 'plain', width)),
  ];
}

/** A row is as high as its highest cell. */
function rowLines(
  cells: readonly string[],
  widths: readonly number[],
  tone: 'title' | 'plain',
  width: number,
): LessonLine[] {
  const wrapped = widths.map((w, i) => wrapWords(cells[i] ?? '', Math.max(1, w)));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y): LessonLine => {
    const text = wrapped.map((lines, i) => padEnd(lines[y] ?? '', widths[i] ?? 0)).join(' '.repeat(GAP));
    return [piece(cutEnd(text.trimEnd(), width), tone)];
  });
}
