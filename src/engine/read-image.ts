import * as field from './fields.ts';
import type { Row } from './fields.ts';
import type { Image } from './objects.ts';

/** A row of `GET /images/json`. */
export function readImage(raw: Row): Image {
  return {
    kind: 'image',
    id: field.name(raw, 'Id'),
    tags: field.texts(raw, 'RepoTags').filter((tag) => tag !== '<none>:<none>'),
    createdAt: field.number(raw, 'Created') * 1000,
    size: field.number(raw, 'Size'),
    layers: null,
    labels: field.labels(raw),
  };
}
