import type { ContainerData } from '../../engine/data/container-data.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { Container, Volume } from '../../engine/objects.ts';
import { ago } from '../durations.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { selectUsedBy } from '../select-usage.ts';
import { wrapWords } from '../wrap-words.ts';
import type { Known } from './places.ts';

/** A volume that a container's creation made is as old as the container, within so many milliseconds. */
const SAME_MOMENT = 2_000;
const LABEL_WIDTH = 12;
const ANONYMOUS_LABEL = 'com.docker.volume.anonymous';
const PROJECT_LABEL = 'com.docker.compose.project';

/** What is known of a volume, and honestly what is not: no engine keeps who made one, or when it was last used. */
export function volumeLines(known: Known, volume: Volume, now: number, width: number): readonly Line[] {
  const users = selectUsedBy(known).volumes.get(volume.name) ?? [];
  const facts: [label: string, text: string][] = [
    ['Size', volume.size === null ? 'measuring …' : humanSize(volume.size)],
    ['Name', nameText(volume)],
    [
      'Created',
      volume.createdAt === null
        ? 'the engine does not say'
        : `${ago(volume.createdAt, now)}${creator(volume, users)}`,
    ],
    ['Last used', lastUsed(known, users, now)],
    ['Driver', volume.driver],
    ['Options', optionsText(known.data.options.get(volume.name))],
    ['On disk', volume.mountpoint || 'the engine does not say'],
  ];
  return [
    ...facts.flatMap(([label, text]) => factLines(label, text, width)),
    EMPTY_LINE,
    ...usersLines(volume, users, width),
    EMPTY_LINE,
    ...survivalLines(volume, users).flatMap((text) =>
      wrapWords(text, Math.max(10, width)).map((line): Line => [piece(line, 'quiet')]),
    ),
  ];
}

function nameText({ anonymous, labels }: Volume): string {
  if (anonymous || labels[ANONYMOUS_LABEL] !== undefined) return 'made up by the engine: nobody gave it one';
  return 'given by someone';
}

/** Only what follows from what the engine keeps. */
function creator(volume: Volume, users: readonly Container[]): string {
  const project = volume.labels[PROJECT_LABEL];
  if (project !== undefined) return `, by the compose project ${project}`;
  const at = volume.createdAt ?? 0;
  const twin = users.find((c) => Math.abs(c.createdAt - at) <= SAME_MOMENT);
  if (twin !== undefined) return `, in the same moment as ${twin.name}`;
  return ', by whom is not known';
}

function lastUsed({ data }: Known, users: readonly Container[], now: number): string {
  if (users.some((c) => c.state === 'running' || c.state === 'paused')) return 'now';
  const times = users.flatMap((c) => lastMoment(data.containers.get(c.id)));
  if (times.length > 0) return `${ago(Math.max(...times), now)}, when its last container ended`;
  return users.length === 0
    ? 'not known: engines keep it only with a container'
    : 'never yet: its containers have not run';
}

function lastMoment(container: ContainerData | undefined): number[] {
  const at = container?.finishedAt ?? container?.startedAt ?? null;
  return at === null ? [] : [at];
}

function optionsText(options: Readonly<Record<string, string>> | undefined): string {
  if (options === undefined) return 'asking …';
  const pairs = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? 'none' : pairs.join(' ');
}

function factLines(label: string, text: string, width: number): Line[] {
  const [first = '', ...rest] = wrapWords(text, Math.max(10, width - LABEL_WIDTH));
  const indent = piece(' '.repeat(LABEL_WIDTH));
  return [
    [piece(label.padEnd(LABEL_WIDTH), 'quiet'), piece(first)],
    ...rest.map((part): Line => [indent, piece(part)]),
  ];
}

function usersLines(volume: Volume, users: readonly Container[], width: number): Line[] {
  if (users.length === 0) return [[piece('Used by     ', 'quiet'), piece('nothing', 'warning')]];
  return users.flatMap((container) => {
    const targets = container.mounts.filter((m) => m.name === volume.name);
    const places = targets.map((m) => `${m.target}${m.writable ? '' : ' (read-only)'}`).join(', ');
    return factLines('Used by', `${container.name} (${container.state}) at ${places}`, width);
  });
}

function survivalLines({ anonymous }: Volume, users: readonly Container[]): string[] {
  if (!anonymous)
    return [
      'It survives stop, restart, rm, rm -v, an engine restart and a host reboot, until it is removed itself.',
    ];
  if (users.length === 0)
    return ['No container has it: nothing takes it along, but a clean-up of volumes removes it.'];
  if (users.length > 1)
    return ['It survives everything but its own removal, and rm -v of the last container that has it.'];
  return [
    'It survives stop, restart, rm, an engine restart and a host reboot; not rm -v of its container, nor its end when it was run with --rm.',
  ];
}
