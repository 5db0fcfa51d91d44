import type { Port } from '../../engine/objects.ts';
import { found, type Finding } from './finding.ts';
import { listed } from './plain-text.ts';

/** `host` may have been a variable, which is filled in as text. */
type PortMatch = { container: number; host?: number | string; published?: boolean };

export function judgePort(match: PortMatch, ports: readonly Port[]): Finding {
  const own = ports.filter((port) => port.container === match.container);
  const published = own.filter((port) => port.host !== null);
  const actual = own.length === 0 ? othersText(ports) : `it has ${listed(own.map(portText))}`;
  if (match.published === false) {
    const expected = `port ${match.container} not published`;
    return found(published.length === 0, expected, actual, `port ${match.container} published`);
  }
  const { host } = match;
  if (host !== undefined) {
    const holds = published.some((port) => port.host === Number(host));
    return found(holds, `port ${match.container} published as ${host} of the host`, actual);
  }
  return match.published === true
    ? found(published.length > 0, `port ${match.container} published`, actual)
    : found(own.length > 0, `port ${match.container}`, actual, `no port ${match.container}`);
}

function othersText(ports: readonly Port[]): string {
  return ports.length === 0 ? 'it has no ports' : `its ports are ${listed(ports.map(portText))}`;
}

/** Host first, as in `-p 8088:80`. */
function portText({ host, container }: Port): string {
  return host === null ? `${container} (not published)` : `${host}:${container}`;
}
