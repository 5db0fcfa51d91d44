import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';

/** As Go copies them. */
const PIECE = Buffer.alloc(32 * 1024, 'x');

export type SaveFront = { host: string; close: () => Promise<void> };

/** Stands before an engine and answers `docker save` with so many bytes at once, where a real one reads its disk. */
export async function startSaveFront(behind: string, bytes: number): Promise<SaveFront> {
  const folder = await mkdtemp(join(tmpdir(), 'sb-'));
  const path = join(folder, 'e.sock');
  const server = http.createServer((request, response) => {
    if (/\/images\/get\?/.test(request.url ?? '')) return sendPieces(response, bytes);
    const { method, url, headers } = request;
    const passed = http.request({ socketPath: behind, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      response.flushHeaders();
      pipeline(answer, response, () => answer.destroy());
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    host: `unix://${path}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function sendPieces(response: http.ServerResponse, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/x-tar' });
  const pieces = Array.from({ length: Math.ceil(bytes / PIECE.length) }, () => PIECE);
  // A client that goes in the middle is no news here.
  pipeline(Readable.from(pieces), response, () => response.destroy());
}
