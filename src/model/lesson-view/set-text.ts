import type { Typeset } from '../learn-state.ts';
import { wrapWords } from '../wrap-words.ts';
import type { LessonPart } from './lesson-part.ts';

/** Markdown that is to be typeset: where its lines go, and how many cells of the pane's text width it may not use. */
export type LessonText = {
  key: string;
  markdown: string;
  indent: number;
  /** Words of the glossary are marked in it: running text, not what is asked or chosen from. */
  explained?: true;
};

/** Cells that stand before a text with a label, a question, an option, and what is said to it. */
export const INDENT = { labelled: 2, ask: 2, option: 7, said: 4 } as const;

/** Everything in these parts that is Markdown. */
export function lessonTexts(parts: readonly LessonPart[]): readonly LessonText[] {
  return parts.flatMap((part): readonly LessonText[] => {
    if (part.kind === 'text') {
      const indent = part.label === '' ? 0 : INDENT.labelled;
      return [{ key: part.key, markdown: part.markdown, indent, explained: true }];
    }
    if (part.kind !== 'question') return [];
    const { key, ask, options, wrong, because } = part.question;
    return [
      { key, markdown: ask, indent: INDENT.ask },
      ...options.map((option) => ({ key: option.key, markdown: option.text, indent: INDENT.option })),
      ...[wrong, because].flatMap((text) =>
        text.text === '' ? [] : [{ key: text.key, markdown: text.text, indent: INDENT.said }],
      ),
    ];
  });
}

/** The lines of a text: as they were typeset for this width, else the Markdown as it was written, broken at blanks. */
export function setText(
  typeset: Typeset | null,
  text: LessonText,
  width: number,
): readonly { set: string }[] {
  const lines = typeset?.width === width ? typeset.blocks.get(text.key) : undefined;
  return (lines ?? plainLines(text.markdown, width - text.indent)).map((line) => ({ set: line }));
}

function plainLines(markdown: string, width: number): string[] {
  return markdown
    .trim()
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [''] : wrapWords(line, Math.max(1, width))));
}
