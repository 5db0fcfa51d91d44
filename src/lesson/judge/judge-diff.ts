import type { EngineFamily } from '../../engine/engine.ts';
import type { Change, ContainerFacts } from '../world.ts';
import { allOf, found, type Finding } from './finding.ts';
import { listed, named } from './plain-text.ts';

type DiffMatch = { added?: string; changed?: string; deleted?: string; empty?: boolean };

/** What podman itself writes into a container, or has to make room for (4.3 shows `C /etc` for a fresh one). */
const PODMANS_OWN = [
  '/dev',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/mtab',
  '/etc/resolv.conf',
  '/proc',
  '/run/.containerenv',
  '/run/secrets',
  '/sys',
  '/var/run/.containerenv',
  '/var/run/secrets',
];

const LETTERS: Readonly<Record<Change['kind'], string>> = { changed: 'C', added: 'A', deleted: 'D' };

/** What the writable layer changed, as `docker diff` has it. */
export function judgeDiff(
  match: DiffMatch,
  all: readonly Change[],
  container: ContainerFacts,
  family: EngineFamily,
): Finding {
  const changes = withoutNoise(all, container, family);
  const actual = changes.length === 0 ? 'nothing is changed' : listed(changes.map(changeText));
  const kinds = ['added', 'changed', 'deleted'] as const;
  const findings = kinds.flatMap((kind): Finding[] => {
    const path = match[kind];
    if (path === undefined) return [];
    const holds = all.some((change) => change.kind === kind && samePath(change.path, path));
    return [found(holds, `${named(path)} ${kind}`, actual, `${named(path)} not ${kind}`)];
  });
  if (match.empty === undefined) return allOf(findings);
  const [expected, unexpected] = match.empty
    ? ['nothing changed', 'something changed']
    : ['something changed', 'nothing changed'];
  return allOf([...findings, found((changes.length === 0) === match.empty, expected, actual, unexpected)]);
}

/** Places for mounts, and what podman makes by itself, are no work of the learner; nor are the folders that lead there. */
function withoutNoise(
  changes: readonly Change[],
  { mounts }: ContainerFacts,
  family: EngineFamily,
): readonly Change[] {
  const noise = [
    ...mounts.map((mount) => trimmed(mount.target)),
    ...(family === 'podman' ? PODMANS_OWN : []),
  ];
  return changes.filter(
    ({ path, kind }) =>
      !noise.some(
        (own) => own === trimmed(path) || (kind !== 'deleted' && own.startsWith(`${trimmed(path)}/`)),
      ),
  );
}

export function samePath(one: string, other: string): boolean {
  return trimmed(one) === trimmed(other);
}

/** Without the slash at its end. */
function trimmed(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function changeText({ kind, path }: Change): string {
  return `${LETTERS[kind]} ${path}`;
}
