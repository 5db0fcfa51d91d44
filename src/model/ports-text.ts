import type { Port } from '../engine/objects.ts';

/** Published ports, shortest first: `:8080→80`, `127.0.0.1:53→53/udp`; just `:80` where both sides are the same. */
export function portsText(ports: readonly Port[]): string {
  return ports
    .filter((p) => p.host !== null)
    .map(portText)
    .join(' ');
}

function portText(port: Port): string {
  const anywhere = port.ip === '' || port.ip === '0.0.0.0' || port.ip === '::';
  const ip = anywhere ? '' : port.ip.includes(':') ? `[${port.ip}]` : port.ip;
  const inner = port.host === port.container ? '' : `→${port.container}`;
  return `${ip}:${port.host}${inner}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`;
}
