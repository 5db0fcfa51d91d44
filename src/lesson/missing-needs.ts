import type { EngineFamily } from '../engine/engine.ts';
import type { Lesson } from './lesson.ts';
import type { Provided } from './provided.ts';

type Abilities = Pick<Provided, 'features' | 'lacking'> & { family: EngineFamily; version: string };

/** What an engine lacks for a lesson, a sentence each; none when it can be played there. */
export function missingNeeds({ needs }: Pick<Lesson, 'needs'>, engine: Abilities): string[] {
  const { family, version, features, lacking } = engine;
  const oldest = needs[family];
  const name = family === 'docker' ? 'Docker' : 'Podman';
  if (oldest === null) return [`This lesson cannot be played on ${name}.`];
  return [
    ...(isOlder(version, oldest) ? [`It needs ${name} ${oldest} or later; this is ${version}.`] : []),
    ...needs.features
      .filter((feature) => !features.has(feature))
      .map((feature) => `It needs ${feature}. ${lacking.get(feature) ?? 'This engine does not have that.'}`),
  ];
}

/** Compares the leading numbers: `20.10.24+dfsg1` is not older than `20.10`, and `20.9` is. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [numbers(version), numbers(than)];
  for (const [i, wanted] of b.entries()) {
    const have = a[i] ?? 0;
    if (have !== wanted) return have < wanted;
  }
  return false;
}

function numbers(version: string): number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}
