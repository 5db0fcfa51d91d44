import type { Duplex } from 'node:stream';

/** How long the other side may take to read what is still on its way, ms. */
const FAREWELL = 5000;
/** How often it is looked at whether a client that has ended its half is still there, ms. */
const LOOK_EVERY = 250;
const NOTHING = Buffer.alloc(0);

/** Sends what is still to be sent, however long the peer takes to read it, then closes both directions. */
export function endWhenSent(stream: Duplex): void {
  if (stream.writableFinished) stream.destroy();
  else if (!stream.destroyed) stream.once('finish', () => stream.destroy()).end();
}

/** The same, for a peer that may never read on: it gets a few seconds. */
export function endSoon(stream: Duplex): void {
  if (stream.destroyed) return;
  const timer = setTimeout(() => stream.destroy(), FAREWELL).unref();
  stream.once('close', () => clearTimeout(timer));
  endWhenSent(stream);
}

/** Sends an answer and its end, and reads on without listening, so that the peer is not cut off while it still speaks. */
export function endWhenHeard(stream: Duplex, lastWords: Buffer): void {
  stream.end(lastWords);
  const timer = setTimeout(() => stream.destroy(), FAREWELL).unref();
  stream.once('close', () => clearTimeout(timer));
  const finish = (): void => {
    if (stream.readableEnded && stream.writableFinished) stream.destroy();
  };
  stream.once('end', finish).once('finish', finish);
  finish();
  stream.resume();
}

/**
 * A peer that has ended its half may have closed both. On a unix socket writing nothing tells: it fails with EPIPE,
 * which comes as the stream's error.
 */
export function watchForLeaving(stream: Duplex): void {
  const look = (): void => {
    if (stream.writable && stream.writableLength === 0) stream.write(NOTHING);
  };
  const timer = setInterval(look, LOOK_EVERY).unref();
  stream.once('close', () => clearInterval(timer));
  stream.once('finish', () => clearInterval(timer));
  look();
}
