import { memo } from 'react';
import { cellWidth } from '../../model/fit-text.ts';
import type { LessonLine } from '../../model/lesson-view/lesson-line.ts';
import type { LessonView } from '../../model/select-lesson.ts';
import type { Paint } from '../theme.ts';
import { bottomBorder, sided, titleLine } from '../widgets/frame.ts';
import { Lines } from '../widgets/lines.tsx';

/** The lesson: what to do, and what the engine says of it. */
export const LessonPane = memo(({ view, paint }: { view: LessonView; paint: Paint }) => (
  <Lines lines={paneLines(view, paint)} width={view.rect.width} />
));

function paneLines({ rect, focused, title, note, lines, status }: LessonView, paint: Paint): string[] {
  const { width, height } = rect;
  const content = Array.from({ length: Math.max(0, height - 2) }, (_, i) => {
    const line = lessonLine(lines[i] ?? [], width - 3, paint);
    return sided(paint, ` ${line}`, focused);
  });
  return [
    titleLine(paint, { title, note, width, focused, corners: 'first' }),
    ...content,
    bottomBorder(paint, width, focused, { text: status, style: 'quiet' }),
  ];
}

const SGR = /\x1b\[[\d;:]*m/g;

/** A line of exactly `width` cells; it was broken to that already. */
export function lessonLine(line: LessonLine, width: number, paint: Paint): string {
  let text = '';
  let used = 0;
  for (const part of line) {
    text += 'set' in part ? part.set : paint(part.tone, part.text);
    used += cellWidth('set' in part ? part.set.replace(SGR, '') : part.text);
  }
  return text + ' '.repeat(Math.max(0, width - used));
}
