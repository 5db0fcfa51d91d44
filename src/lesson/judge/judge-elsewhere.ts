import { splitImageName } from '../../engine/image-name.ts';
import type { FilePredicate, RegistryPredicate } from '../check.ts';
import type { FactValue, FactWanted, World } from '../world.ts';
import { allOf, found, type Finding } from './finding.ts';
import { judgeText } from './match-text.ts';
import { listed, named } from './plain-text.ts';
import { withFact } from './read-fact.ts';
import { judgeRegistryEvent } from './judge-registry-event.ts';
import { judgeSameDigest } from './same-digest.ts';

type Registry = NonNullable<Extract<FactValue, { registry: unknown }>['registry']>;

export function judgeRegistry(world: World, at: string, predicates: readonly RegistryPredicate[]): Finding {
  const claims = predicates.length === 0 ? [{ answers: true }] : predicates;
  return allOf(
    claims.map((predicate) => {
      if ('event' in predicate) return judgeRegistryEvent(world, at, predicate.event);
      const { repository, tag } = askedOf(predicate);
      const question: FactWanted = { ask: 'registry', at, repository, tag };
      return withFact(world, [question], 'registry', (registry) => {
        if ('answers' in predicate) return judgeAnswers(predicate.answers, registry !== null, at);
        if (registry === null) return found(false, `a registry at ${at}`, `no registry answers at ${at}`);
        return judgeRepository(world, predicate, registry);
      });
    }),
  );
}

/** What has to be asked of a registry; empty for what the claim does not name. */
export function askedOf(predicate: Exclude<RegistryPredicate, { event: unknown }>): {
  repository: string;
  tag: string;
} {
  if ('answers' in predicate) return { repository: '', tag: '' };
  if ('repository' in predicate) return { repository: predicate.repository, tag: '' };
  if ('tag' in predicate) return { repository: predicate.tag.of, tag: predicate.tag.is };
  const { repository, tag } = splitImageName(predicate.digest.of);
  return { repository, tag: tag === '' ? 'latest' : tag };
}

function judgeAnswers(isWanted: boolean, answers: boolean, at: string): Finding {
  const [some, none] = [`a registry that answers at ${at}`, `no registry that answers at ${at}`];
  const [expected, unexpected] = isWanted ? [some, none] : [none, some];
  return found(answers === isWanted, expected, answers ? 'one answers' : 'none answers', unexpected);
}

function judgeRepository(
  world: World,
  predicate: Exclude<RegistryPredicate, { answers: boolean } | { event: unknown }>,
  { repositories, digests }: Registry,
): Finding {
  const { repository, tag } = askedOf(predicate);
  const isThere = Object.hasOwn(repositories, repository);
  const tags = isThere ? (repositories[repository] ?? []) : [];
  const expected = `${named(tag === '' ? repository : `${repository}:${tag}`)} in the registry`;
  const actual = isThere ? tagsText(repository, tags) : contentText(Object.keys(repositories));
  if ('repository' in predicate) return found(isThere, expected, actual);
  if ('tag' in predicate) return found(tags.includes(tag), expected, actual);
  const digest = [`${repository}:${tag}`, tag].find((key) => Object.hasOwn(digests, key));
  if (digest === undefined) return found(false, expected, actual);
  return judgeSameDigest(world, [digests[digest] ?? ''], predicate.digest.sameAs);
}

function tagsText(repository: string, tags: readonly string[]): string {
  return tags.length === 0
    ? `${named(repository)} has no tags`
    : `the tags of ${named(repository)} are ${listed(tags)}`;
}

function contentText(repositories: readonly string[]): string {
  return repositories.length === 0 ? 'nothing is in it' : `in it are ${listed(repositories)}`;
}

/** A file of the work folder. */
export function judgeHostFile(world: World, path: string, predicates: readonly FilePredicate[]): Finding {
  const [some, none] = [`a file ${named(path)}`, `no file ${named(path)}`];
  return withFact(world, [{ ask: 'host-file', path }], 'file', (text) =>
    allOf(
      (predicates.length === 0 ? [{ exists: true }] : predicates).map((predicate) => {
        const actual = text === null ? 'there is none' : 'there is one';
        if (!('exists' in predicate))
          return text === null ? found(false, some, actual, none) : judgeText(predicate.text, text, some);
        const [expected, unexpected] = predicate.exists ? [some, none] : [none, some];
        return found((text !== null) === predicate.exists, expected, actual, unexpected);
      }),
    ),
  );
}
