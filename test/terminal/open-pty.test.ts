import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadStream } from 'node:tty';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, ChannelExit } from '../../src/terminal/channel.ts';
import { type PtyModule, ptyMissing } from '../../src/terminal/load-pty.ts';
import { openPty, type PtyOptions } from '../../src/terminal/open-pty.ts';
import { TerminalError } from '../../src/terminal/terminal-error.ts';
import { until } from '../support/until.ts';

let folder: string;
const opened: Opened[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sl-'));
});
afterEach(async () => {
  for (const { channel, ended } of opened.splice(0)) {
    channel.close();
    await ended;
  }
  await rm(folder, { recursive: true });
});

type Seen = { output: string; exit: ChannelExit | null; wasLast: boolean };
type Opened = { channel: Channel; seen: Seen; ended: Promise<ChannelExit> };

async function open(
  file: string,
  args: readonly string[] = [],
  options: Partial<PtyOptions> = {},
  load?: () => Promise<PtyModule>,
): Promise<Opened> {
  const env = { PATH: process.env['PATH'], HOME: folder, PS1: 'ready> ' };
  const channel = await openPty({ file, args, cwd: folder, env, columns: 80, rows: 24, ...options }, load);
  const seen: Seen = {
    output: '',
    exit: null,
    wasLast: true,
  };
  channel.onData((bytes) => {
    seen.output += Buffer.from(bytes).toString('latin1');
    if (seen.exit !== null) seen.wasLast = false;
  });
  const ended = new Promise<ChannelExit>((resolve) => {
    channel.onExit((exit) => {
      seen.exit = exit;
      resolve(exit);
    });
  });
  const run = { channel, seen, ended };
  opened.push(run);
  return run;
}

const shell = (script: string, options: Partial<PtyOptions> = {}, load?: () => Promise<PtyModule>) =>
  open('sh', ['-c', script], options, load);
const shows = (run: Opened, text: string) => until(() => run.seen.output.includes(text));

describe('a program in a pseudo-terminal', () => {
  test('sees a terminal of the size that was asked for, and of each new size', async () => {
    const run = await shell('stty size; trap "stty size" WINCH; echo ready; read -r _; read -r _', {
      columns: 91,
      rows: 17,
    });
    await shows(run, '17 91');
    await shows(run, 'ready');
    run.channel.resize(50, 9);
    await shows(run, '9 50');
  });

  test('starts in the folder, with that environment and no other, and a terminal type', async () => {
    const run = await shell(
      'pwd; echo $GREETING $TERM; env | cut -d= -f1 | grep -v OLDPWD | sort | tr "\\n" " "',
      {
        env: { PATH: process.env['PATH'], GREETING: 'hello', GONE: undefined },
      },
    );
    await run.ended;
    expect(run.seen.output).toBe(`${folder}\r\nhello xterm-256color\r\nGREETING PATH PWD TERM `);
  });

  test('gives the code that it ended with', async () => {
    const run = await shell('exit 7');
    expect(await run.ended).toEqual({ code: 7, signal: 0, why: '' });
  });

  test('gives the signal that it was ended by', async () => {
    const run = await shell('kill -TERM $$');
    expect(await run.ended).toMatchObject({ signal: 15 });
  });

  test('gets what is typed, as UTF-8', async () => {
    const run = await shell('read -r line; echo "got $line" | od -An -tx1');
    run.channel.write('wö漢\r');
    await run.ended;
    expect(run.seen.output).toContain('77 c3 b6 e6 bc a2');
  });

  test('is found by a relative path and by a name', async () => {
    await writeFile(join(folder, 'own'), '#!/bin/sh\necho own\n', { mode: 0o755 });
    const run = await open('./own');
    await run.ended;
    const named = await open('own', [], { env: { PATH: `/nowhere:${folder}:/usr/bin:/bin` } });
    await named.ended;
    expect(run.seen.output + named.seen.output).toBe('own\r\nown\r\n');
  });

  test('that ends at once has all of its output told before its end', async () => {
    const run = await shell('head -c 300000 /dev/zero | tr "\\0" x');
    await run.ended;
    expect(run.seen.output.length).toBe(300_000);
    expect(run.seen.wasLast).toBe(true);
  });

  test('that ended while nobody read has its last output told all the same', async () => {
    const { load, asked } = watchDestroy();
    const run = await shell('printf first; until [ -e go ]; do sleep 0.02; done; printf last', {}, load);
    await shows(run, 'first');
    run.channel.pause();
    await writeFile(join(folder, 'go'), '\n');
    // node-pty throws away what was not read 200 ms after the end.
    await until(() => asked() > 0);
    expect(run.seen).toMatchObject({ output: 'first', exit: null });
    run.channel.resume();
    expect(await run.ended).toEqual({ code: 0, signal: 0, why: '' });
    expect(run.seen.output).toBe('firstlast');
  });

  test('that leaves a program behind in its terminal has ended all the same', async () => {
    const run = await shell('(trap "" HUP; sleep 30; true) & echo $! > left; exit 3');
    expect(await run.ended).toMatchObject({ code: 3 });
    process.kill(Number(await readFile(join(folder, 'left'), 'utf8')), 'SIGKILL');
  });

  test('has to wait while reading is paused', async () => {
    const run = await shell('echo $$ > pid; i=0; while :; do i=$((i+1)); echo "line $i"; done');
    await shows(run, 'line 10\r');
    run.channel.pause();
    const { length } = run.seen.output;
    const pid = (await readFile(join(folder, 'pid'), 'utf8')).trim();
    // In write(2), on x86 or arm, to its standard output.
    await until(async () => /^(1|64) 0x1 /.test(await readFile(`/proc/${pid}/syscall`, 'utf8')));
    expect(run.seen.output.length).toBe(length);
    run.channel.resume();
    await until(() => run.seen.output.length > length + 100_000);
  });

  test('says who has the terminal, when it is another than itself', async () => {
    const run = await open('bash', ['--norc', '-i']);
    await shows(run, 'ready> ');
    expect(run.channel.foreground()).toBe('');
    run.channel.write('sleep 60\r');
    await until(() => run.channel.foreground() === 'sleep');
    run.channel.write('\x03');
    await until(() => run.channel.foreground() === '');
  });
});

describe('typing to a program that does not read', () => {
  const WHEN_TOLD = 'until [ -e go ]; do sleep 0.02; done';

  test('neither waits for it nor loses anything', async () => {
    const text = Array.from({ length: 60_000 }, (_, i) => `${i},`).join('');
    const run = await shell(`stty raw -echo; echo ready; ${WHEN_TOLD}; head -c ${text.length} > got`);
    await shows(run, 'ready');
    // It reads only after this has returned, and the kernel holds no more than some 20 kB.
    run.channel.write(text);
    await writeFile(join(folder, 'go'), '');
    await run.ended;
    expect(await readFile(join(folder, 'got'), 'utf8')).toBe(text);
  });

  test('it can be interrupted all the same', async () => {
    const run = await shell('echo ready; exec sleep 60');
    await shows(run, 'ready');
    run.channel.write('more than it ever reads\n'.repeat(10_000));
    run.channel.write('\x03');
    expect(await run.ended).toMatchObject({ signal: 2 });
  });
});

describe('closing', () => {
  test('hangs up, and the end is told', async () => {
    const run = await shell('echo ready; sleep 60; true');
    await shows(run, 'ready');
    run.channel.close();
    expect(await run.ended).toMatchObject({ signal: 1 });
  });

  test('reaches the program in the foreground as well as the shell', async () => {
    const run = await open('bash', ['--norc', '-i']);
    await shows(run, 'ready> ');
    run.channel.write(`sh -c 'trap "echo hung up > told; exit" HUP; echo waiting; sleep 60 & wait'\r`);
    await shows(run, 'waiting\r');
    run.channel.close();
    await run.ended;
    await until(async () => (await readdir(folder)).includes('told'));
  });

  test('ends one that does not care', async () => {
    const run = await shell('trap "" HUP; echo ready; while :; do sleep 1; done');
    await shows(run, 'ready');
    run.channel.close();
    run.channel.close();
    expect(await run.ended).toMatchObject({ signal: 9 });
  });

  test('lets a program that is in the middle of writing go on to its end', async () => {
    const run = await shell(
      'trap "head -c 200000 /dev/zero | tr \'\\0\' x; exit 4" HUP; echo ready; sleep 60 & wait',
    );
    await shows(run, 'ready');
    run.channel.pause();
    run.channel.close();
    expect(await run.ended).toMatchObject({ code: 4 });
    expect(run.seen.output.replaceAll(/[^x]/g, '').length).toBe(200_000);
  });

  test('leaves no descriptor and no process behind', async () => {
    const before = await ownTerminals();
    const runs = await Promise.all(Array.from({ length: 5 }, () => shell('echo $$; sleep 60; true')));
    await Promise.all(runs.map((run) => shows(run, '\n')));
    expect(await ownTerminals()).toBe(before + 5);
    for (const run of runs) run.channel.close();
    await Promise.all(runs.map((run) => run.ended));
    await until(async () => (await ownTerminals()) === before);
    for (const { seen } of runs) {
      const pid = Number.parseInt(seen.output, 10);
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    }
  });

  test('after the end nothing that is done to it does anything', async () => {
    const run = await shell('exit 0');
    await run.ended;
    run.channel.write('text');
    run.channel.resize(10, 10);
    run.channel.pause();
    run.channel.resume();
    run.channel.close();
    expect(run.channel.foreground()).toBe('');
  });
});

describe('what cannot be started says why, and what to do', () => {
  const failure = async (file: string, options: Partial<PtyOptions> = {}) => {
    const error = await open(file, [], options).catch((reason: unknown) => reason);
    if (!(error instanceof TerminalError)) throw new Error('It was started');
    expect(error.advice).not.toBe('');
    return error.message;
  };

  test('a program that is not there', async () => {
    expect(await failure('no-such-shell')).toBe('There is no no-such-shell');
    expect(await failure('/no/such/shell')).toBe('There is no /no/such/shell');
  });

  test('a file that is no program, and a folder', async () => {
    await writeFile(join(folder, 'text'), 'text');
    expect(await failure('./text')).toBe('./text cannot be started');
    expect(await failure(folder)).toBe(`${folder} cannot be started`);
  });

  test('a folder that is gone, or is none', async () => {
    expect(await failure('sh', { cwd: join(folder, 'gone') })).toBe(`The folder ${folder}/gone is not there`);
    await writeFile(join(folder, 'text'), 'text');
    expect(await failure('sh', { cwd: join(folder, 'text') })).toBe(`${folder}/text is no folder`);
  });

  test('a system that gives no pseudo-terminal', async () => {
    const spawn = () => {
      throw new Error('forkpty(3) failed.');
    };
    const load = async () => ({ ...(await import('node-pty')), spawn });
    await expect(shell('exit', {}, load)).rejects.toThrow(
      'No pseudo-terminal could be opened: forkpty(3) failed.',
    );
  });

  test('a system that node-pty is not built for, and one with another C library', () => {
    const missing = ptyMissing(new Error('does not support your platform'));
    expect(missing.message).toContain(`no pseudo-terminal for ${process.platform}-${process.arch}`);
    expect(missing.advice).toContain('--include=optional');
    const musl = Object.assign(new Error('Error relocating pty.node'), { code: 'ERR_DLOPEN_FAILED' });
    expect(ptyMissing(musl).advice).toContain('glibc');
  });
});

/** Counts how often node-pty wants its socket destroyed without an error: its 200 ms are over. */
function watchDestroy() {
  let count = 0;
  const load = async (): Promise<PtyModule> => {
    const module = await import('node-pty');
    return {
      ...module,
      spawn(...args: Parameters<PtyModule['spawn']>) {
        const pty = module.spawn(...args);
        const { _socket: socket } = pty as unknown as { _socket: ReadStream };
        queueMicrotask(() => {
          const destroy = socket.destroy.bind(socket);
          socket.destroy = (error) => {
            if (!error) count += 1;
            return destroy(error);
          };
        });
        return pty;
      },
    };
  };
  return { load, asked: () => count };
}

async function ownTerminals(): Promise<number> {
  const names = await readdir('/proc/self/fd');
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return targets.filter((target) => target.endsWith('/ptmx')).length;
}
