import http from 'node:http';

export type Listed = { name: string; state: string; image: string };

const socketPath = (process.env['DOCKER_HOST'] ?? '').replace(/^unix:\/\//, '');
const agent = new http.Agent({ keepAlive: true });

function ask(path: string, options: http.RequestOptions = {}): Promise<http.IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  http.get({ socketPath, path, ...options }, resolve).on('error', reject);
  return promise;
}

async function readList(): Promise<Listed[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of await ask('/containers/json?all=1', { agent })) chunks.push(chunk as Buffer);
  const rows = JSON.parse(Buffer.concat(chunks).toString()) as {
    Names: string[];
    State: string;
    Image: string;
  }[];
  return rows
    .map(({ Names: [name = ''], State, Image }) => ({ name: name.slice(1), state: State, image: Image }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The least that a client can do: the list, and the list again whenever an event may have changed it. */
export async function watchList(onList: (list: Listed[]) => void): Promise<void> {
  let reading = false;
  let isOld = false;
  const read = async (): Promise<void> => {
    isOld = true;
    if (reading) return;
    reading = true;
    while (isOld) {
      isOld = false;
      onList(await readList());
    }
    reading = false;
  };
  await read();
  const filters = encodeURIComponent('{"type":["container"]}');
  for await (const chunk of await ask(`/events?filters=${filters}`))
    if (/"Action":"(create|destroy|remove|start|die)"/.test(String(chunk))) await read();
}
