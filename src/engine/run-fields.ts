/** The values of `docker run` flags as a person writes them, both ways. */
import { isIPv4, isIPv6 } from 'node:net';
import type { MountSpec, PortSpec } from './commands.ts';

export type Parsed<T> = { ok: true; value: T } | { ok: false; why: string };

const PORT_FORMS = 'write 8080:80, 127.0.0.1:8080:80, 53:53/udp, or only 80 to let the engine pick';
const PORT = /^(?:(?:(\[[^\]]*\]|[^:[\]]*):)?([^:]*):)?([^:/]*)(?:\/([^/]*))?$/;
const PROTOCOLS = ['tcp', 'udp', 'sctp'] as const;

/** Reads `[ip:][host:]container[/protocol]`; an IPv6 address stands in brackets. */
export function parsePort(text: string): Parsed<PortSpec> {
  const match = PORT.exec(text.trim());
  if (match === null) return bad(`“${text}” is not a port: ${PORT_FORMS}`);
  const [, address = '', hostText = '', containerText = '', protocolText = 'tcp'] = match;
  if ([hostText, containerText].some((part) => /^\d+-\d+$/.test(part)))
    return bad(`“${text}” is a range: give each port its own -p`);
  const ip = address.replace(/^\[(.*)\]$/, '$1');
  if (ip !== '' && !isIPv4(ip) && !isIPv6(ip)) return bad(`“${ip}” is not an IP address: ${PORT_FORMS}`);
  const protocol = PROTOCOLS.find((known) => known === protocolText.toLowerCase());
  if (protocol === undefined) return bad(`“${protocolText}” is not a protocol: use tcp, udp or sctp`);
  const container = portNumber(containerText);
  if (container === null || container === 0)
    return bad(`“${containerText}” is not a port of the container (1–65535): ${PORT_FORMS}`);
  const host = hostText === '' ? 0 : portNumber(hostText);
  if (host === null) return bad(`“${hostText}” is not a port of this machine (1–65535): ${PORT_FORMS}`);
  return { ok: true, value: { ip, host: host === 0 ? null : host, container, protocol } };
}

export function formatPort({ ip, host, container, protocol }: PortSpec): string {
  const address = ip.includes(':') ? `[${ip}]:` : ip === '' ? '' : `${ip}:`;
  const published = host === null ? (address === '' ? '' : ':') : `${host}:`;
  return `${address}${published}${container}${protocol === 'tcp' ? '' : `/${protocol}`}`;
}

function portNumber(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : null;
}

const MOUNT_FORMS = 'write volume:/path, /folder/here:/path, or :ro at the end for read-only';
const MOUNT = /^(?:((?:[A-Za-z]:[\\/])?[^:]*):)?(\/[^:]*)(?::([^:]*))?$/;
const VOLUME_NAME = /^[a-zA-Z0-9][\w.-]*$/;
const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;

/** Reads `[source:]target[:ro|rw]`, the value of `-v`; also what `--mount` takes, as a form has one field for both. */
export function parseMount(text: string): Parsed<MountSpec> {
  if (text.startsWith('type=')) return parseLongMount(text);
  const match = MOUNT.exec(text);
  if (match === null) return bad(`“${text}” is not a mount: ${MOUNT_FORMS}`);
  const [, source, target = '', mode = 'rw'] = match;
  if (mode !== 'ro' && mode !== 'rw') return bad(`“${mode}” is not known here: use ro or rw`);
  if (source === '') return bad(`“${text}” names nothing before the colon: ${MOUNT_FORMS}`);
  return checkMount({ source: source ?? '', target, readOnly: mode === 'ro' });
}

function checkMount(mount: MountSpec): Parsed<MountSpec> {
  const { source, target } = mount;
  if (!target.startsWith('/') || target === '/')
    return bad(`“${target}” is no place to mount: give a full path below / in the container`);
  if (source === '' || ABSOLUTE.test(source) || VOLUME_NAME.test(source)) return { ok: true, value: mount };
  if (/^[.~]/.test(source)) return bad(`“${source}” is not a full path: begin it with /`);
  return bad(
    `“${source}” is neither a volume's name (letters, digits, _ . -) nor a full path: ${MOUNT_FORMS}`,
  );
}

export function isBindSource(source: string): boolean {
  return ABSOLUTE.test(source);
}

/** True where `-v` cannot say it, because a colon inside a path would cut it. */
function needsLongForm({ source, target }: MountSpec): boolean {
  return /^[A-Za-z]:[\\/]/.test(source)
    ? `${source.slice(2)}${target}`.includes(':')
    : /:/.test(source + target);
}

/** The flag and its value: `-v notes:/data:ro`, or `--mount …` where a path has a colon in it. */
export function formatMount(mount: MountSpec): [flag: '-v' | '--mount', value: string] {
  const { source, target, readOnly } = mount;
  if (!needsLongForm(mount))
    return ['-v', `${source === '' ? '' : `${source}:`}${target}${readOnly ? ':ro' : ''}`];
  const fields = [`type=${isBindSource(source) ? 'bind' : 'volume'}`, `target=${target}`];
  if (source !== '') fields.splice(1, 0, `source=${source}`);
  if (readOnly) fields.push('readonly');
  return ['--mount', fields.map(csvField).join(',')];
}

function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function csvFields(text: string): string[] {
  const fields = text.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? [];
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

const MOUNT_KEYS: Readonly<Record<string, 'type' | 'source' | 'target' | 'readonly'>> = {
  type: 'type',
  source: 'source',
  src: 'source',
  target: 'target',
  destination: 'target',
  dst: 'target',
  readonly: 'readonly',
  ro: 'readonly',
};

/** Reads the value of `--mount`: `type=bind,source=/here,target=/there,readonly`. */
export function parseLongMount(text: string): Parsed<MountSpec> {
  const given = { type: 'volume', source: '', target: '', readonly: 'false' };
  for (const field of csvFields(text)) {
    const [, name = '', value] = /^([^=]*)(?:=([\s\S]*))?$/.exec(field) ?? [];
    const key = MOUNT_KEYS[name.toLowerCase()];
    if (key === undefined)
      return bad(`“${name}” of --mount is not known here: use type, source, target, readonly`);
    given[key] = value ?? 'true';
  }
  if (given.type !== 'volume' && given.type !== 'bind')
    return bad(`--mount type=${given.type} is not known here: use volume or bind`);
  if (given.type === 'bind' && !isBindSource(given.source))
    return bad('--mount type=bind needs source=/a/full/path');
  if (given.type === 'volume' && isBindSource(given.source))
    return bad(`“${given.source}” is a path, not a volume's name: use type=bind`);
  const readOnly = /^(?:true|1)$/i.test(given.readonly);
  return checkMount({ source: given.source, target: given.target, readOnly });
}

/** Reads `NAME=value`; the value may be empty. */
export function parseEnv(text: string): Parsed<string> {
  const equals = text.indexOf('=');
  if (equals === 0) return bad(`“${text}” has no name before the =: write NAME=value`);
  if (equals < 0) return bad(`“${text}” has no value: write ${text.trim() || 'NAME'}=value`);
  if (/\s/.test(text.slice(0, equals))) return bad(`a name has no spaces: write NAME=value`);
  return { ok: true, value: text };
}

function bad(why: string): { ok: false; why: string } {
  return { ok: false, why };
}
