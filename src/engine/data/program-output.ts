import { PassThrough } from 'node:stream';
import type { Duplex, Readable } from 'node:stream';
import { cleanText } from '../clean-text.ts';
import { brokenOff, cancelled } from '../connection-error.ts';

const HEADER = 8;
const STDERR = 2;
const MOST_SAID = 4096;

export type ProgramOutput = {
  stdout: Readable;
  /** The beginning of what it wrote to stderr so far, as one line. */
  stderr: () => string;
};

/** Parts the two outputs of a program without a TTY. The program waits for a slow reader. */
export function programOutput(socket: Duplex, signal?: AbortSignal): ProgramOutput {
  const stdout = new PassThrough();
  // Whoever has stopped reading hears of no error any more.
  stdout.on('error', () => undefined);
  const said: Buffer[] = [];
  let saidBytes = 0;
  let header = Buffer.alloc(0);
  let owed = 0;
  let isError = false;

  function take(part: Buffer): void {
    if (!isError) {
      if (!stdout.write(part)) socket.pause();
    } else if (saidBytes < MOST_SAID) {
      said.push(part);
      saidBytes += part.length;
    }
  }

  socket.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length;) {
      if (owed > 0) {
        const part = chunk.subarray(at, at + owed);
        owed -= part.length;
        at += part.length;
        take(part);
        continue;
      }
      const missing = HEADER - header.length;
      header = Buffer.concat([header, chunk.subarray(at, at + missing)]);
      at += missing;
      if (header.length < HEADER) break;
      isError = header[0] === STDERR;
      owed = header.readUInt32BE(4);
      header = Buffer.alloc(0);
    }
  });
  stdout.on('drain', () => socket.resume());
  stdout.on('close', () => socket.resume());
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  let isOver = false;
  socket.on('end', () => {
    isOver = owed === 0;
    socket.end();
  });
  socket.on('close', () => {
    signal?.removeEventListener('abort', abort);
    if (isOver) stdout.end();
    else stdout.destroy(signal?.aborted === true ? cancelled() : brokenOff());
  });
  return { stdout, stderr: () => cleanText(Buffer.concat(said).toString()).trim() };
}
