import type { ReadStream } from 'node:tty';
import { basename } from 'node:path';
import type { IPty } from 'node-pty';
import type { Channel, ChannelExit } from './channel.ts';
import { findProgram } from './find-program.ts';
import { foregroundGroup } from './foreground-group.ts';
import { lingerBeforeDestroy } from './linger.ts';
import { loadPty, type PtyModule } from './load-pty.ts';
import { PtyWriter } from './pty-writer.ts';
import { TerminalError } from './terminal-error.ts';

export type PtyOptions = {
  /** A path, or a name that is looked for in the PATH of `env`. */
  file: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment; `TERM` is xterm-256color where it says nothing. */
  env: Readonly<Record<string, string | undefined>>;
  columns: number;
  rows: number;
};

/** How long a program may take to go after it was hung up, before it is killed. */
const FAREWELL_MS = 2000;
const INTERRUPT = '\x03';

/** A program in a pseudo-terminal of its own. Throws `TerminalError` when it cannot be started. */
export async function openPty(
  options: PtyOptions,
  load: () => Promise<PtyModule> = loadPty,
): Promise<Channel> {
  const file = await findProgram(options.file, options.env['PATH'] ?? '/usr/bin:/bin', options.cwd);
  const { spawn } = await load();
  return new PtyChannel(start(spawn, file, options), options.file);
}

function start(spawn: PtyModule['spawn'], file: string, options: PtyOptions): IPty {
  const { args, cwd, columns, rows } = options;
  const known = Object.entries(options.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const env = { TERM: 'xterm-256color', ...Object.fromEntries(known) };
  try {
    return spawn(file, [...args], { name: env.TERM, cols: columns, rows, cwd, env, encoding: null });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = 'The system may be out of pseudo-terminals or processes; end some, then try again';
    throw new TerminalError(`No pseudo-terminal could be opened: ${reason}`, { advice, cause: error });
  }
}

const SOCKET = '_socket';
/** What node-pty 1.1.0 has on Linux and macOS and does not declare. */
type UnixPty = IPty & { readonly fd: number; readonly [SOCKET]: ReadStream };

class PtyChannel implements Channel {
  readonly #pty: IPty;
  readonly #file: string;
  readonly #socket: ReadStream | null = null;
  readonly #writer: PtyWriter | null = null;
  #tellData: (bytes: Uint8Array) => void = () => {};
  #tellExit: ((exit: ChannelExit) => void) | null = null;
  /** Until somebody listens. */
  #isPaused = true;
  #exit: ChannelExit | null = null;
  #why = '';
  #farewell: NodeJS.Timeout | undefined;

  constructor(pty: IPty, file: string) {
    this.#pty = pty;
    this.#file = file;
    if (isUnix(pty)) {
      const socket = pty[SOCKET];
      this.#socket = socket;
      this.#writer = new PtyWriter(pty.fd, () => this.#isGone());
      lingerBeforeDestroy(socket, () => this.#isPaused);
      // node-pty throws what it does not know unless somebody else listens. EIO is the end, EAGAIN is nothing.
      socket.on('error', ({ code, message }: NodeJS.ErrnoException) => {
        if (code !== 'EIO' && code !== 'EAGAIN') this.#why = message;
      });
    }
    pty.pause();
    // With `encoding: null` node-pty gives bytes, whatever its types say.
    pty.onData((bytes: unknown) => this.#tellData(bytes as Uint8Array));
    pty.onExit(({ exitCode, signal }) => this.#end({ code: exitCode, signal: signal ?? 0, why: this.#why }));
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#tellData = listener;
    this.resume();
  }

  onExit(listener: (exit: ChannelExit) => void): void {
    this.#tellExit = listener;
    if (this.#exit !== null) listener(this.#exit);
  }

  write(text: string): void {
    if (this.#isGone() || text === '') return;
    if (this.#writer === null) this.#pty.write(text);
    else if (text === INTERRUPT && this.#writer.isStuck) this.#interrupt(this.#writer);
    else this.#writer.write(text);
  }

  resize(columns: number, rows: number): void {
    if (!this.#isGone()) this.#pty.resize(Math.max(1, columns), Math.max(1, rows));
  }

  pause(): void {
    this.#isPaused = true;
    if (!this.#isGone()) this.#pty.pause();
  }

  resume(): void {
    this.#isPaused = false;
    if (!this.#isGone()) this.#pty.resume();
  }

  close(): void {
    if (this.#exit !== null || this.#farewell !== undefined) return;
    this.resume();
    this.#hangUp();
    this.#farewell = setTimeout(() => this.#killNow(), FAREWELL_MS);
  }

  foreground(): string {
    if (this.#isGone()) return '';
    const group = foregroundGroup(this.#pty.pid);
    if (group === this.#pty.pid) return '';
    const name = basename(this.#pty.process);
    return group === 0 && name === basename(this.#file) ? '' : name;
  }

  /** Its descriptor is closed; the number may be somebody else's. */
  #isGone(): boolean {
    return this.#exit !== null || this.#socket?.destroyed === true;
  }

  #end(exit: ChannelExit): void {
    this.#exit = exit;
    clearTimeout(this.#farewell);
    this.#writer?.forget();
    this.#tellExit?.(exit);
  }

  /** The kernel's buffer is full of keys that nobody reads, so that Ctrl-C would never get through to interrupt it. */
  #interrupt(writer: PtyWriter): void {
    writer.forget();
    send(foregroundGroup(this.#pty.pid) || this.#pty.pid, 'SIGINT');
  }

  #hangUp(): void {
    if (process.platform === 'win32') return this.#pty.kill();
    const shell = this.#pty.pid;
    for (const group of new Set([foregroundGroup(shell) || shell, shell])) {
      send(group, 'SIGHUP');
      // A stopped one would get it only when it goes on.
      send(group, 'SIGCONT');
    }
  }

  #killNow(): void {
    send(this.#pty.pid, 'SIGKILL');
  }
}

function isUnix(pty: IPty): pty is UnixPty {
  return process.platform !== 'win32' && 'fd' in pty && SOCKET in pty;
}

function send(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Gone already, or another user's (sudo): that one is hung up by the kernel when the terminal is closed.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
