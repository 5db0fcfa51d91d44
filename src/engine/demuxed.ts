import { Duplex } from 'node:stream';

const HEADER = 8;

/** What a program without a TTY writes, its two outputs in one: the frame headers are taken out. */
export function demuxed(socket: Duplex): Duplex {
  const strip = headerStripper();
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk, _encoding, done) => void socket.write(chunk, () => done()),
    final: (done) => void socket.end(() => done()),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    const bytes = strip(chunk);
    if (bytes.length > 0 && !stream.push(bytes)) socket.pause();
  });
  socket.on('end', () => stream.push(null));
  socket.on('close', () => {
    if (!stream.readableEnded) stream.push(null);
  });
  return stream;
}

function headerStripper(): (chunk: Buffer) => Buffer {
  let header = Buffer.alloc(0);
  /** Bytes still to come of the present frame. */
  let owed = 0;
  return (chunk) => {
    const payload: Buffer[] = [];
    for (let at = 0; at < chunk.length;) {
      if (owed === 0) {
        const missing = HEADER - header.length;
        header = Buffer.concat([header, chunk.subarray(at, at + missing)]);
        at += missing;
        if (header.length < HEADER) break;
        owed = header.readUInt32BE(4);
        header = Buffer.alloc(0);
      } else {
        const part = chunk.subarray(at, at + owed);
        payload.push(part);
        owed -= part.length;
        at += part.length;
      }
    }
    return payload.length === 1 ? payload[0]! : Buffer.concat(payload);
  };
}
