import { withQuery } from './api-path.ts';
import { batches } from './batches.ts';
import { cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import type { Outcome, Progress } from './commands.ts';
import type { CarryOutOptions } from './carry-out.ts';
import { shortImageName, splitImageName } from './image-name.ts';
import { jsonLines } from './json-lines.ts';
import { streamedError } from './reply-error.ts';
import { looseRow } from './fields.ts';
import type { Row } from './fields.ts';

/** Pulls one image; without a tag, `latest`. Errors arrive in the stream, after a status of 200. */
export async function pullImage(client: Client, image: string, options: CarryOutOptions): Promise<Outcome> {
  const { repository, tag, digest } = splitImageName(image);
  const wanted = digest || tag || 'latest';
  const path = withQuery('/images/create', { fromImage: repository, tag: wanted });
  const response = await client.stream({ method: 'POST', path, ...options.limits });
  for await (const batch of batches(response, jsonLines())) {
    for (const value of batch) report(value, options.onProgress);
  }
  const name = `${repository}${digest ? '@' : ':'}${wanted}`;
  return { affected: [shortImageName(name)], reclaimed: null, warnings: [] };
}

function report(value: unknown, onProgress: CarryOutOptions['onProgress']): void {
  const raw = looseRow(value);
  if (typeof raw['error'] === 'string') throw streamedError(raw['error']);
  onProgress?.(toProgress(raw));
}

/** Docker says `status`, podman 4.3 `status` or `stream`. */
function toProgress(raw: Row): Progress {
  const detail = looseRow(raw['progressDetail']);
  const said = typeof raw['status'] === 'string' && raw['status'] !== '' ? raw['status'] : raw['stream'];
  return {
    id: typeof raw['id'] === 'string' ? cleanText(raw['id']) : '',
    text: typeof said === 'string' ? cleanText(said).trim() : '',
    current: typeof detail['current'] === 'number' ? detail['current'] : null,
    total: typeof detail['total'] === 'number' ? detail['total'] : null,
  };
}
