import type { Typeset } from '../learn-state.ts';
import { cellWidth, cutEnd } from '../fit-text.ts';
import { piece, type Piece } from '../line.ts';
import { diagramLines } from './diagram-lines.ts';
import { hangingInline } from './inline-text.ts';
import { breakHard, hanging, type LessonLine } from './lesson-line.ts';
import type { CommandPart, LessonPart, OptionPart, QuestionPart } from './lesson-part.ts';
import { INDENT, setText } from './set-text.ts';

/** `anchors`: first line, and the one after the last, of what has a name. */
export type LaidOut = {
  lines: readonly LessonLine[];
  anchors: ReadonlyMap<string, { from: number; to: number }>;
};

const EMPTY: LessonLine = [];

type Part = Exclude<LessonPart, { kind: 'heading' }>;

/**
 * The parts as lines of at most `width` cells, a blank line between what does not belong together. Without the heading,
 * which stands in the pane's title line.
 */
export function layOutLesson(all: readonly LessonPart[], typeset: Typeset | null, width: number): LaidOut {
  const parts = all.filter((part) => part.kind !== 'heading');
  const lines: LessonLine[] = [];
  const anchors = new Map<string, { from: number; to: number }>();
  for (const [i, part] of parts.entries()) {
    if (i > 0 && !belongTogether(parts[i - 1]!, part)) lines.push(EMPTY);
    const from = lines.length;
    lines.push(...partLines(part, typeset, width));
    if (part.anchor !== undefined) anchors.set(part.anchor, { from, to: lines.length });
  }
  return { lines, anchors };
}

function belongTogether(before: LessonPart, part: LessonPart): boolean {
  if (part.kind === 'text' && before.kind === 'text') return before.label === 'Myth';
  return part.kind === before.kind && (part.kind === 'check' || part.kind === 'said');
}

function partLines(part: Part, typeset: Typeset | null, width: number): readonly LessonLine[] {
  switch (part.kind) {
    case 'text':
      return textLines(part, typeset, width);
    case 'commands':
      return commandLines(part.label, part.commands, width);
    case 'question':
      return questionLines(part.question, typeset, width);
    case 'check': {
      const { mark, tone, claim, reason } = part.check;
      const style = tone === 'plain' || tone === 'quiet' ? tone : 'plain';
      return [
        ...hangingInline(piece(`${mark} `, tone), claim, style, width),
        ...reason.flatMap((line) => hangingInline(piece('    '), line.text, line.tone, width)),
      ];
    }
    case 'diagram':
      return diagramLines(part.diagram, width);
    case 'explained': {
      const { said, meaning, tryThis } = part.explained;
      return [
        // All of it stands in the terminal; what it means is worth more room.
        [piece('✗ ', 'bad'), piece(cutEnd(said, Math.max(1, width - 2)), 'bad')],
        ...hangingInline(piece('  '), meaning, 'plain', width),
        ...(tryThis === '' ? [] : hangingInline(piece('  Try: ', 'key'), tryThis, 'plain', width)),
      ];
    }
    case 'said': {
      const mark = part.mark === '' ? '' : `${part.mark} `;
      return hangingInline(piece(mark, part.tone), part.text, part.tone, width);
    }
  }
}

/** What is set apart by a label has a line down its left side. */
const SIDE_TONES: Readonly<Record<string, Piece['tone']>> = {
  Note: 'accent',
  Myth: 'warning',
  'In fact': 'good',
};

function textLines(
  { key, markdown, label }: Extract<LessonPart, { kind: 'text' }>,
  typeset: Typeset | null,
  width: number,
): LessonLine[] {
  const indent = label === '' ? 0 : INDENT.labelled;
  const lines = setText(typeset, { key, markdown, indent }, width);
  if (label === '') return lines.map((line) => [line]);
  const tone = SIDE_TONES[label] ?? 'key';
  return [
    [piece('│ ', tone), piece(label, 'title')],
    ...lines.map((line): LessonLine => [piece('│ ', tone), line]),
  ];
}

function commandLines(label: string, commands: readonly CommandPart[], width: number): LessonLine[] {
  const title: LessonLine[] = label === '' ? [] : [[piece(label, 'title')]];
  return [...title, ...commands.flatMap((command) => commandLine(command, width))];
}

function commandLine({ line, typed, next }: CommandPart, width: number): LessonLine[] {
  const mark = typed ? piece('✓ ', 'good') : next ? piece('▸ ', 'key') : piece('  ');
  return breakHard(line, width - 4).map((text, i): LessonLine => {
    const start = i === 0 ? [mark, piece('$ ', 'quiet')] : [piece('    ')];
    return [...start, piece(text, typed ? 'quiet' : 'accent')];
  });
}

function questionLines(
  { key, ask, options, hint, wrong, because }: QuestionPart,
  typeset: Typeset | null,
  width: number,
): LessonLine[] {
  const asked = setText(typeset, { key, markdown: ask, indent: INDENT.ask }, width);
  const remarks = [wrong, because].filter(({ text }) => text !== '');
  return [
    ...asked.map((line, i): LessonLine => [piece(i === 0 ? 'Q ' : '  ', 'key'), line]),
    ...options.flatMap((option) => optionLines(option, typeset, width)),
    ...remarks.flatMap((text) =>
      setText(typeset, { key: text.key, markdown: text.text, indent: INDENT.said }, width).map(
        (line): LessonLine => [piece(' '.repeat(INDENT.said)), line],
      ),
    ),
    ...(hint === '' ? [] : hanging(piece('  '), hint, 'quiet', width)),
  ];
}

function optionLines(
  { key, letter, text, mark, tone }: OptionPart,
  typeset: Typeset | null,
  width: number,
): LessonLine[] {
  const before = piece(`  ${mark} ${letter}) `, tone === 'plain' ? 'key' : tone);
  const blank = piece(' '.repeat(cellWidth(before.text)));
  return setText(typeset, { key, markdown: text, indent: INDENT.option }, width).map(
    (line, i): LessonLine => [i === 0 ? before : blank, line],
  );
}
