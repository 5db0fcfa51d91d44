import type { Duplex } from 'node:stream';

/** How often it is looked at whether a client that has ended its half is still there, ms. */
const LOOK_EVERY = 250;
/** How long an engine that has said its last word may take nothing of what its client still sends, ms. */
const MOST_SILENCE = 2000;
const NOTHING = Buffer.alloc(0);

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

/** Tells once when a peer has taken nothing for a while of what waits for it. */
export function whenStuck(stream: Duplex, tell: () => void): void {
  if (stream.destroyed) return;
  let before = 0;
  const look = (): void => {
    const { writableNeedDrain, writableLength } = stream;
    if (writableNeedDrain && writableLength === before) {
      clearInterval(timer);
      tell();
    }
    before = writableLength;
  };
  const timer = setInterval(look, MOST_SILENCE).unref();
  stream.once('close', () => clearInterval(timer));
}
