import { quoteWords } from '../shell-words.ts';
import type { Tool } from '../run-line.ts';
import type { BuildSpec } from './build.ts';

/** The line that one would type for a build. */
export function buildLine(spec: BuildSpec, tool: Tool): string {
  const { folder, dockerfile, name, args, target, noCache, pull } = spec;
  const flags = [
    ...(name === '' ? [] : ['-t', name]),
    ...(dockerfile === '' ? [] : ['-f', inFolder(folder, dockerfile)]),
    ...args.flatMap((arg) => ['--build-arg', arg]),
    ...(target === '' ? [] : ['--target', target]),
    ...(noCache ? ['--no-cache'] : []),
    ...(pull ? ['--pull'] : []),
  ];
  return quoteWords([tool, 'build', ...flags, folder]);
}

/** `-f` counts from where one stands, not from the folder. */
function inFolder(folder: string, dockerfile: string): string {
  if (dockerfile.startsWith('/') || folder === '.' || folder === '') return dockerfile;
  return `${folder.replace(/\/+$/, '')}/${dockerfile}`;
}
