import type { Command } from '../../engine/commands.ts';
import { commandLine } from '../../engine/command-line.ts';
import type { Engine } from '../../engine/engine.ts';
import { shortId } from '../../engine/object-id.ts';
import type { Image, Kind, ObjectOf } from '../../engine/objects.ts';
import { isBundledImage } from '../../sandbox/bundled-images.ts';
import { listEverything, type Everything } from './baseline.ts';
import { swarmLeftovers } from './swarm-leftovers.ts';
import { ownership, type Belonging, type Fence, type Ownership } from './ownership.ts';

/** Something that a clean-up takes away. Plain data: it is shown before anything is done. */
export type Leftover = {
  kind: keyof Everything;
  id: string;
  /** Of an image: the tag that goes, or its short id where it has none. */
  name: string;
  /** Why it is ours, as half a sentence: `made in this lesson`. */
  why: string;
  command: Command;
  /** The same as a line to type. */
  line: string;
  /** Has to be so still when it is taken away. */
  labels: Readonly<Record<string, string>>;
  /** Of a swarm: the ids of the services that go with it. One that has come since keeps it. */
  holds?: readonly string[];
  /** Of a swarm: a network that Docker makes a moment after it has begun, and leaves behind. */
  brought?: string;
};

/** Something that looks like ours and is left where it is, with the reason. */
export type LeftAlone = { kind: keyof Everything; id: string; name: string; why: string };

export type Leftovers = {
  /** In the order of removal. */
  leftovers: readonly Leftover[];
  leftAlone: readonly LeftAlone[];
};

/** Asks the engine. Throws `EngineError`. */
export async function listLeftovers(engine: Engine, fence: Fence, signal?: AbortSignal): Promise<Leftovers> {
  return leftoversIn(await listEverything(engine, signal), fence);
}

/** Containers first, because they hold everything else; then what is of a swarm, images, the newest first, volumes, networks. */
export function leftoversIn(everything: Everything, fence: Fence): Leftovers {
  const whose = ownership(fence, { containers: everything.container, images: everything.image });
  const found = [
    ...readable(everything.container, 'container').map((item) =>
      judge(item, whose.belonging(item), removeContainer),
    ),
    ...swarmLeftovers(everything, fence),
    ...readable(everything.image, 'image')
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .flatMap((item) => judgeImage(item, whose)),
    ...readable(everything.volume, 'volume').map((item) => judge(item, whose.belonging(item), removeVolume)),
    ...readable(everything.network, 'network').map((item) =>
      judge(item, whose.belonging(item), removeNetwork),
    ),
  ];
  return {
    leftovers: found.flatMap((one) => (one !== null && 'command' in one ? [one] : [])),
    leftAlone: found.flatMap((one) => (one !== null && !('command' in one) ? [one] : [])),
  };
}

function readable<K extends Kind>(items: Everything[K], kind: K): ObjectOf[K][] {
  return items.filter((item): item is ObjectOf[K] & (typeof items)[number] => item.kind === kind);
}

type Found = Leftover | LeftAlone | null;
type Named = { kind: Kind; id: string; name: string; labels: Readonly<Record<string, string>> };

function judge(item: Named, belonging: Belonging, remove: (item: Named) => Command): Found {
  const { kind, id, name, labels } = item;
  if (belonging.ours) {
    const command = remove(item);
    return { kind, id, name, why: belonging.why, command, line: commandLine(command, 'docker'), labels };
  }
  return belonging.doubt === '' ? null : { kind, id, name, why: belonging.doubt };
}

/** Each tag goes by itself, and the image with its last one: so a name that is somebody else’s keeps its image. */
function judgeImage(image: Image, whose: Ownership): Found[] {
  const untag = (tag: string): Found =>
    // The image that all lessons begin with stays, also where the lesson brought it.
    isBundledImage(tag) ? null : judge({ ...image, name: tag }, whose.tagBelonging(image, tag), removeTag);
  if (image.tags.length > 0) return image.tags.map(untag);
  const name = shortId(image.id);
  return [judge({ ...image, name }, whose.belonging(image), removeImage)];
}

/** Without its anonymous volumes: those that are ours follow by name, and one of somebody else’s may be among them. */
function removeContainer({ id, name }: Named): Command {
  return { do: 'remove-container', container: { id, name }, force: true, volumes: false };
}

function removeTag({ name }: Named): Command {
  return { do: 'remove-image', image: { id: name, name }, force: false };
}

function removeImage({ id, name }: Named): Command {
  return { do: 'remove-image', image: { id, name }, force: false };
}

/** Not by force: podman would then take the containers that use it as well. */
function removeVolume({ id, name }: Named): Command {
  return { do: 'remove-volume', volume: { id, name }, force: false };
}

function removeNetwork({ id, name }: Named): Command {
  return { do: 'remove-network', network: { id, name } };
}
