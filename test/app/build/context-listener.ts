import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

export type ContextListener = {
  socket: string;
  /** The archive of the build that came last. */
  last: () => Buffer;
  close: () => Promise<void>;
};

/** Stands where an engine stands, for a docker client that builds: it takes the archive, and says that all went well. */
export async function listenForContexts(folder: string): Promise<ContextListener> {
  let last = Buffer.alloc(0);
  const server = createServer((request, response) => {
    response.setHeader('api-version', '1.41');
    response.setHeader('content-type', 'application/json');
    buffer(request)
      .then((body) => {
        if (request.url?.includes('/build?')) {
          last = body;
          response.end('{"aux":{"ID":"sha256:0"}}\n{"stream":"Successfully built 0\\n"}\n');
        } else response.end('{"ApiVersion":"1.41","OSType":"linux"}');
      })
      .catch((error: unknown) => response.destroy(error as Error));
  });
  const socket = join(folder, 'engine.sock');
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    last: () => last,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
