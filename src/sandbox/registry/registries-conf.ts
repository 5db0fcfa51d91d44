import { REGISTRY_PORT, REGISTRY_PORTS } from './registry-ports.ts';

const plain = (location: string): string => `[[registry]]\nlocation = "${location}"\ninsecure = true\n`;

/**
 * Podman's registries.conf for an engine of ours: plain HTTP to a registry on loopback, which docker allows by itself, and
 * that registry asked first for images of Docker Hub. Podman has no pattern for ports.
 */
export const REGISTRIES_CONF = `unqualified-search-registries = ["docker.io"]
${['127.0.0.1', 'localhost'].flatMap((host) => REGISTRY_PORTS.map((port) => plain(`${host}:${port}`))).join('')}
[[registry]]
location = "docker.io"
[[registry.mirror]]
location = "127.0.0.1:${REGISTRY_PORT}"
insecure = true
`;
