import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dial } from '../../src/engine/dial.ts';
import { dialSsh, sshArguments } from '../../src/engine/dial-ssh.ts';
import type { Endpoint } from '../../src/engine/endpoint.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { listen, listenAsEngine, temporaryFolder } from '../support/engine-server.ts';

const BOX: Extract<Endpoint, { via: 'ssh' }> = { via: 'ssh', user: 'me', host: 'box', port: 2222, path: '' };

/** Stands for the far side: what `docker system dial-stdio` does, between standard streams and a socket. */
const RELAY = `
const socket = require('node:net').connect(process.env.RELAY_TO);
process.stdin.pipe(socket).pipe(process.stdout);
`;

/** A folder with a program named `ssh`, as the only thing that a PATH needs to lead to. */
async function withSsh(script: string, relayTo = ''): Promise<{ env: NodeJS.ProcessEnv; folder: string }> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'relay.cjs'), RELAY);
  await writeFile(join(folder, 'bin/ssh'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'bin/ssh'), 0o755);
  const path = `${join(folder, 'bin')}:${process.env['PATH']}`;
  return {
    folder,
    env: { ...process.env, PATH: path, FOLDER: folder, NODE: process.execPath, RELAY_TO: relayTo },
  };
}

const RELAY_SCRIPT =
  'echo "$@" > "$FOLDER/arguments"; echo $$ > "$FOLDER/pid"; exec "$NODE" "$FOLDER/relay.cjs"';

async function failureOf(script: string): Promise<EngineError> {
  const { env } = await withSsh(script);
  const stream = dialSsh(BOX, env);
  const error = await new Promise<unknown>((resolve) => stream.once('error', resolve).resume());
  if (error instanceof EngineError) return error;
  throw error;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('dialSsh', () => {
  it('carries HTTP to an engine behind ssh, with the arguments of the docker CLI', async () => {
    const socket = join(await temporaryFolder(), 'd.sock');
    await listenAsEngine(socket);
    const { env, folder } = await withSsh(RELAY_SCRIPT, socket);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ path: '/_ping', createConnection: () => dialSsh(BOX, env) }, resolve)
        .on('error', reject)
        .end();
    });
    expect(await text(response)).toBe('OK');
    expect((await readFile(join(folder, 'arguments'), 'utf8')).trim()).toBe(
      '-o BatchMode=yes -o ConnectTimeout=10 -T -l me -p 2222 -- box docker system dial-stdio',
    );
  });

  it('carries many bytes both ways unchanged, and ends when the other side ends', async () => {
    const socket = join(await temporaryFolder(), 'd.sock');
    await listen(
      createServer((peer) => void peer.pipe(peer)),
      socket,
    );
    const { env } = await withSsh(RELAY_SCRIPT, socket);
    const stream = dialSsh(BOX, env);
    const sent = Buffer.alloc(3_000_001, 'aäz');
    stream.end(sent);
    expect((await buffer(stream)).equals(sent)).toBe(true);
  });

  it('is what the client dials: short calls share one ssh, a stream has its own', async () => {
    const socket = join(await temporaryFolder(), 'd.sock');
    await listenAsEngine(socket);
    const { env, folder } = await withSsh(`echo >> "$FOLDER/calls"; ${RELAY_SCRIPT}`, socket);
    for (const name of ['PATH', 'FOLDER', 'NODE', 'RELAY_TO']) vi.stubEnv(name, env[name]);
    onTestFinished(() => void vi.unstubAllEnvs());
    const dialled = await dial(BOX);
    onTestFinished(() => dialled.close());
    const ping = async (options: RequestOptions): Promise<string> => {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        dialled
          .request({ ...options, path: '/_ping' }, resolve)
          .on('error', reject)
          .end();
      });
      return text(response);
    };
    expect([await ping(dialled.kept()), await ping(dialled.kept())]).toEqual(['OK', 'OK']);
    expect((await readFile(join(folder, 'calls'), 'utf8')).length).toBe(1);
    expect(await ping(dialled.own())).toBe('OK');
    expect((await readFile(join(folder, 'calls'), 'utf8')).length).toBe(2);
  });

  it('ends ssh when it is destroyed', async () => {
    const socket = join(await temporaryFolder(), 'd.sock');
    await listenAsEngine(socket);
    const { env, folder } = await withSsh(RELAY_SCRIPT, socket);
    const stream = dialSsh(BOX, env);
    onTestFinished(() => void stream.destroy());
    const pid = await vi.waitFor(async () => {
      const read = Number(await readFile(join(folder, 'pid'), 'utf8'));
      expect(read).toBeGreaterThan(1);
      return read;
    });
    stream.destroy();
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000 });
  });

  it.each([
    ['Permission denied (publickey,password).', 255, 'denied', /ssh -p 2222 me@box/],
    ['Host key verification failed.', 255, 'denied', /accept its key: ssh -p 2222 me@box/],
    ['ssh: Could not resolve hostname box: Name or service not known', 255, 'missing', /network/],
    ['ssh: connect to host box port 22: No route to host', 255, 'missing', /network/],
    ['ssh: connect to host box port 22: Connection refused', 255, 'refused', /No ssh server/],
    ['ssh: connect to host box port 22: Connection timed out', 255, 'timeout', /firewall/],
    ['bash: line 1: docker: command not found', 127, 'missing', /podman-docker/],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
      1,
      'refused',
      /systemctl start docker/,
    ],
    [
      'permission denied while trying to connect to the Docker daemon socket',
      1,
      'denied',
      /docker group there/,
    ],
  ])('fails with ssh’s own words “%s” and what to do', async (words, code, kind, advice) => {
    const error = await failureOf(`echo 'Welcome to box!' >&2; echo '${words}' >&2; exit ${code}`);
    expect(error).toMatchObject({ kind, message: words });
    expect(error.advice).toMatch(advice);
  });

  it('takes terminal sequences out of what ssh says', async () => {
    expect((await failureOf(`printf '\\033[31mBoom\\033[0m\\n' >&2; exit 3`)).message).toBe('Boom');
  });

  it('tells an exit without words, and a missing ssh', async () => {
    expect((await failureOf('exit 3')).message).toBe('ssh ended with exit code 3');
    const stream = dialSsh(BOX, { PATH: await temporaryFolder() });
    const error = await new Promise<unknown>((resolve) => stream.once('error', resolve).resume());
    expect(error).toMatchObject({ kind: 'missing', message: 'there is no program “ssh”' });
  });

  it('does not wait for a background master that keeps stderr open', async () => {
    const { env, folder } = await withSsh(
      'sleep 60 >/dev/null <&- & echo $! > "$FOLDER/master"; echo "No route to host" >&2; exit 255',
    );
    onTestFinished(async () => {
      process.kill(Number(await readFile(join(folder, 'master'), 'utf8')));
    });
    const stream = dialSsh(BOX, env);
    const error = await new Promise<unknown>((resolve) => stream.once('error', resolve).resume());
    expect(error).toMatchObject({ kind: 'missing', message: 'No route to host' });
  });
});

describe('sshArguments', () => {
  it('quotes a path for the shell on the other side, and keeps a host from being an option', () => {
    expect(sshArguments({ ...BOX, host: '-oProxyCommand=x', path: "/a b'c; rm" }).slice(-6)).toEqual([
      '-oProxyCommand=x',
      'docker',
      '--host',
      String.raw`'unix:///a b'\''c; rm'`,
      'system',
      'dial-stdio',
    ]);
    expect(sshArguments({ ...BOX, host: '-oProxyCommand=x' })).toContain('--');
  });
});
