import { cleanText } from '../engine/clean-text.ts';

/** A path or a name as it may be drawn: one line, harmless, with U+FFFD for bytes that are no UTF-8. */
export function shownPath(path: string): string {
  return cleanText(path.replaceAll('\n', '␤'));
}
