/** The parts of a Markdown text between its lines of `---`, without those that are empty; a code block stays whole. */
export function partByRules(text: string): string[] {
  const parts: string[][] = [[]];
  let fence = '';
  for (const line of text.split('\n')) {
    const [ticks] = /^ {0,3}(?:`{3,}|~{3,})/.exec(line) ?? [];
    if (ticks !== undefined && fence === '') fence = ticks.trim();
    else if (ticks?.trim() === fence) fence = '';
    if (fence === '' && line.trim() === '---') parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.map((lines) => lines.join('\n').trim()).filter((part) => part !== '');
}
