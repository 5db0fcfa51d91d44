/** A command of several lines where there is room for one. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ↵ ');
}
