import type { FactWanted, World } from '../world.ts';
import { found, type Finding } from './finding.ts';
import { missingText } from './missing-text.ts';
import { named, piece } from './plain-text.ts';
import { withFact } from './read-fact.ts';
import { findNamed, idOf, namesOf } from './things.ts';

/** Whether one of these digests is one of the image's; `site@sha256:…` and `sha256:…` are the same. */
export function judgeSameDigest(world: World, digests: readonly string[], image: string): Finding {
  const expected = `the same digest as ${named(image)}`;
  const others = findNamed(world, 'image', image);
  if (others.length === 0) return found(false, expected, missingText(world, 'image', image));
  const names = [image, ...others.flatMap((thing) => [...namesOf(thing), idOf(thing)])];
  const questions = names.map((name): FactWanted => ({ ask: 'digests', image: name }));
  return withFact(world, questions, 'digests', (wanted) => {
    const theirs = new Set(wanted.map(bare));
    const holds = digests.some((digest) => theirs.has(bare(digest)));
    return found(holds, expected, `${digestText(digests)} here, ${digestText(wanted)} there`);
  });
}

function bare(digest: string): string {
  return digest.slice(digest.indexOf('@') + 1);
}

function digestText(digests: readonly string[]): string {
  const [first] = digests;
  return first === undefined ? 'no digest' : piece(bare(first)).slice(0, 19);
}
