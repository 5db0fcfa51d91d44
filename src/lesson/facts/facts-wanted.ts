import { splitImageName } from '../../engine/image-name.ts';
import type { Check, Claim, RegistryPredicate, Which } from '../check.ts';
import { factKey } from '../world.ts';
import type { FactWanted, World } from '../world.ts';
import { askedBy } from './asked-by.ts';
import type { ThingClaim } from './asked-by.ts';
import { findByName, findLikely } from './find-things.ts';

/** What is there to ask about. */
export type Things = Pick<World, 'containers' | 'images' | 'volumes' | 'networks' | 'began'>;

/** So many things that a filter lets through are looked into, the newest first. */
const MOST = 50;

/**
 * What checks, filled in, want to know beyond the lists. Nothing is asked about what is not there. Names are those of
 * the check; where a filter found the thing, or the check says its id, the thing's own.
 */
export function factsWanted(checks: readonly Check[], things: Things): readonly FactWanted[] {
  const { claims, scripts } = askedBy(checks);
  const wanted = [
    ...claims.flatMap((claim) => wantedBy(claim, things)),
    ...scripts.map(({ file, input }): FactWanted => ({ ask: 'script', file, input })),
  ];
  return [...new Map(wanted.map((question) => [factKey(question), question])).values()];
}

function wantedBy(claim: Claim, things: Things): FactWanted[] {
  switch (claim.subject) {
    case 'service': {
      const name = 'name' in claim.of ? claim.of.name : (claim.of.filter.name ?? '');
      return name === '' || name.includes('*') ? [] : [{ ask: 'service', service: name }];
    }
    case 'registry': {
      const predicates = claim.predicates.length === 0 ? [{ answers: true }] : claim.predicates;
      return predicates.flatMap((predicate) => wantedOfRegistry(claim.of, predicate, things));
    }
    case 'file':
      return [{ ask: 'host-file', path: claim.of }];
    case 'engine':
    case 'network':
      return [];
    default:
      return wantedOfThing(claim, things);
  }
}

function wantedOfRegistry(at: string, predicate: RegistryPredicate, things: Things): FactWanted[] {
  const ask = (repository: string, tag: string): FactWanted => ({ ask: 'registry', at, repository, tag });
  if ('event' in predicate) return [];
  if ('answers' in predicate) return [ask('', '')];
  if ('repository' in predicate) return [ask(predicate.repository, '')];
  if ('tag' in predicate) return [ask(predicate.tag.of, predicate.tag.is)];
  const { repository, tag } = splitImageName(predicate.digest.of);
  return [ask(repository, tag || 'latest'), ...digestsOf(predicate.digest.sameAs, things)];
}

function wantedOfThing(claim: ThingClaim, things: Things): FactWanted[] {
  switch (claim.subject) {
    case 'container':
      return claim.predicates.flatMap((predicate): FactWanted[] => {
        const each = (make: (container: string) => FactWanted): FactWanted[] =>
          namesFor(claim, things).map(make);
        if ('diff' in predicate) return each((container) => ({ ask: 'changes', container }));
        if ('logs' in predicate) return each((container) => ({ ask: 'logs', container }));
        if (!('file' in predicate)) return [];
        const { path } = predicate.file;
        return each((container) => ({ ask: 'container-file', container, path }));
      });
    case 'image':
      return claim.predicates.flatMap((predicate): FactWanted[] => {
        if ('history' in predicate)
          return namesFor(claim, things).map((image) => ({ ask: 'history', image }));
        if (!('digest' in predicate)) return [];
        const own = namesFor(claim, things).map((image): FactWanted => ({ ask: 'digests', image }));
        return [...own, ...digestsOf(predicate.digest.sameAs, things)];
      });
    case 'volume':
      return claim.predicates.flatMap((predicate): FactWanted[] => {
        if (!('file' in predicate)) return [];
        const { path } = predicate.file;
        return namesFor(claim, things).map((volume) => ({ ask: 'volume-file', volume, path }));
      });
    case 'network':
      return [];
  }
}

function digestsOf(image: string, { images }: Things): FactWanted[] {
  return findByName(images, image).length === 0 ? [] : [{ ask: 'digests', image }];
}

/** What to call the things of a claim in a question. */
function namesFor({ subject, of }: ThingClaim, things: Things): string[] {
  const rows = rowsOf(subject, things);
  if ('name' in of) return findByName(rows, of.name).length === 0 ? [] : [of.name];
  return likely(subject, rows, of, things).flatMap(({ tags, name, id }) => tags?.[0] ?? name ?? id ?? []);
}

type Row = { id?: string; name?: string; tags?: readonly string[]; ours: boolean; createdAt: number | null };

function rowsOf(subject: ThingClaim['subject'], things: Things): readonly Row[] {
  return {
    container: things.containers,
    image: things.images,
    volume: things.volumes,
    network: things.networks,
  }[subject];
}

function likely(
  subject: ThingClaim['subject'],
  rows: readonly Row[],
  of: Extract<Which, { filter: unknown }>,
  { began }: Things,
): Row[] {
  return findLikely(subject, rows, of.filter, ({ ours }) => ours, began.lesson)
    .toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
    .slice(0, MOST);
}
