import { cleanText } from './clean-text.ts';
import * as field from './fields.ts';
import type { Row } from './fields.ts';
import { CONTAINER_STATES } from './objects.ts';
import type { Container, ContainerState, Mount, Port } from './objects.ts';
import { readStatus } from './status-text.ts';

const SHORT_ID = 12;
const MOUNT_TYPES = ['volume', 'bind', 'tmpfs'] as const;

/** A row of `GET /containers/json`. */
export function readContainer(raw: Row, now: number): Container {
  const id = field.name(raw, 'Id');
  return {
    kind: 'container',
    id,
    name: nameOf(raw, id),
    image: field.text(raw, 'Image'),
    imageId: field.text(raw, 'ImageID'),
    command: field.optionalText(raw, 'Command'),
    createdAt: field.number(raw, 'Created') * 1000,
    state: stateOf(field.text(raw, 'State')),
    ...readStatus(field.text(raw, 'Status'), now),
    ports: readPorts(raw),
    mounts: field.list(raw, 'Mounts').map((mount) => readMount(field.row(mount, 'a mount'))),
    networks: readNetworkNames(raw),
    labels: field.labels(raw),
  };
}

/** Links add names such as `/other/alias`; the container's own has one slash. A dying container may have none. */
function nameOf(raw: Row, id: string): string {
  const names = field.texts(raw, 'Names').map((name) => name.replace(/^\//, ''));
  return names.find((name) => !name.includes('/')) ?? names[0] ?? id.slice(0, SHORT_ID);
}

function stateOf(word: string): ContainerState {
  return CONTAINER_STATES.find((state) => state === word.toLowerCase()) ?? 'unknown';
}

/** One port published on IPv4 and IPv6 is one port to a person. */
function readPorts(raw: Row): Port[] {
  const ports = field.list(raw, 'Ports').map((port) => readPort(field.row(port, 'a port')));
  const seen = new Map<string, Port>();
  for (const port of ports) {
    const ip = port.ip === '::' ? '0.0.0.0' : port.ip;
    seen.set(`${ip} ${port.host} ${port.container} ${port.protocol}`, { ...port, ip });
  }
  return [...seen.values()].toSorted((a, b) => a.container - b.container || (a.host ?? 0) - (b.host ?? 0));
}

function readPort(raw: Row): Port {
  const host = field.optionalNumber(raw, 'PublicPort') || null;
  return {
    // Podman 4.3 leaves the address out when it is “all”.
    ip: field.optionalText(raw, 'IP') || (host === null ? '' : '0.0.0.0'),
    host,
    container: field.number(raw, 'PrivatePort'),
    protocol: field.optionalText(raw, 'Type') || 'tcp',
  };
}

export function readMount(raw: Row): Mount {
  const type = field.optionalText(raw, 'Type');
  return {
    type: MOUNT_TYPES.find((known) => known === type) ?? 'other',
    name: type === 'volume' ? field.optionalText(raw, 'Name') : '',
    source: field.optionalText(raw, 'Source'),
    target: field.text(raw, 'Destination'),
    writable: raw['RW'] !== false,
  };
}

function readNetworkNames(raw: Row): string[] {
  const settings = field.optionalRow(raw['NetworkSettings']);
  return Object.keys(field.optionalRow(settings['Networks'])).map(cleanText).toSorted();
}
