import { posix } from 'node:path';
import type { Client } from '../client.ts';
import { EngineError } from '../errors.ts';
import { statPath } from './stat-path.ts';

/** More links than that, one after the other, lead in a circle (as in the kernel). */
const MAX_LINKS = 40;

/** A path with the links in it followed, as far as the archive API can see; what is not there stays as it is. */
export async function realPath(
  client: Client,
  containerId: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  let done = '/';
  const left = path.split('/').filter((part) => part !== '');
  let links = 0;
  while (left.length > 0) {
    const next = posix.join(done, left.shift()!);
    const stat = await statPath(client, containerId, next, signal);
    if (stat === null) return posix.join(next, ...left);
    if (stat.type !== 'link') {
      done = next;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) throw new EngineError('rejected', 'too many levels of symbolic links');
    left.unshift(
      ...posix
        .resolve(done, stat.target)
        .split('/')
        .filter((part) => part !== ''),
    );
    done = '/';
  }
  return done;
}
