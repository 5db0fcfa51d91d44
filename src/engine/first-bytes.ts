import type { IncomingMessage } from 'node:http';
import { brokenOff, tooSlow } from './connection-error.ts';
import { EngineError } from './errors.ts';

/** Longest silence in the middle of an answer, ms. */
const SILENCE = 15_000;

/** The beginning of an answer, at most `limit` bytes; the rest is not waited for. */
export function firstBytes(response: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let missing = limit;
    const timer = setTimeout(
      () => response.destroy(tooSlow('the answer stopped: nothing', SILENCE)),
      SILENCE,
    );
    response.on('data', (chunk: Buffer) => {
      timer.refresh();
      chunks.push(chunk.subarray(0, missing));
      missing -= chunk.length;
      if (missing <= 0) response.destroy();
    });
    response.on('error', (cause) => reject(cause instanceof EngineError ? cause : brokenOff(cause)));
    response.on('close', () => {
      clearTimeout(timer);
      if (response.complete || missing <= 0) resolve(Buffer.concat(chunks));
      else reject(brokenOff());
    });
  });
}
