/** Puts what is really there into an explanation: names instead of ids, and the typed line with one word mended. */
import { didYouMean } from '../../engine/did-you-mean.ts';
import { shortImageName, splitImageName, withoutLocalhost } from '../../engine/image-name.ts';
import type { ErrorContext } from './error-row.ts';

/** A longer line is not shown again with one word changed. */
const LONGEST_LINE = 100;

/** The program that was typed, so that what to try is typed to the same. */
export function client({ command }: ErrorContext): 'docker' | 'podman' {
  return /^\s*(?:sudo\s+)?podman\b/.test(command) ? 'podman' : 'docker';
}

export function wordsOf(command: string): string[] {
  return command.split(/\s+/).filter((word) => word !== '');
}

/** The container an error is about: by the typed line where the engine says an id only; `that container` as a last resort. */
export function containerIn(context: ErrorContext, said = ''): string {
  if (said !== '' && !/^[0-9a-f]{64}$/.test(said)) return said;
  const typed = wordsOf(context.command).find((word) => context.containers.includes(word));
  return typed ?? (said === '' ? 'that container' : said.slice(0, 12));
}

/** `Did you mean web? Try: docker stop web`, or else what the caller has to offer. */
export function nearest(
  name: string,
  known: readonly string[],
  context: ErrorContext,
  otherwise: string,
): string {
  return meant(name, didYouMean(name, known), context, otherwise);
}

export function nearestImage(name: string, context: ErrorContext, otherwise: string): string {
  return meant(name, didYouMeanImage(name, context.images), context, otherwise);
}

function meant(name: string, near: string | null, context: ErrorContext, otherwise: string): string {
  if (near === null || near === name) return otherwise;
  const mended = mendedLine(context.command, name, near);
  return `Did you mean ${near}?${mended === '' ? '' : ` Try: ${mended}`}`;
}

/** The typed line with that word replaced; empty where it is not in it as a word, or the line is too long to be shown. */
export function mendedLine(command: string, wrong: string, right: string): string {
  const line = command.trim();
  const at = wordsOf(line).find((word) => [wrong, wrong.replace(/:latest$/, '')].includes(plainImage(word)));
  if (at === undefined || line.length > LONGEST_LINE || line.includes('\n')) return '';
  return line
    .split(/(\s+)/)
    .map((word) => (word === at ? right : word))
    .join('');
}

/** The image that is there and nearest to a name that is not: the same repository first, then one spelled alike. */
export function didYouMeanImage(name: string, images: readonly string[]): string | null {
  const known = images.filter((image) => !image.includes('<none>')).map(plainImage);
  const wanted = plainImage(name);
  const { repository, tag, digest } = splitImageName(wanted);
  const full = digest === '' && tag === '' ? `${wanted}:latest` : wanted;
  if (repository === '' || known.includes(full)) return null;
  const repositories = new Set(known.map((image) => splitImageName(image).repository));
  const near = repositories.has(repository) ? repository : didYouMean(repository, repositories);
  const candidates = known.filter((image) => splitImageName(image).repository === near);
  return candidates.find((image) => splitImageName(image).tag === tag) ?? candidates[0] ?? null;
}

/** Podman writes `localhost/` before what was made here. */
export function plainImage(name: string): string {
  return withoutLocalhost(shortImageName(name));
}

/** The image that was to be had: as client or engine told, else the word of the line that is nearly one of ours. */
export function wantedImage(whole: string, context: ErrorContext): string {
  const told =
    /Unable to find image '([^']+)'|Trying to pull (\S+?)\.\.\.|docker:\/\/(\S+?):? |\bFROM (\S+)|metadata for (\S+):\s*$/m.exec(
      whole,
    );
  const name = told?.slice(1).find((part) => part !== undefined);
  if (name !== undefined) return plainImage(name);
  const isNear = (word: string): boolean =>
    /^[\w./-]+(?::[\w.-]+)?$/.test(word) && didYouMeanImage(word, context.images) !== null;
  const asked = /\b(?:run|create|pull|push)\b(.*)/.exec(context.command)?.[1] ?? '';
  return wordsOf(asked).find((word) => !word.startsWith('-') && isNear(word)) ?? '';
}
