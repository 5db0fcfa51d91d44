import type { Client } from '../client.ts';
import { looseRow, type Row } from '../fields.ts';
import type { Builder } from './build.ts';

/** Docker has named BuildKit as its builder since 23.0; podman names none, or its own, which is spoken to as the classic one. */
export async function chooseBuilder(client: Client, signal: AbortSignal): Promise<Builder> {
  const headers = await client.headers({ path: '/_ping', signal });
  const isPodman = headers['libpod-api-version'] !== undefined;
  if (headers['builder-version'] !== '2' || isPodman) return 'classic';
  return losesContext(looseRow(await client.json({ path: '/info', signal }))) ? 'classic' : 'buildkit';
}

/**
 * On the containerd store BuildKit cannot find a context that came as an archive: “failed to read downloaded context”
 * (moby issue 47717, seen with 26.1, mended in 27.5). The classic builder there can.
 *
 * @param info what `GET /info` says
 */
function losesContext({ ServerVersion: version, DriverStatus: status }: Row): boolean {
  const [major = 0, minor = 0] = typeof version === 'string' ? version.split('.').map(Number.parseFloat) : [];
  const isMended = major > 27 || (major === 27 && minor >= 5);
  return !isMended && JSON.stringify(status ?? null).includes('"io.containerd.snapshotter.');
}
