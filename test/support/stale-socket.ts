import { link, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';

/** A socket that nobody listens on any more, as a killed engine leaves it. */
export async function leaveStaleSocket(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.first`, resolve));
  // Node removes the name it listened on; a second name stays.
  await link(`${path}.first`, path);
  await new Promise((resolve) => server.close(resolve));
}
