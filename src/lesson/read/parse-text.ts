import { cleanText } from '../../engine/clean-text.ts';

/** Line ends as every editor writes them; a text of a lesson keeps its lines, and nothing else that steers a terminal. */
const LINE_END = /\r\n|\n|\r/;

/** The lines of a file, each one harmless to draw; what is on line n stays on line n. */
export function cleanLines(text: string): string[] {
  return text.split(LINE_END).map(cleanText);
}

export function cleanLongText(text: string): string {
  return cleanLines(text).join('\n');
}
