import type { Transform } from 'node:stream';
import { EngineError } from '../errors.ts';
import type { TarBody } from '../tar/tar-reader.ts';
import type { MemberReading } from './member-body.ts';

/**
 * Passes what is compressed through one of Node's streams, and what comes out to `body`. The streams work on threads of
 * their own: whoever pushes has to wait for `pressure` now and then.
 */
export function unpacking(stream: Transform, body: TarBody, { pressure, done }: MemberReading): TarBody {
  const closed = Promise.withResolvers<void>();
  let isOver = false;
  pressure.owns(stream);
  const finish = (act: () => void): void => {
    if (!isOver) act();
    isOver = true;
    closed.resolve();
  };
  stream.on('data', (bytes: Buffer) => body.write(bytes));
  stream.on('end', () => finish(() => body.end()));
  stream.on('error', (cause) => finish(() => done({ what: 'broken', error: damaged(cause) })));
  stream.on('close', () => closed.resolve());
  return {
    write(bytes) {
      // The piece is only lent, and is written over while the stream still works on it.
      if (!isOver && !stream.write(Buffer.from(bytes))) pressure.wait(drained(stream, closed.promise));
    },
    end() {
      stream.end();
      pressure.wait(closed.promise);
    },
  };
}

function drained(stream: Transform, closed: Promise<void>): Promise<void> {
  return Promise.race([new Promise<void>((resolve) => stream.once('drain', resolve)), closed]);
}

function damaged(cause: Error): EngineError {
  return new EngineError('protocol', `a compressed layer is damaged: ${cause.message}`, { cause });
}
