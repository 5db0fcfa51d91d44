import { cleanText } from '../clean-text.ts';
import { EngineError } from '../errors.ts';
import { looseRow } from '../fields.ts';
import { memberAt, type Members } from './archive-member.ts';
import { archivedImages, jsonAt, type ArchivedImage } from './archived-images.ts';
import { diffIdsOf, imageSteps } from './image-steps.ts';
import type { ImageStep, Layer } from './layer.ts';

/** What is known of the image before it is read. */
export type Expected = {
  /** Null where the archive alone has to say; then the first image whose layers are all there is meant. */
  diffIds: readonly string[] | null;
};

export type JoinedImage = { steps: readonly ImageStep[]; layers: readonly Layer[]; paths: readonly string[] };

/** Puts an image together from the files of an archive. Throws `protocol` rather than give one that may be wrong. */
export function joinArchive(members: Members, { diffIds }: Expected): JoinedImage {
  const { image, config } = chosenImage(members, diffIds);
  const ids = diffIdsOf(config)!;
  if (ids.length !== image.layers.length)
    throw unreadable(`it has ${image.layers.length} layers, but says that there are ${ids.length}`);
  const found = ids.map((diffId, i) =>
    layerAt(members, image.layers[i]!, diffId, `${i + 1} of ${ids.length}`),
  );
  return {
    steps: imageSteps(looseRow(config)['history'], ids.length),
    layers: found.map(({ layer }) => layer),
    paths: found.map(({ path }) => path),
  };
}

type Chosen = { image: ArchivedImage; config: unknown };

function chosenImage(members: Members, diffIds: readonly string[] | null): Chosen {
  const known = archivedImages(members).map((image) => ({ image, config: jsonAt(members, image.config) }));
  if (known.length === 0) throw unreadable('neither manifest.json nor index.json says what is in it');
  const readable = known.filter(({ config }) => diffIdsOf(config) !== null);
  if (readable.length === 0) throw unreadable('the image’s config is not in it');
  if (diffIds === null) return readable.find(({ image }) => isComplete(members, image)) ?? readable[0]!;
  const meant = readable.filter(({ config }) => isSame(diffIdsOf(config)!, diffIds));
  if (meant.length === 0) throw unreadable('it holds another image than the one that was asked for');
  return meant.find(({ image }) => isComplete(members, image)) ?? meant[0]!;
}

function isComplete(members: Members, { layers }: ArchivedImage): boolean {
  return layers.every((path) => memberAt(members, path) !== null);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

function layerAt(
  members: Members,
  path: string,
  diffId: string,
  which: string,
): { layer: Layer; path: string } {
  const found = memberAt(members, path);
  if (found === null) throw unreadable(`layer ${which} is missing (${path})`);
  const { member } = found;
  if (member.what === 'broken')
    throw new EngineError(member.error.kind, `layer ${which}: ${member.error.message}`, {
      advice: member.error.advice,
      cause: member.error,
    });
  if (member.what !== 'layer')
    throw unreadable(`layer ${which} is neither a tar archive nor one that is compressed with gzip or zstd`);
  if (!member.isCompressed && !fitsName(found.path, diffId))
    throw unreadable(`layer ${which} is another one than the image’s config says`);
  return { layer: { diffId, ...member.layer }, path: found.path };
}

/** Uncompressed layers are called after what is in them, by podman and by Docker since 25. */
function fitsName(path: string, diffId: string): boolean {
  const named = /(?:^|^blobs\/sha256\/)([0-9a-f]{64})(?:\.tar)?$/.exec(path)?.[1];
  return named === undefined || diffId === `sha256:${named}`;
}

function unreadable(what: string): EngineError {
  return new EngineError('protocol', cleanText(`the saved image cannot be read: ${what}`));
}
