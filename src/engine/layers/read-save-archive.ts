import type { IncomingMessage } from 'node:http';
import { brokenOff } from '../connection-error.ts';
import { EngineError } from '../errors.ts';
import { joinArchive, type Expected, type JoinedImage } from './join-archive.ts';
import { readMembers, type MembersOptions } from './read-members.ts';

/**
 * An image out of what `docker save`, `podman save` or a tool for OCI layouts wrote, read once as it arrives. Memory
 * grows with the number of files, not with their size. Throws `EngineError` and nothing else.
 */
export async function readSaveArchive(
  archive: AsyncIterable<Buffer>,
  expected: Expected,
  options: MembersOptions = {},
): Promise<JoinedImage> {
  return joinArchive(await readMembers(archive, options), expected);
}

/** The pieces of an answer; ends with what broke it off, in our words. The answer is let go of when nobody reads on. */
export async function* pieces(response: IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const bytes of response) yield bytes as Buffer;
  } catch (cause) {
    throw cause instanceof EngineError ? cause : brokenOff(cause);
  }
  if (!response.complete) throw brokenOff();
}
