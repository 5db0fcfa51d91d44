import type { Kind } from '../../engine/objects.ts';
import { cut } from './plain-text.ts';
import { nameOf, type ThingOf } from './things.ts';

/** What the sentence speaks of: the subject of the check, and something else that was found. */
export type SayBindings = { actual?: ThingOf[Kind] | undefined; other?: ThingOf[Kind] | undefined };

const PLACES = /\{\{\s*(actual|other)\.(\w+)\s*\}\}/g;
const LONGEST = 80;

/**
 * Fills in `{{actual.exitCode}}`, `{{other.name}}` and their like. What is not known is a question mark; other words in
 * braces (`{{.State.Pid}}` is a template of docker's) are left as they are.
 */
export function fillInSay(text: string, bindings: SayBindings): string {
  return text.replace(PLACES, (_, whose: 'actual' | 'other', word: string) => {
    const values = valuesOf(bindings[whose]);
    return cut(Object.hasOwn(values, word) ? (values[word] ?? '?') : '?', LONGEST);
  });
}

function valuesOf(thing: ThingOf[Kind] | undefined): Readonly<Record<string, string>> {
  if (thing === undefined) return {};
  const name = nameOf(thing);
  if ('tags' in thing) return { name, image: name };
  if (!('exitCode' in thing)) return { name };
  const { image, state, exitCode, oomKilled, restartCount, health } = thing;
  return {
    name,
    image,
    state,
    health: health === '' ? 'none' : health,
    exitCode: `${exitCode}`,
    oomKilled: `${oomKilled}`,
    restartCount: `${restartCount}`,
  };
}
