import { Transform } from 'node:stream';

/** Lets bytes through and shows them to `look` as they pass; what it throws ends the stream. */
export function tapped(look: (bytes: Buffer) => void): Transform {
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      try {
        look(bytes);
        done(null, bytes);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}
