import type { EngineFamily } from '../../engine/engine.ts';
import type { Feature, Lesson } from '../lesson.ts';

type Abilities = { family: EngineFamily; version: string; features: readonly Feature[] };

/** Why an engine will not do for a lesson, as half a sentence; empty when it will. */
export function whyNotHere({ needs }: Pick<Lesson, 'needs'>, engine: Abilities): string {
  const { family, version, features } = engine;
  const oldest = needs[family];
  if (oldest === null) return `the lesson cannot be played on ${family}`;
  if (isOlder(version, oldest)) return `it is ${family} ${version}, and the lesson needs ${oldest}`;
  const missing = needs.features.filter((feature) => !features.includes(feature));
  return missing.length === 0 ? '' : `the lesson needs ${missing.join(', ')}`;
}

/** By numbers: `20.9` is older than `20.10`. */
function isOlder(version: string, oldest: string): boolean {
  const [is, wants] = [numbers(version), numbers(oldest)];
  for (const [i, wanted] of wants.entries()) {
    const found = is[i] ?? 0;
    if (found !== wanted) return found < wanted;
  }
  return false;
}

function numbers(version: string): number[] {
  return version.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0);
}
