import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

export type RegistryReply = { status: number; headers: IncomingMessage['headers']; body: string };

/** Asks a registry of ours. Throws `Error` for an answer that is neither a success nor “not there”. */
export async function callRegistry(
  address: string,
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  content: { type: string; body: Buffer } | null = null,
): Promise<RegistryReply> {
  const headers = {
    accept:
      'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json, */*',
    'content-length': content?.body.length ?? 0,
    ...(content === null ? {} : { 'content-type': content.type }),
  };
  const call = request(new URL(path, `http://${address}`), { method, headers, agent: false });
  const answered = once(call, 'response') as Promise<[IncomingMessage]>;
  call.end(content?.body);
  const [answer] = await answered;
  const pieces: Buffer[] = [];
  for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece);
  const status = answer.statusCode ?? 0;
  if (status !== 404 && (status < 200 || status > 299))
    throw new Error(`the registry answered ${method} ${path} with HTTP status ${status}`);
  return { status, headers: answer.headers, body: Buffer.concat(pieces).toString('utf8') };
}
