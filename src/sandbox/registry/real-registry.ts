import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request as ask } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findProgram } from '../find-program.ts';
import type { Asked, RegistryServer } from './registry-server.ts';

const READY_WITHIN = 5000;
/** Debian's name for the program of the image `registry`. */
const PROGRAM = 'docker-registry';

/** The real registry, where it is installed; null where it is not. It listens on a socket file, and only we speak to it. */
export async function openRealRegistry(folder: string): Promise<RegistryServer | null> {
  const program = await findProgram(PROGRAM);
  if (program === null) return null;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const socket = join(folder, 'registry.sock');
  const settings = join(folder, 'config.json');
  await rm(socket, { force: true });
  await writeFile(settings, JSON.stringify(config(folder, socket)));
  const log = await open(join(folder, 'registry.log'), 'w', 0o600);
  // JSON is YAML. The kernel ends it with us, whatever way we end.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', program, 'serve', settings], {
    cwd: '/',
    stdio: ['ignore', log.fd, log.fd],
  });
  const exited = once(child, 'exit');
  await log.close();
  const deadline = Date.now() + READY_WITHIN;
  while (!existsSync(socket)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${PROGRAM} did not start; its log: ${join(folder, 'registry.log')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    name: PROGRAM,
    answer: (asked) => passOn(socket, asked),
    close: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function config(folder: string, socket: string): object {
  return {
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: join(folder, 'store') },
      delete: { enabled: true },
      // It keeps what it knows of blobs, and would not see what is removed.
      cache: {},
    },
    http: { net: 'unix', addr: socket, secret: 'of no use for one server alone', relativeurls: true },
  };
}

async function passOn(socketPath: string, { request, body, response }: Asked): Promise<void> {
  const { method, url, headers } = request;
  const onward = ask({ socketPath, method, path: url, headers, agent: false });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onward.on('response', resolve).on('error', reject);
  });
  let broken: unknown = null;
  // It may answer before it has read everything.
  const sent = pipeline(body, onward).catch((error: unknown) => (broken = error));
  try {
    const answer = await answered;
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, response);
  } catch (error) {
    // What broke the sending is the reason, not the line that was hung up for it.
    await sent;
    throw broken ?? error;
  }
}
