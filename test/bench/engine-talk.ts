import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './stopwatch.ts';

export type Wish = { name: string; running?: boolean; command?: readonly string[]; typed?: boolean };
export type EngineTalk = ReturnType<typeof talkTo>;

/** Three years: toybox knows no `infinity`. */
export const FOREVER = ['/bin/sleep', '99999999'];

/** As much of the engine's API as the stopwatch needs: not the program's own client, which is what it measures. */
export function talkTo(socketPath: string, image: string) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

  async function open(method: string, path: string, body?: object): Promise<http.IncomingMessage> {
    const request = http.request({
      socketPath,
      method,
      path: `/v1.41${path}`,
      ...(path.startsWith('/events') ? {} : { agent }),
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
    });
    request.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    return response;
  }

  async function ask(method: string, path: string, body?: object): Promise<string> {
    const response = await open(method, path, body);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const said = Buffer.concat(chunks).toString();
    if ((response.statusCode ?? 500) >= 400) throw new Error(`${method} ${path}: ${said}`);
    return said;
  }

  const create = ({ name, command = FOREVER, typed = false }: Wish): Promise<string> =>
    ask('POST', `/containers/create?name=${name}`, {
      Image: image,
      Cmd: command,
      OpenStdin: typed,
      StopSignal: 'SIGKILL',
      HostConfig: { NetworkMode: 'none' },
    });
  const remove = (name: string): Promise<string> => ask('DELETE', `/containers/${name}?force=true&v=1`);

  async function make(wish: Wish): Promise<void> {
    await create(wish);
    if (wish.running === true) await ask('POST', `/containers/${wish.name}/start`);
  }

  async function states(): Promise<Map<string, string>> {
    const rows = JSON.parse(await ask('GET', '/containers/json?all=1')) as {
      Names: string[];
      State: string;
    }[];
    return new Map(rows.map(({ Names: [name = ''], State }) => [name.slice(1), State]));
  }

  return {
    host: `unix://${socketPath}`,
    create,
    remove,
    make,
    ask,

    /** Makes what is wished for and removes everything else. */
    async provide(wishes: readonly Wish[]): Promise<void> {
      const present = await states();
      const isRight = ({ name, running }: Wish): boolean =>
        present.get(name) === (running === true ? 'running' : 'created');
      const kept = new Set(wishes.filter(isRight).map(({ name }) => name));
      await inTurns([...present.keys()].filter((name) => !kept.has(name)).map((name) => () => remove(name)));
      await inTurns(wishes.filter(({ name }) => !kept.has(name)).map((wish) => () => make(wish)));
      const made = await states();
      for (const { name, running } of wishes)
        if (running === true && made.get(name) !== 'running') throw new Error(`${name} has not stayed up`);
    },

    async isUp(): Promise<boolean> {
      try {
        await ask('GET', '/_ping');
        return true;
      } catch (error) {
        // Nobody listens, or it ended half-way.
        if ((error as NodeJS.ErrnoException).code !== undefined) return false;
        throw error;
      }
    },

    /** Own ear at the engine: the earliest that a client can know. */
    async listen() {
      const response = await open('GET', `/events?filters=${encodeURIComponent('{"type":["container"]}')}`);
      const heard = new Map<string, number>();
      let rest = '';
      response.on('data', (chunk: Buffer) => {
        const at = now();
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const { Action, Actor } = JSON.parse(line) as {
            Action: string;
            Actor: { Attributes: { name: string } };
          };
          heard.set(`${Action} ${Actor.Attributes.name}`, at);
        }
      });
      const gone = new Promise<number>((resolve) => {
        response.on('close', () => resolve(now()));
        response.on('error', () => resolve(now()));
      });
      return {
        /** When it was said, for example `create web`. */
        async heard(what: string): Promise<number> {
          const deadline = now() + 5_000;
          while (!heard.has(what)) {
            if (now() > deadline) throw new Error(`the engine never said ${what}`);
            await sleep(2);
          }
          return heard.get(what) ?? 0;
        },
        /** The same may then be said again. */
        forget: (): void => heard.clear(),
        /** When the engine hung up. */
        gone,
        close: (): void => void response.destroy(),
      };
    },

    /** What is written goes to the standard input of a container (a hijacked connection). */
    async typeInto(name: string): Promise<net.Socket> {
      const socket = net.connect(socketPath);
      const head = [
        `POST /v1.41/containers/${name}/attach?stream=1&stdin=1 HTTP/1.1`,
        'Host: engine',
        'Upgrade: tcp',
        'Connection: Upgrade',
        'Content-Length: 0',
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      await once(socket, 'data');
      return socket;
    },
    close: (): void => agent.destroy(),
  };
}

/** Four at a time: dockerd on few cores is no faster with more. */
async function inTurns(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const waiting = [...tasks];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await task();
  };
  await Promise.all([work(), work(), work(), work()]);
}
