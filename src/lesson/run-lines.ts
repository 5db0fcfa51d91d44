import { spawn, type ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import { cleanText } from '../engine/clean-text.ts';

export type LineResult = {
  line: string;
  /** Null where it did not end by itself: a signal, or more time than it had. */
  code: number | null;
  /** What it printed, both streams as they came, in clean lines; the last `OUTPUT_KEPT` characters. */
  output: string;
  /** Why there is no code; empty otherwise. */
  problem: string;
  /** Milliseconds. */
  took: number;
};

export type RunLinesOptions = {
  /** The whole environment: `docker` finds the engine by it. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Told of each line of output. */
  onLine?: (text: string) => void;
  /** Kills what runs, and what went to the background and runs still. */
  signal?: AbortSignal;
  /** The lines after one that failed are not run. By itself all are: a solution may show an error on purpose. */
  stopAtFailure?: boolean;
  /** Milliseconds for each line. */
  within?: number;
};

export const OUTPUT_KEPT = 32 * 1024;
/** Both outputs into one pipe, because what comes over two loses its order. */
const IN_ORDER = 'exec sh -c "$1" 2>&1';
const WITHIN = 2 * 60_000;
/** Output that is still on its way when the shell has ended; what was left in the background keeps its pipe open. */
const DRAINED_WITHIN = 100;

/**
 * Runs command lines through `sh`, one after another. A line that fails is a result, not an error. Throws the signal’s
 * reason when it is aborted, and what the system says where there is no `sh`.
 */
export async function runLines(lines: readonly string[], options: RunLinesOptions): Promise<LineResult[]> {
  const results: LineResult[] = [];
  for (const line of lines) {
    options.signal?.throwIfAborted();
    const result = await runLine(line, options);
    options.signal?.throwIfAborted();
    results.push(result);
    if (options.stopAtFailure === true && result.code !== 0) break;
  }
  return results;
}

async function runLine(line: string, options: RunLinesOptions): Promise<LineResult> {
  const { env, cwd, onLine, signal, within = WITHIN } = options;
  const began = performance.now();
  // A process group of its own, so that all that the line has started can be ended with it.
  const child = spawn('sh', ['-c', IN_ORDER, 'sh', line], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const output = collectOutput(child.stdout, onLine ?? (() => undefined));
  const stopWatching = killOnAbort(child, signal);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    killGroup(child);
  }, within);
  const { code, ended } = await exitOf(child, stopWatching).finally(() => clearTimeout(timer));
  const problem = isLate
    ? `it did not end within ${within / 1000} s`
    : code === null
      ? `it was ended by ${ended}`
      : '';
  return { line, code, problem, output: output.end(), took: Math.round(performance.now() - began) };
}

function exitOf(child: ChildProcess, onClosed: () => void): Promise<{ code: number | null; ended: string }> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      onClosed();
      reject(error);
    });
    child.once('close', onClosed);
    child.once('exit', (code, ended) => {
      const done = (): void => resolve({ code, ended: ended ?? '' });
      const timer = setTimeout(done, DRAINED_WITHIN);
      child.once('close', () => {
        clearTimeout(timer);
        done();
      });
    });
  });
}

/** As long as anything of the line holds its pipes, also in the background. */
function killOnAbort(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  const kill = (): void => killGroup(child);
  signal?.addEventListener('abort', kill, { once: true });
  if (signal?.aborted === true) kill();
  return () => signal?.removeEventListener('abort', kill);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: all of it has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function collectOutput(stream: Readable, onLine: (text: string) => void): { end: () => string } {
  let kept = '';
  let isOver = false;
  const add = (text: string): void => {
    if (isOver) return;
    const line = cleanText(text);
    kept = `${kept}${line}\n`.slice(-OUTPUT_KEPT);
    onLine(line);
  };
  const flush = readLines(stream, add);
  return {
    end() {
      flush();
      isOver = true;
      return kept.trimEnd();
    },
  };
}

/** A carriage return ends a line, too: progress is drawn with it. Gives what hands out the unfinished line. */
function readLines(stream: Readable, onLine: (text: string) => void): () => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const parts = (rest + decoder.write(chunk)).split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? '').slice(-OUTPUT_KEPT);
    for (const part of parts) onLine(part);
  });
  return () => {
    if (rest !== '') onLine(rest);
    rest = '';
  };
}
