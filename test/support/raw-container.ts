import { onTestFinished } from 'vitest';
import { apiPath, withQuery } from '../../src/engine/api-path.ts';
import { createClient } from '../../src/engine/client.ts';
import { dial } from '../../src/engine/dial.ts';
import type { Endpoint } from '../../src/engine/endpoint.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { looseRow } from '../../src/engine/fields.ts';

/** Makes a container in the API's own words, for what the form knows no field for; it goes with the test. */
export async function rawContainer(
  endpoint: Endpoint,
  name: string,
  body: object,
  { start = true }: { start?: boolean } = {},
): Promise<string> {
  const client = createClient(await dial(endpoint), '/v1.41');
  const path = withQuery('/containers/create', { name });
  const { Id } = looseRow(await client.json({ method: 'POST', path, body }));
  const id = String(Id);
  onTestFinished(async () => {
    const gone = apiPath`/containers/${id}`;
    await client
      .send({ method: 'DELETE', path: withQuery(gone, { force: true, v: true }) })
      .catch((error: unknown) => {
        if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
      });
    client.close();
  });
  if (start) await client.send({ method: 'POST', path: apiPath`/containers/${id}/start` });
  return id;
}
