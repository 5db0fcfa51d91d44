import * as field from './fields.ts';
import type { Row } from './fields.ts';
import type { Volume } from './objects.ts';

/** Both engines name a volume that was made without a name with 64 hex digits. */
const MADE_UP_NAME = /^[0-9a-f]{64}$/;

/** A row of `GET /volumes`. */
export function readVolume(raw: Row): Volume {
  const name = field.name(raw, 'Name');
  return {
    kind: 'volume',
    id: name,
    name,
    driver: field.text(raw, 'Driver'),
    scope: field.optionalText(raw, 'Scope'),
    mountpoint: field.optionalText(raw, 'Mountpoint'),
    createdAt: field.time(raw, 'CreatedAt'),
    anonymous: MADE_UP_NAME.test(name),
    size: null,
    labels: field.labels(raw),
  };
}
