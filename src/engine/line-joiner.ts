/** Longest line kept, bytes; a container can write 20 MB without a line end. */
export const MAX_LINE = 64 * 1024;

const NEWLINE = 10;
const RETURN = 13;
/** RFC 3339 with up to nanoseconds and a zone, and the space after it. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) /;
const STAMP_BYTES = 36;

export type TakeLine = (bytes: Buffer, isCut: boolean) => void;
export type LineJoiner = {
  /** @param startsFrame whether `bytes` are the beginning of a frame */
  push(bytes: Buffer, startsFrame: boolean, take: TakeLine): void;
  end(take: TakeLine): void;
};

/**
 * Joins bytes to lines. A long line arrives in frames of 16 KB, each with a time stamp of its own; only the
 * first stamp is kept, and no more than `MAX_LINE` of the line.
 */
export function lineJoiner(): LineJoiner {
  let parts: Buffer[] = [];
  let size = 0;
  let isCut = false;
  const keep = (bytes: Buffer): void => {
    const room = MAX_LINE - size;
    if (bytes.length > room) isCut = true;
    if (room <= 0 || bytes.length === 0) return;
    // A copy: a view would keep the whole chunk it was cut from alive.
    parts.push(Buffer.from(bytes.subarray(0, room)));
    size += Math.min(bytes.length, room);
  };
  const finish = (last: Buffer, take: TakeLine): void => {
    if (size === 0 && last.length <= MAX_LINE) return take(withoutReturn(last), false);
    keep(last);
    const whole = Buffer.concat(parts);
    const wasCut = isCut;
    parts = [];
    size = 0;
    isCut = false;
    take(withoutReturn(whole), wasCut);
  };
  return {
    push(bytes, startsFrame, take) {
      let from = startsFrame && size > 0 ? stampLength(bytes) : 0;
      for (let to = bytes.indexOf(NEWLINE, from); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
        finish(bytes.subarray(from, to), take);
        from = to + 1;
      }
      if (from < bytes.length) keep(bytes.subarray(from));
    },
    end(take) {
      if (size > 0) finish(Buffer.alloc(0), take);
    },
  };
}

function stampLength(bytes: Buffer): number {
  return STAMP.exec(bytes.toString('latin1', 0, STAMP_BYTES))?.[0].length ?? 0;
}

/** A TTY ends its lines with CR LF. */
function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes;
}
