import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

const BUILT = '{"aux":{"ID":"sha256:0"}}\n{"stream":"Successfully built 0\\n"}\n';

export type ContextListener = {
  socket: string;
  /** The archive of the build that came last. */
  last: () => Buffer;
  close: () => Promise<void>;
};

/** Stands where an engine stands, for a docker client that builds: it takes the archive, and says that all went well. */
export async function listenForContexts(folder: string): Promise<ContextListener> {
  let last = Buffer.alloc(0);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const isBuild = request.url?.includes('/build?') === true;
    if (isBuild) last = body;
    response.end(isBuild ? BUILT : '{"ApiVersion":"1.41","OSType":"linux"}');
  };
  const server = createServer((request, response) => {
    response.setHeader('api-version', '1.41');
    response.setHeader('content-type', 'application/json');
    void answer(request, response);
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
