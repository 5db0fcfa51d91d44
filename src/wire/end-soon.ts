import type { Duplex } from 'node:stream';

/** How long the other side may take to read what is still on its way, ms. */
const FAREWELL = 5000;

/** Sends what is still to be sent, however long the peer takes to read it, then closes both directions. */
export function endWhenSent(stream: Duplex): void {
  if (stream.writableFinished) stream.destroy();
  else if (!stream.destroyed) stream.once('finish', () => stream.destroy()).end();
}

/** The same, for a peer that may never read on: it gets a few seconds. */
export function endSoon(stream: Duplex): void {
  if (stream.destroyed) return;
  destroyLater(stream);
  endWhenSent(stream);
}

/** Sends an answer and its end, and reads on without listening, so that the peer is not cut off while it still speaks. */
export function endWhenHeard(stream: Duplex, lastWords: Buffer): void {
  stream.end(lastWords);
  destroyLater(stream);
  const finish = (): void => {
    if (stream.readableEnded && stream.writableFinished) stream.destroy();
  };
  stream.once('end', finish).once('finish', finish);
  finish();
  stream.resume();
}

function destroyLater(stream: Duplex): void {
  const timer = setTimeout(() => stream.destroy(), FAREWELL).unref();
  stream.once('close', () => clearTimeout(timer));
}
