import { isSameImage } from '../../engine/image-name.ts';
import type { Build } from './build-state.ts';
import { BLAMED } from './take-news.ts';

/** `dockerfile parse error line 2: …` (20.10), `… on line 2: …`, `Syntax error - … at line 2`. */
const SAYS_LINE = /(?:parse error|Syntax error).*? line (\d+)/i;

/** The line of the Dockerfile that broke the build; null where none of them did. */
export function blamedLine({ steps, dockerfile, aside }: Build, text: string): number | null {
  const said = SAYS_LINE.exec(text)?.[1];
  if (said !== undefined) return Number(said);
  const failed = steps.find(({ state }) => state === 'failed');
  if (failed !== undefined) return failed.line;
  const from = aside.startsWith(BLAMED) ? aside.slice(BLAMED.length) : null;
  const words = dockerfile?.instructions.filter((i) => i.word === 'FROM') ?? [];
  return (
    (from === null ? undefined : words.find((i) => i.text.split(/\s+/).some((w) => isSameImage(w, from))))
      ?.line ?? null
  );
}
