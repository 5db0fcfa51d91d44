import { BASE_LABEL, baseImage } from './base-image.ts';
import type { ImageParts } from './image-archive.ts';
import { tarArchive } from './tar.ts';

export const WEB_IMAGE = 'web:1';

/** No program of its own: tiny's toybox has a web server, and so has the busybox that stands in for it. */
const SERVE = `#!/bin/sh
# Serves /site on port 80, and ends at once when it is asked to.
trap 'exit 0' TERM INT
if [ -e /bin/toybox ]; then nc -L -p 80 httpd -v /site & else httpd -f -v -p 80 -h /site & fi
wait
`;

const PAGE = `<!doctype html>
<title>web:1</title>
<h1>Hello from a box</h1>
`;

/** `web:1`: the layers of `tiny:1`, and on them a page and what serves it. */
export async function webImage(): Promise<ImageParts> {
  const tiny = await baseImage();
  const serve = tarArchive([{ type: 'file', path: 'bin/serve', content: SERVE, mode: 0o755 }]);
  const site = tarArchive([
    { type: 'folder', path: 'site/' },
    { type: 'file', path: 'site/index.html', content: PAGE },
  ]);
  return {
    name: WEB_IMAGE,
    layers: [
      ...tiny.layers,
      { tar: serve, createdBy: 'COPY serve /bin/' },
      { tar: site, createdBy: 'COPY index.html /site/' },
    ],
    command: ['serve'],
    ports: ['80/tcp'],
    labels: { [BASE_LABEL]: '1', 'org.opencontainers.image.title': 'web' },
  };
}
