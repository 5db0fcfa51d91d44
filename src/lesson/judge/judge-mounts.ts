import type { Mount } from '../../engine/objects.ts';
import type { MountMatch } from '../check.ts';
import type { ContainerFacts, World } from '../world.ts';
import { found, type Finding } from './finding.ts';
import { samePath } from './judge-diff.ts';
import { listed, named } from './plain-text.ts';

/** What an engine calls a volume that was made without a name. */
const ANONYMOUS = /^[0-9a-f]{64}$/;

export function judgeMounts(
  match: MountMatch,
  { mounts }: ContainerFacts,
  world: World,
  isWanted: boolean,
): Finding {
  const hits = mounts.filter((mount) => fitsMount(match, mount, world));
  const shown = hits.length > 0 && !isWanted ? hits : mounts;
  const actual = mounts.length === 0 ? 'nothing is mounted' : `it has ${listed(shown.map(mountText))}`;
  const [some, none] = [`a mount: ${matchText(match)}`, `no mount: ${matchText(match)}`];
  return isWanted ? found(hits.length > 0, some, actual, none) : found(hits.length === 0, none, actual, some);
}

function fitsMount(match: MountMatch, mount: Mount, world: World): boolean {
  const { type, source, destination, writable, anonymous } = match;
  return (
    (type === undefined || mount.type === type) &&
    (source === undefined || isSource(source, mount)) &&
    (destination === undefined || samePath(mount.target, destination)) &&
    (writable === undefined || mount.writable === writable) &&
    (anonymous === undefined || (mount.type === 'volume' && isAnonymous(mount, world)) === anonymous)
  );
}

function isSource(source: string, mount: Mount): boolean {
  return mount.type === 'volume' ? mount.name === source : samePath(mount.source, source);
}

function isAnonymous({ name }: Mount, world: World): boolean {
  return world.volumes.find((volume) => volume.name === name)?.anonymous ?? ANONYMOUS.test(name);
}

function matchText({ type, source, destination, writable, anonymous }: MountMatch): string {
  const words = [
    ...(anonymous === undefined ? [] : [anonymous ? 'anonymous' : 'named']),
    ...(type === undefined ? [] : [type]),
    ...(source === undefined ? [] : [named(source)]),
    ...(destination === undefined ? [] : [`at ${named(destination)}`]),
    ...(writable === undefined ? [] : [writable ? '(writable)' : '(read-only)']),
  ];
  return words.length === 0 ? 'of any kind' : words.join(' ');
}

function mountText({ type, name, source, target, writable }: Mount): string {
  const from = ANONYMOUS.test(name) ? `${name.slice(0, 12)}…` : name || source;
  return `${type} ${from === '' ? '' : `${from} `}at ${target}${writable ? '' : ' (read-only)'}`;
}
