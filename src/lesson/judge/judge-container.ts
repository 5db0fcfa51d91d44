import { isSameImage } from '../../engine/image-name.ts';
import type { ContainerPredicate, ExistencePredicate } from '../check.ts';
import type { FactWanted } from '../world.ts';
import { judgeIs } from './container-state.ts';
import { allOf, found, unknown, type Finding } from './finding.ts';
import { judgeDiff } from './judge-diff.ts';
import { judgeEvent, isOfThing } from './judge-event.ts';
import { judgeFile } from './judge-file.ts';
import { judgeLimits } from './judge-limits.ts';
import { judgeMounts } from './judge-mounts.ts';
import { judgePairs } from './judge-pairs.ts';
import { judgePort } from './judge-port.ts';
import { judgeText } from './match-text.ts';
import { missingText } from './missing-text.ts';
import { listed, named, quoted } from './plain-text.ts';
import { withFact } from './read-fact.ts';
import type { Subject } from './subject.ts';
import { findNamed, isMadeFrom } from './things.ts';

export type OfContainer = Exclude<ContainerPredicate, ExistencePredicate>;

/** What is claimed of a container that is there. */
export function judgeContainer(predicate: OfContainer, subject: Subject<'container'>): Finding {
  const { world, thing } = subject;
  if ('is' in predicate) return judgeIs(predicate.is, thing);
  if ('image' in predicate) return judgeImageName(predicate.image, subject);
  if ('sameImageAs' in predicate)
    return allOf(predicate.sameImageAs.map((name) => judgeSameImage(name, subject)));
  if ('command' in predicate) return judgeCommand(predicate.command, thing.command);
  if ('env' in predicate) return judgePairs('variable', predicate.env, thing.env);
  if ('labels' in predicate) return judgePairs('label', predicate.labels, thing.labels);
  if ('mounts' in predicate) return judgeMounts(predicate.mounts, thing, world, true);
  if ('noMount' in predicate) return judgeMounts(predicate.noMount, thing, world, false);
  if ('networks' in predicate) return judgeMembership(predicate.networks, thing.networks);
  if ('port' in predicate) return judgePort(predicate.port, thing.ports);
  if ('limits' in predicate) return judgeLimits(predicate.limits, thing);
  if ('event' in predicate) return judgeEvent(world, 'container', predicate.event, isOfThing(thing));
  return judgeInside(predicate, subject);
}

type Inside = Extract<OfContainer, { diff: unknown } | { file: unknown } | { logs: unknown }>;

/** What only the engine can tell, when it is asked for. */
function judgeInside(predicate: Inside, { world, thing, askedAs }: Subject<'container'>): Finding {
  const ask = (question: (container: string) => FactWanted): FactWanted[] => askedAs.map(question);
  if ('diff' in predicate) {
    const questions = ask((container) => ({ ask: 'changes', container }));
    return withFact(world, questions, 'changes', (changes) =>
      judgeDiff(predicate.diff, changes, thing, world.engine.family),
    );
  }
  if ('file' in predicate) {
    const { path } = predicate.file;
    const questions = ask((container) => ({ ask: 'container-file', container, path }));
    return withFact(world, questions, 'file', (text) => judgeFile(predicate.file, text));
  }
  if (!('logs' in predicate)) return unknownClaim();
  const questions = ask((container) => ({ ask: 'logs', container }));
  return withFact(world, questions, 'logs', (text) => judgeText(predicate.logs, text, 'a log'));
}

/** A claim that the types do not know: a lesson for a later Slipway. */
export function unknownClaim(): Finding {
  return unknown('This version of Slipway does not know such a claim.', 'Update Slipway, or skip the step.');
}

function judgeImageName(image: string, { world, thing }: Subject<'container'>): Finding {
  return found(
    isMadeFrom(world, thing, image),
    `made from ${named(image)}`,
    `made from ${named(thing.image)}`,
  );
}

function judgeSameImage(name: string, { world, thing }: Subject<'container'>): Finding {
  const others = findNamed(world, 'container', name);
  const expected = `made from the same image as ${named(name)}`;
  if (others.length === 0) return found(false, expected, missingText(world, 'container', name));
  const isSame = others.some((other) => other.imageId === thing.imageId);
  const [own, its] = [thing.image, others[0]?.image ?? ''];
  const actual = isSameImage(own, its)
    ? `${isSame ? 'both are' : 'each is'} made from ${isSame ? '' : 'another image called '}${named(own)}`
    : `this one is made from ${named(own)}, ${named(name)} from ${named(its)}`;
  return found(isSame, expected, actual);
}

/** Word by word. */
export function judgeCommand(wanted: readonly string[], command: readonly string[]): Finding {
  const isSame = wanted.length === command.length && wanted.every((word, i) => word === command[i]);
  const actual = command.length === 0 ? 'it has none' : `its command is ${quoted(command.join(' '))}`;
  return found(isSame, `the command ${quoted(wanted.join(' '))}`, actual);
}

function judgeMembership(wanted: readonly string[], networks: readonly string[]): Finding {
  const actual = networks.length === 0 ? 'it is in no network' : `it is in ${listed(networks)}`;
  return found(
    wanted.every((name) => networks.includes(name)),
    `in ${listed(wanted)}`,
    actual,
  );
}
