import type { IncomingMessage } from 'node:http';
import { brokenOff, tooSlow } from './connection-error.ts';
import { EngineError } from './errors.ts';

/** A list of 1,000 containers is 1 MB; nothing that is read whole comes near this. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Longest silence in the middle of an answer, ms. */
const SILENCE = 15_000;

/** Reads an answer to its end. It has to go on arriving, to end properly, and to be of a sane size. */
export function readBody(response: IncomingMessage, silence = SILENCE): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(
      () => response.destroy(tooSlow('the answer stopped: nothing', silence)),
      silence,
    );
    response.on('data', (chunk: Buffer) => {
      timer.refresh();
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_BYTES)
        response.destroy(new EngineError('protocol', 'the answer is too large to be read'));
    });
    response.on('error', (cause) => reject(cause instanceof EngineError ? cause : brokenOff(cause)));
    response.on('close', () => {
      clearTimeout(timer);
      if (response.complete) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(brokenOff());
    });
  });
}
