import { KINDS, type Kind } from '../../engine/objects.ts';
import type { Claim, ScriptTest, Test } from '../check.ts';
import type { World } from '../world.ts';
import { about, allOf, anyOf, found, turnedRound, unknown, type Finding } from './finding.ts';
import { judgeContainer, unknownClaim } from './judge-container.ts';
import { judgeHostFile, judgeRegistry } from './judge-elsewhere.ts';
import { judgeService } from './judge-service.ts';
import { judgeEngine } from './judge-engine.ts';
import { judgeImage } from './judge-image.ts';
import { judgeNetwork } from './judge-network.ts';
import { judgeObjects } from './judge-objects.ts';
import { judgeVolume } from './judge-volume.ts';
import { named, sentence } from './plain-text.ts';
import { withFact } from './read-fact.ts';

/** Whether a test holds in this world, and in words why (not). */
export function judgeTest(test: Test, world: World): Finding {
  if ('all' in test) return allOf(test.all.map((part) => judgePart(part, world)));
  if ('any' in test) return anyOf(test.any.map((part) => judgePart(part, world)));
  if ('not' in test) return turnedRound(judgeTest(test.not, world));
  if ('elsewhere' in test) return judgeElsewhere(test.elsewhere, world);
  return 'script' in test ? judgeScript(test, world) : judgeClaim(test, world);
}

function judgeElsewhere(test: Test, { elsewhere }: World): Finding {
  if (elsewhere === null)
    return unknown(
      'The second engine is not there.',
      'Leave the lesson and open it again: it is started then.',
    );
  return elsewhere.gone === null
    ? judgeTest(test, elsewhere)
    : unknown(elsewhere.gone.why, elsewhere.gone.advice);
}

/** One of several: it says what it is about. */
function judgePart(test: Test, world: World): Finding {
  return about(subjectText(test), judgeTest(test, world));
}

function subjectText(test: Test): string {
  if ('not' in test) return subjectText(test.not);
  if ('elsewhere' in test) return subjectText(test.elsewhere);
  if (!('subject' in test) || test.subject === 'engine') return '';
  if (typeof test.of === 'string') return named(test.of);
  return 'name' in test.of ? named(test.of.name) : '';
}

function judgeClaim(claim: Claim, world: World): Finding {
  switch (claim.subject) {
    case 'container':
      return judgeObjects(world, 'container', claim.of, claim.predicates, judgeContainer);
    case 'image':
      return judgeObjects(world, 'image', claim.of, claim.predicates, judgeImage);
    case 'volume':
      return judgeObjects(world, 'volume', claim.of, claim.predicates, judgeVolume);
    case 'network':
      return judgeObjects(world, 'network', claim.of, claim.predicates, judgeNetwork);
    case 'service':
      return judgeService(world, claim.of, claim.predicates);
    case 'registry':
      return judgeRegistry(world, claim.of, claim.predicates);
    case 'file':
      return judgeHostFile(world, claim.of, claim.predicates);
    case 'engine':
      return judgeEngine(world, claim.predicates);
    default:
      return unknownClaim();
  }
}

/** An author's program explains itself. */
function judgeScript({ script }: ScriptTest, world: World): Finding {
  const { file, input } = script;
  return withFact(world, [{ ask: 'script', file, input }], 'script', ({ status, say }) => {
    const own = say === '' ? 'it is not, and does not say why' : say;
    const finding = found(status === 'pass', `${named(file)} is content`, own);
    if (status === 'mistake') return { ...finding, said: { kind: status, say: sentence(own) } };
    return status === 'pass' || say === ''
      ? finding
      : { ...finding, said: { kind: status, say: sentence(say) } };
  });
}

/** Claims about things of this engine that have a name, in a test and all of its parts. */
export type ObjectClaim = Extract<Claim, { subject: Kind }>;

export function objectClaims(test: Test): readonly ObjectClaim[] {
  if ('all' in test) return test.all.flatMap(objectClaims);
  if ('any' in test) return test.any.flatMap(objectClaims);
  if ('not' in test) return objectClaims(test.not);
  if ('elsewhere' in test) return [];
  return 'script' in test || !isObjectClaim(test) ? [] : [test];
}

function isObjectClaim(claim: Claim): claim is ObjectClaim {
  return KINDS.some((kind) => kind === claim.subject);
}
