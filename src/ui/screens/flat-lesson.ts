import type { Diagram } from '../../lesson/lesson.ts';
import type { Explained, Typeset } from '../../model/learn-state.ts';
import type {
  CheckPart,
  CommandPart,
  LessonPart,
  OptionPart,
  QuestionPart,
} from '../../model/lesson-view/lesson-part.ts';
import { plainText } from '../../model/lesson-view/inline-text.ts';
import type { LessonView } from '../../model/select-lesson.ts';

/** The lesson as sentences in reading order: no lines drawn, no colours, every mark as a word. */
export function flatLesson({ name, note, parts, typeset }: LessonView): string[] {
  return [`Lesson: ${name}, ${note}`, ...parts.flatMap((part) => partLines(part, typeset))];
}

function partLines(part: LessonPart, typeset: Typeset | null): readonly string[] {
  switch (part.kind) {
    case 'heading':
      return [part.text];
    case 'text': {
      const lines = plain(part.key, part.markdown, typeset);
      return part.label === '' ? lines : [`${part.label.replace(': ', ', ')}:`, ...lines];
    }
    case 'commands':
      return [
        ...(part.label === '' ? [] : [`${part.label}:`]),
        ...part.commands.map((command) => commandText(command)),
      ];
    case 'question':
      return questionLines(part.question, typeset);
    case 'check':
      return checkLines(part.check);
    case 'diagram':
      return [diagramText(part.diagram)];
    case 'explained':
      return flatExplained(part.explained);
    case 'said':
      return [plainText(part.text)];
  }
}

const SGR = /\x1b\[[\d;:]*m/g;

/** As it was typeset, else as it was written; the frames that tables and quotes are drawn with say nothing aloud. */
function plain(key: string, markdown: string, typeset: Typeset | null): string[] {
  const lines = typeset?.blocks.get(key) ?? markdown.split('\n');
  return lines.map((line) => line.replace(SGR, '').trim()).filter((line) => line !== '');
}

function commandText({ line, typed, next }: CommandPart): string {
  const standing = typed ? 'Typed' : next ? 'Next command' : 'Command';
  return `${standing}: ${line}`;
}

/** `not yet: "keep" is running. Because: …`. */
function checkLines({ word, claim, reason }: CheckPart): string[] {
  const why = reason.map(({ text }) => plainText(text)).join(' ');
  return [`${word}: ${plainText(claim)}${why === '' ? '' : `, because: ${why}`}`];
}

function questionLines(
  { key, kind, ask, options, hint, wrong, because }: QuestionPart,
  typeset: Typeset | null,
): string[] {
  const name = kind === 'predict' ? 'Guess' : 'Question';
  return [
    `${name}: ${plain(key, ask, typeset).join(' ')}`,
    ...options.map((option) => optionText(option, typeset)),
    ...[wrong, because].flatMap((text) => (text.text === '' ? [] : plain(text.key, text.text, typeset))),
    ...(hint === '' ? [] : [hint]),
  ];
}

function optionText({ key, letter, text, word }: OptionPart, typeset: Typeset | null): string {
  return `${letter}: ${plain(key, text, typeset).join(' ')}${word === '' ? '' : ` (${word})`}`;
}

function diagramText({ alt }: Diagram): string {
  return `Drawing: ${alt}`;
}

export function flatExplained({ said, meaning, tryThis }: Explained): string[] {
  return [
    `The engine says: ${said}`,
    `That means: ${plainText(meaning)}`,
    ...(tryThis === '' ? [] : [`Try: ${plainText(tryThis)}`]),
  ];
}
