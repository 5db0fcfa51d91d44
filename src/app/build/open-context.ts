import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import type { BuildSpec } from '../../engine/build/build.ts';
import { readDockerfile } from '../../engine/build/dockerfile.ts';
import { ignoreRule, readIgnoreFile, type IgnoreRule } from '../../engine/build/ignore-file.ts';
import { cleanText } from '../../engine/clean-text.ts';
import { EngineError } from '../../engine/errors.ts';
import type { BuildContext } from './context.ts';
import { diskProblem } from './disk-problem.ts';

/** Name in the archive of a Dockerfile that lies outside of the folder. */
const OUTSIDE_NAME = '.dockerfile.slipway';
/** No Dockerfile comes near this; whoever names an archive by mistake is told so. */
const LARGEST_DOCKERFILE = 5_000_000;

/** Reads what a build follows: the Dockerfile, and what is left out of the folder. @param startIn where a relative folder begins */
export async function openContext(
  { folder: named, dockerfile: file }: Pick<BuildSpec, 'folder' | 'dockerfile'>,
  startIn: string,
): Promise<BuildContext> {
  const folder = resolve(startIn, named.replace(/^~(?=\/|$)/, homedir()));
  await checkFolder(folder);
  const path = resolve(folder, file || 'Dockerfile');
  const text = await readDockerfileAt(path, folder);
  const within = relative(folder, path);
  const isOutside = within.startsWith('../') || within.startsWith('/');
  const dockerfilePath = isOutside ? OUTSIDE_NAME : within;
  const ignore = await readRules(folder, path);
  return {
    folder,
    dockerfile: readDockerfile(text.toString()),
    dockerfilePath,
    outside: isOutside ? text : null,
    ignoreFile: ignore.name,
    // Both are always sent: the engine needs them, also where COPY is not to have them.
    rules: [...ignore.rules, ignoreRule('.dockerignore', true), ignoreRule(dockerfilePath, true)],
  };
}

async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    throw diskProblem(error, folder, 'The folder is where the Dockerfile and the files for COPY are.');
  });
  if (found.isDirectory()) return;
  throw new EngineError('rejected', `${cleanText(folder)} is not a folder`, {
    advice: 'Name the folder that it is in; another Dockerfile goes into its own field.',
  });
}

async function readDockerfileAt(path: string, folder: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_DOCKERFILE)
      throw new EngineError('rejected', `${cleanText(path)} is too large to be a Dockerfile`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const advice = `There is no ${cleanText(basename(path))} in ${cleanText(folder)}; a file of another name goes into the field Dockerfile.`;
    throw diskProblem(error, path, advice);
  }
}

/** `Dockerfile.dockerignore` comes before `.dockerignore`, as with BuildKit’s own client. */
async function readRules(
  folder: string,
  dockerfile: string,
): Promise<{ name: string; rules: readonly IgnoreRule[] }> {
  for (const path of [`${dockerfile}.dockerignore`, join(folder, '.dockerignore')]) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw diskProblem(error, path, 'It says what is left out of the build.');
    });
    if (text === null) continue;
    const { rules, problem } = readIgnoreFile(text);
    const name = basename(path);
    if (problem !== '') {
      throw new EngineError('rejected', `${name}, ${cleanText(problem)}`, {
        advice: `Mend that line of ${name}.`,
      });
    }
    return { name, rules };
  }
  return { name: '', rules: [] };
}
