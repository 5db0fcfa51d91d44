import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildSpec } from '../../engine/build/build.ts';
import { judgePath, type FolderMatches } from '../../engine/build/keeps-out.ts';
import { cleanText } from '../../engine/clean-text.ts';
import type { EngineError } from '../../engine/errors.ts';
import { explainError } from '../../lesson/errors/explain-error.ts';
import type { ErrorContext } from '../../lesson/errors/error-row.ts';
import type { BuildContext } from './context.ts';

/** What each builder says of a file that COPY does not find: Docker’s classic one, BuildKit (three ages of it), podman. */
const NOT_FOUND = [
  /COPY failed: .*?stat (?<path>.+?): (?:file does not exist|no such file)/,
  /(?:failed to compute cache key|failed to calculate checksum of ref \S+?): (?:.*: )?"(?<path>[^"]+)":? not found/,
  /copier: stat: "(?<path>[^"]+)": no such file/,
];

export type Failure = { advice: string; explained: string };

/** What a failure means, in other words than the engine’s, and what to do about it. */
export async function explainFailure(
  error: EngineError,
  { spec, context, world }: { spec: BuildSpec; context: BuildContext | null; world: ErrorContext },
): Promise<Failure> {
  if (error.kind === 'lost') {
    const advice =
      'The engine went away in the middle of the build. When it is back, build again: finished steps may be in its cache.';
    return { advice: error.advice || advice, explained: '' };
  }
  const keptOut = context === null ? null : await whatKeepsOut(error.message, context);
  if (keptOut !== null) return { advice: keptOut, explained: '' };
  const explained = context === null ? null : explainError(error.message, world);
  if (explained === null) return { advice: error.advice || needsPull(error, spec), explained: '' };
  return { advice: error.advice || explained.tryThis, explained: explained.meaning };
}

function needsPull({ message }: EngineError, { pull }: BuildSpec): string {
  if (!/registry|pull|manifest|resolv/i.test(message)) return '';
  return pull
    ? 'Without Pull, an image that the engine has already is enough.'
    : 'The engine does not have the image to build on and could not get it. See what it has in Images, or pull it first.';
}

/** The line of the ignore file that leaves out what COPY asks for, where the file is there; null otherwise. */
async function whatKeepsOut(
  message: string,
  { folder, rules, ignoreFile }: BuildContext,
): Promise<string | null> {
  const path = NOT_FOUND.map((says) => says.exec(message)?.groups?.['path']).find(
    (found) => found !== undefined,
  );
  if (path === undefined || ignoreFile === '') return null;
  const within = path.replace(/^\/+|\/+$/g, '');
  const isThere = await lstat(join(folder, within)).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  let matches: FolderMatches = [];
  let line = 0;
  let pattern = '';
  const parts = within.split('/');
  for (const i of parts.keys()) {
    const judged = judgePath(rules, parts.slice(0, i + 1).join('/'), matches);
    matches = judged.matches;
    line = judged.by?.line ?? 0;
    pattern = judged.by?.pattern ?? '';
  }
  if (line === 0) return null;
  const by = `Line ${line} of ${cleanText(ignoreFile)} (${cleanText(pattern)})`;
  return `${by} leaves ${cleanText(within)} out of what is sent, so COPY cannot find it. Take that line away, or add below it: !${cleanText(within)}`;
}
