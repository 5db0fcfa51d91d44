import { isSameImage } from '../../engine/image-name.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { ExistencePredicate, ImagePredicate, SizeMatch } from '../check.ts';
import type { FactWanted, ImageFacts, World } from '../world.ts';
import { found, unknown, type Finding } from './finding.ts';
import { judgeCommand } from './judge-container.ts';
import { isOfThing, judgeEvent } from './judge-event.ts';
import { judgePairs } from './judge-pairs.ts';
import { missingText } from './missing-text.ts';
import { counted, listed, named, quoted } from './plain-text.ts';
import { withFact } from './read-fact.ts';
import { judgeSameDigest } from './same-digest.ts';
import type { Subject } from './subject.ts';
import { findNamed } from './things.ts';

export type OfImage = Exclude<ImagePredicate, ExistencePredicate>;

/** What is claimed of an image that is there. */
export function judgeImage(predicate: OfImage, subject: Subject<'image'>): Finding {
  const { world, thing } = subject;
  if ('sameLayers' in predicate) return judgeSameLayers(predicate.sameLayers, subject);
  if ('layersMore' in predicate) return judgeLayersMore(predicate.layersMore, subject);
  if ('size' in predicate) return judgeSize(predicate.size, subject);
  if ('history' in predicate) return judgeHistory(predicate.history.has, subject);
  if ('tagged' in predicate) return judgeTagged(predicate.tagged, thing);
  if ('digest' in predicate) return judgeDigest(predicate.digest.sameAs, subject);
  if ('command' in predicate) return judgeCommand(predicate.command, thing.command);
  if ('env' in predicate) return judgePairs('variable', predicate.env, thing.env);
  if ('labels' in predicate) return judgePairs('label', predicate.labels, thing.labels);
  return judgeEvent(world, 'image', predicate.event, isOfThing(thing));
}

/** Against another image, which may be missing. */
function besides(
  world: World,
  name: string,
  expected: string,
  judge: (other: ImageFacts) => Finding,
): Finding {
  const other = findNamed(world, 'image', name)[0];
  return other === undefined ? found(false, expected, missingText(world, 'image', name)) : judge(other);
}

/** Layers that were not asked for are no layers: nothing can be said. */
function besidesLayers(
  { world, thing }: Subject<'image'>,
  name: string,
  expected: string,
  judge: (other: ImageFacts) => Finding,
): Finding {
  return besides(world, name, expected, (other) =>
    thing.layers.length === 0 || other.layers.length === 0
      ? unknown('The layers of these images have not been looked at yet.')
      : judge(other),
  );
}

function judgeSameLayers({ as, first }: { as: string; first?: number }, subject: Subject<'image'>): Finding {
  const expected = `the same ${first === undefined ? 'layers' : counted(first, 'bottom layer')} as ${named(as)}`;
  return besidesLayers(subject, as, expected, ({ layers }) => {
    const own = subject.thing.layers;
    const differs = layers.findIndex((layer, i) => layer !== own[i]);
    const same = differs < 0 ? layers.length : differs;
    const actual = same === 0 ? 'they share none' : `they share ${counted(same, 'bottom layer')}`;
    return found(same >= (first ?? layers.length), expected, actual);
  });
}

function judgeLayersMore({ than, by }: { than: string; by: number }, subject: Subject<'image'>): Finding {
  const expected = `${counted(by, 'layer')} more than ${named(than)}`;
  return besidesLayers(subject, than, expected, ({ layers }) => {
    const own = subject.thing.layers.length;
    return found(own - layers.length === by, expected, `it has ${own}, the other ${layers.length}`);
  });
}

function judgeSize(match: SizeMatch, { world, thing }: Subject<'image'>): Finding {
  const expected = sizeText(match);
  return besides(world, match.than, expected, (other) => {
    const actual = `it has ${humanSize(thing.size)}, the other ${humanSize(other.size)}`;
    return found(isSize(match, thing.size - other.size), expected, actual);
  });
}

function isSize(match: SizeMatch, difference: number): boolean {
  if ('bigger' in match) return difference >= match.bigger;
  return 'smaller' in match ? -difference >= match.smaller : Math.abs(difference) <= match.within;
}

function sizeText(match: SizeMatch): string {
  const than = named(match.than);
  if ('bigger' in match) return `at least ${humanSize(match.bigger)} bigger than ${than}`;
  return 'smaller' in match
    ? `at least ${humanSize(match.smaller)} smaller than ${than}`
    : `as big as ${than}, give or take ${humanSize(match.within)}`;
}

function judgeHistory(text: string, { world, askedAs }: Subject<'image'>): Finding {
  const questions = askedAs.map((image): FactWanted => ({ ask: 'history', image }));
  return withFact(world, questions, 'history', (history) => {
    const holds = history.some((entry) => entry.includes(text));
    const actual =
      history.length === 0 ? 'it has no history' : `it was made by ${quoted(history[0] ?? '')}, …`;
    return found(holds, `${quoted(text)} in its history`, actual, `no ${quoted(text)} in its history`);
  });
}

function judgeTagged(name: string, { tags }: ImageFacts): Finding {
  const actual = tags.length === 0 ? 'it has no name' : `it is called ${listed(tags)}`;
  return found(
    tags.some((tag) => isSameImage(tag, name)),
    `called ${named(name)}`,
    actual,
  );
}

function judgeDigest(sameAs: string, { world, askedAs }: Subject<'image'>): Finding {
  const questions = askedAs.map((image): FactWanted => ({ ask: 'digests', image }));
  return withFact(world, questions, 'digests', (digests) => judgeSameDigest(world, digests, sameAs));
}
