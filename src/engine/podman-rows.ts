import type { Row } from './fields.ts';
import { shortImageName } from './image-name.ts';
import type { Container, Image } from './objects.ts';
import { readContainer } from './read-container.ts';
import { readImage } from './read-image.ts';

export function readPodmanContainer(raw: Row, now: number): Container {
  const container = readContainer(raw, now);
  return {
    ...container,
    image: shortImageName(container.image),
    // Podman 4.3 calls its default network `bridge` in the list of networks and `podman` in containers.
    networks: container.networks.map((name) => (name === 'podman' ? 'bridge' : name)),
  };
}

export function readPodmanImage(raw: Row): Image {
  const image = readImage(raw);
  return { ...image, tags: image.tags.map(shortImageName) };
}
