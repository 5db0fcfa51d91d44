import * as field from './fields.ts';
import type { Row } from './fields.ts';
import type { Network } from './objects.ts';

/** Names that the engines keep for themselves; `nat` on Windows. */
const BUILT_IN = new Set(['bridge', 'host', 'none', 'nat', 'podman']);

/** A row of `GET /networks`. */
export function readNetwork(raw: Row): Network {
  const name = field.text(raw, 'Name');
  return {
    kind: 'network',
    id: field.name(raw, 'Id'),
    name,
    driver: field.optionalText(raw, 'Driver'),
    scope: field.optionalText(raw, 'Scope'),
    subnets: readSubnets(raw),
    internal: raw['Internal'] === true,
    builtIn: BUILT_IN.has(name),
    createdAt: field.time(raw, 'Created'),
    labels: field.labels(raw),
  };
}

function readSubnets(raw: Row): string[] {
  const configs = field.list(field.optionalRow(raw['IPAM']), 'Config');
  return configs.map((config) => field.optionalText(field.row(config, 'a subnet'), 'Subnet')).filter(Boolean);
}
