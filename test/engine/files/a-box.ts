import { randomBytes } from 'node:crypto';
import type { Endpoint } from '../../../src/engine/endpoint.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { rawContainer } from '../../support/raw-container.ts';
import { until } from '../../support/until.ts';

/** Runs a script in a new container, which says `ready` when it is through and then waits; it goes with the test. */
export async function aBox(
  { engine, endpoint, image }: { engine: Engine; endpoint: Endpoint; image: string },
  script: string,
  more: object = {},
): Promise<string> {
  const Cmd = ['sh', '-c', `${script}; echo ready; exec sleep 600`];
  const name = `files-${randomBytes(4).toString('hex')}`;
  const id = await rawContainer(endpoint, name, { Image: image, Cmd, ...more });
  await until(async () => (await logOf(engine, id)).includes('ready'));
  return id;
}

async function logOf(engine: Engine, id: string): Promise<string> {
  const lines: string[] = [];
  const { signal } = new AbortController();
  for await (const batch of engine.logs(id, { tail: 50, follow: false, signal }))
    lines.push(...batch.map(({ text }) => text));
  return lines.join('\n');
}
