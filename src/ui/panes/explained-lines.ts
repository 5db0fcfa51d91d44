import { cellWidth, padEnd } from '../../model/fit-text.ts';
import type { Explained } from '../../model/learn-state.ts';
import { hangingInline } from '../../model/lesson-view/inline-text.ts';
import { hanging } from '../../model/lesson-view/lesson-line.ts';
import { piece } from '../../model/line.ts';
import type { Paint } from '../theme.ts';
import { lessonLine } from './lesson-pane.tsx';

/** What an engine's words mean, under a line that sets it apart; each line is exactly `width` cells wide. */
export function explainedLines(
  { said, meaning, tryThis }: Explained,
  width: number,
  paint: Paint,
): readonly string[] {
  const title = ' What this means ── Esc closes ';
  const rule = `──${title}${'─'.repeat(Math.max(0, width - 2 - cellWidth(title)))}`;
  const lines = [
    ...hanging(piece(' ✗ ', 'bad'), said, 'bad', width - 1),
    ...hangingInline(piece('   '), meaning, 'plain', width - 1),
    ...(tryThis === '' ? [] : hangingInline(piece('   Try: ', 'key'), tryThis, 'plain', width - 1)),
  ];
  return [paint('border', padEnd(rule, width)), ...lines.map((line) => lessonLine(line, width, paint))];
}
