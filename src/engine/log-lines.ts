import { cleanText } from './clean-text.ts';
import type { LogLine } from './engine.ts';
import { EngineError } from './errors.ts';
import type { Parser } from './json-lines.ts';
import { lineJoiner } from './line-joiner.ts';
import type { LineJoiner } from './line-joiner.ts';

/** Stream type, three zeros, length: the header of a frame in the API's multiplexed format (`attach`, `logs`). */
const HEADER = 8;
/** Docker's frames are 16 KB and a time stamp; longer ones (podman) are taken in pieces instead of waited for. */
const WAIT_FOR = 64 * 1024;
const STDERR = 2;

/**
 * Lines of a container's log that was asked for with `timestamps=1`. A container without a TTY sends frames, one
 * with a TTY raw text; no header tells which before API 1.42. But a raw log starts with the digit of a date and a
 * frame with 0, 1 or 2.
 */
export function logLines(): Parser<LogLine> {
  let format: ((chunk: Buffer, emit: (line: LogLine) => void) => void) | null = null;
  const stdout = lineJoiner();
  const stderr = lineJoiner();
  return {
    push(chunk) {
      const lines: LogLine[] = [];
      if (chunk.length === 0) return lines;
      format ??= chunk[0]! <= STDERR ? framed(stdout, stderr) : raw(stdout);
      format(chunk, (line) => lines.push(line));
      return lines;
    },
    end() {
      const lines: LogLine[] = [];
      stdout.end((bytes, isCut) => lines.push(toLine('stdout', bytes, isCut)));
      stderr.end((bytes, isCut) => lines.push(toLine('stderr', bytes, isCut)));
      return lines;
    },
  };
}

type Emit = (line: LogLine) => void;

/** A raw line above this came in pieces (of 16 KB on Docker, 8 KB or less on podman), each with the stamp again. */
const ONE_PIECE = 4096;

function raw(joiner: LineJoiner): (chunk: Buffer, emit: Emit) => void {
  return (chunk, emit) =>
    joiner.push(chunk, false, (bytes, isCut) => emit(toLine('stdout', withoutRepeatedStamp(bytes), isCut)));
}

function withoutRepeatedStamp(bytes: Buffer): Buffer {
  if (bytes.length < ONE_PIECE) return bytes;
  const stamp = bytes.subarray(0, bytes.indexOf(' ') + 1).toString('latin1');
  const text = bytes.toString('utf8', stamp.length);
  return STAMP_LENGTH.test(stamp) ? Buffer.from(stamp + text.replaceAll(stamp, '')) : bytes;
}

const STAMP_LENGTH = /^.{20,36}$/;

function framed(stdout: LineJoiner, stderr: LineJoiner): (chunk: Buffer, emit: Emit) => void {
  let rest: Buffer = Buffer.alloc(0);
  /** Bytes still to come of a frame that is taken in pieces. */
  let owed = 0;
  let type = 1;
  const feed = (payload: Buffer, startsFrame: boolean, emit: Emit): void => {
    const stream = type === STDERR ? 'stderr' : 'stdout';
    const joiner = type === STDERR ? stderr : stdout;
    joiner.push(payload, startsFrame, (bytes, isCut) => emit(toLine(stream, bytes, isCut)));
  };
  return (chunk, emit) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = Math.min(owed, bytes.length);
    if (at > 0) feed(bytes.subarray(0, at), false, emit);
    owed -= at;
    while (owed === 0 && bytes.length - at >= HEADER) {
      const length = frameLength(bytes, at);
      const available = bytes.length - at - HEADER;
      if (available < length && length <= WAIT_FOR) break;
      type = bytes[at]!;
      const end = at + HEADER + Math.min(length, available);
      feed(bytes.subarray(at + HEADER, end), true, emit);
      owed = Math.max(0, length - available);
      at = end;
    }
    rest = bytes.subarray(at);
  };
}

function frameLength(bytes: Buffer, at: number): number {
  const looksRight = bytes[at]! <= 3 && bytes[at + 1] === 0 && bytes[at + 2] === 0 && bytes[at + 3] === 0;
  if (!looksRight)
    throw new EngineError('protocol', 'the log cannot be read: its frames do not fit together');
  return bytes.readUInt32BE(at + 4);
}

function toLine(stream: 'stdout' | 'stderr', bytes: Buffer, isCut: boolean): LogLine {
  const line = bytes.toString('utf8');
  const gap = line.indexOf(' ');
  const isStamped = line.charCodeAt(10) === 84 /* T */ && line.charCodeAt(4) === 45 /* - */ && gap > 10;
  const text = cleanText(isStamped ? line.slice(gap + 1) : line);
  return {
    at: isStamped ? line.slice(0, gap) : '',
    stream,
    text: isCut ? `${text} … (the rest of this line is left out)` : text,
  };
}
