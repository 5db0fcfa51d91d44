import { cleanText } from '../../engine/clean-text.ts';
import type { Engine, ScriptEnd } from '../../engine/engine.ts';
import { picklist, safeParse, object, string } from 'valibot';
import type { FactValue, FactWanted } from '../world.ts';
import { Unknown } from './unknown.ts';
import { readBelow } from './read-below.ts';

/** Where scripts are (the lesson's `files` folder, as it was delivered), or why they are not run. */
export type Scripts = { folder: string } | { why: string; advice: string };

const MAX_SCRIPT = 100 * 1024;
const ANSWER = object({ status: picklist(['pass', 'not-yet', 'mistake']), say: string() });
const LESSONS_FAULT = 'This is a mistake in the lesson, not in what you did.';

type Options = { scripts: Scripts; image: string; signal: AbortSignal };

/** Runs a check's script in a closed-off container, and reads what it found. */
export async function scriptFact(
  engine: Engine,
  { file, input }: Extract<FactWanted, { ask: 'script' }>,
  { scripts, image, signal }: Options,
): Promise<FactValue> {
  if ('why' in scripts) throw new Unknown(scripts.why, scripts.advice);
  const found = await readBelow(scripts.folder, file, MAX_SCRIPT);
  if (found?.kind !== 'file') throw new Unknown(`The script “${file}” is not there.`, LESSONS_FAULT);
  const end = await engine.runScript({ image, script: found.text, stdin: JSON.stringify(input), signal });
  return { script: answerIn(file, end) };
}

function answerIn(
  file: string,
  { exitCode, stdout, stderr }: ScriptEnd,
): { status: 'pass' | 'not-yet' | 'mistake'; say: string } {
  if (exitCode === null)
    throw new Unknown(`The script “${file}” took too long and was ended.`, LESSONS_FAULT);
  if (exitCode !== 0) {
    const said = cleanText(stderr.trim().split('\n').at(-1) ?? '').slice(0, 200);
    const why = `The script “${file}” ended with code ${exitCode}${said === '' ? '' : `: ${said}`}`;
    throw new Unknown(why, LESSONS_FAULT);
  }
  const answer = safeParse(ANSWER, parse(stdout));
  if (!answer.success) throw new Unknown(`The script “${file}” did not print its answer.`, LESSONS_FAULT);
  return { status: answer.output.status, say: cleanText(answer.output.say) };
}

/** Null for what is no JSON, which fits no answer. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
