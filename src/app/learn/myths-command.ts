import { mythsOf, type Myth } from '../../lesson/myths.ts';
import { builtInLessons, findLessons } from '../../lesson/read/find-lessons.ts';
import { plainText } from '../../model/lesson-view/inline-text.ts';
import { wrapWords } from '../../model/wrap-words.ts';

const WIDTH = 78;

export type MythsOptions = { json: boolean; stdout: { write: (text: string) => unknown } };

/** `slipway myths`: what many believe, what is true, and which lesson shows it. Gives the exit code. */
export async function mythsCommand({ json, stdout }: MythsOptions): Promise<number> {
  const found = await findLessons(builtInLessons());
  const myths = mythsOf(found.flatMap(({ lesson }) => (lesson === null ? [] : [lesson])));
  stdout.write(`${json ? JSON.stringify(myths, null, 2) : myths.map(mythText).join('\n\n')}\n`);
  return 0;
}

function mythText({ claim, fact, lesson }: Myth): string {
  return [
    ...hung('Myth:   ', claim),
    ...hung('Fact:   ', fact),
    ...hung('Try it: ', `slipway learn ${lesson.id}  (${lesson.title})`),
  ].join('\n');
}

function hung(before: string, text: string): string[] {
  const lines = wrapWords(plainText(text), WIDTH - before.length);
  return lines.map((line, i) => (i === 0 ? before : ' '.repeat(before.length)) + line);
}
