import type { Readable } from 'node:stream';
import { batches } from './batches.ts';
import { cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import { EngineError } from './errors.ts';
import { looseRow } from './fields.ts';
import { shortImageName } from './image-name.ts';
import { jsonLines } from './json-lines.ts';
import { streamedError } from './reply-error.ts';

/** `Loaded image: tiny:1`, `Loaded image ID: sha256:…`; podman lists several with commas. */
const LOADED = /Loaded image(?:\(s\))?(?: ID)?: (.+)/;

/** Loads a `docker save` archive; gives the names (or ids) it brought. */
export async function loadImages(client: Client, archive: Readable, signal?: AbortSignal): Promise<string[]> {
  const call = {
    method: 'POST',
    path: '/images/load?quiet=true',
    body: archive,
    signal,
    answerWithin: null,
  } as const;
  const response = await client.stream(call);
  const names: string[] = [];
  for await (const batch of batches(response, jsonLines())) names.push(...batch.flatMap(namesIn));
  if (names.length === 0) throw new EngineError('protocol', 'the engine loaded no image from the archive');
  return names;
}

function namesIn(value: unknown): string[] {
  const { stream, error } = looseRow(value);
  if (typeof error === 'string') throw streamedError(error);
  const said = typeof stream === 'string' ? LOADED.exec(cleanText(stream).trim())?.[1] : undefined;
  return said === undefined ? [] : said.split(/,\s*/).map(shortImageName);
}
