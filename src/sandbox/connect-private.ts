import { request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Engine } from '../engine/engine.ts';

/* Interim: becomes connect() of engine/. */
export async function connectPrivate(socketPath: string): Promise<Engine> {
  const call = (method: string, path: string, body?: NodeJS.ReadableStream) =>
    new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      const r = request(
        {
          socketPath,
          path,
          method,
          agent: false,
          headers: body ? { 'content-type': 'application/x-tar' } : {},
        },
        resolve,
      );
      r.on('error', reject);
      if (body) body.pipe(r);
      else r.end();
    });
  const json = async (path: string) =>
    JSON.parse(Buffer.concat(await (await call('GET', path)).toArray()).toString());
  return {
    async list(kind: string) {
      if (kind === 'image')
        return (await json('/images/json')).map((i: { RepoTags: string[] | null }) => ({
          kind,
          tags: i.RepoTags ?? [],
        }));
      return (await json('/containers/json?all=1')).map(
        (c: { Ports: { PublicPort?: number; PrivatePort: number; Type: string }[] }) => ({
          kind,
          ports: c.Ports.map((p) => ({
            host: p.PublicPort ?? null,
            container: p.PrivatePort,
            protocol: p.Type,
          })),
        }),
      );
    },
    async *watch({ signal, onReady }: { signal: AbortSignal; onReady?: () => void }) {
      const response = await call('GET', '/events');
      signal.addEventListener('abort', () => response.destroy());
      onReady?.();
      for await (const line of createInterface({ input: response })) {
        const e = JSON.parse(line);
        yield { kind: e.Type, action: e.Action };
      }
    },
    async load(archive: NodeJS.ReadableStream) {
      const r = await call('POST', '/images/load', archive);
      const text = Buffer.concat(await r.toArray()).toString();
      if (r.statusCode !== 200) throw new Error(text);
      return [];
    },
    close() {},
  } as unknown as Engine;
}
