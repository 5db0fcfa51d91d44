import type { TarBody } from '../tar/tar-reader.ts';

const FRAME = 0xfd2fb528;
/** Sixteen kinds of frames that hold what a decoder does not want; zstd:chunked has its index in one. */
const SKIPPABLE = 0x184d2a5;
const RUN_LENGTH_BLOCK = 1;
const DICTIONARY_BYTES = [0, 1, 2, 4] as const;
const SIZE_BYTES = [0, 2, 4, 8] as const;

/** So many bytes come next, and when they are here, `next` says what follows. */
type Part = { count: number; isKept: boolean; isFrame: boolean; next: (bytes: Buffer) => Part };

const kept = (count: number, next: Part['next']): Part => ({ count, isKept: true, isFrame: false, next });
const passed = (count: number, next: Part['next']): Part => ({ count, isKept: false, isFrame: false, next });

/**
 * Passes a zstd stream on in pieces of which none reaches from one frame into the next. Node’s decoder (24.21) ends for good
 * where a frame ends within a piece, and goes on where a piece begins with one; zstd:chunked and pzstd write many frames.
 * RFC 8878, 3.1.
 */
export function zstdFrames(decoder: TarBody): TarBody {
  const head = Buffer.alloc(4);
  let part = frame();
  let left = part.count;

  /** Gives whether a frame begins here. */
  function nextPart(): boolean {
    do {
      part = part.next(head);
      left = part.count;
    } while (left === 0);
    return part.isFrame;
  }

  return {
    write(bytes) {
      let from = 0;
      for (let at = 0; at < bytes.length;) {
        const length = Math.min(left, bytes.length - at);
        if (part.isKept) bytes.copy(head, part.count - left, at, at + length);
        at += length;
        left -= length;
        if (left > 0 || !nextPart()) continue;
        decoder.write(bytes.subarray(from, at));
        from = at;
      }
      if (from < bytes.length) decoder.write(bytes.subarray(from));
    },
    end: () => decoder.end(),
  };
}

function frame(): Part {
  const begin = (head: Buffer): Part => {
    const magic = head.readUInt32LE();
    if (magic === FRAME) return kept(1, frameHeader);
    if (magic >>> 4 === SKIPPABLE) return kept(4, (size) => passed(size.readUInt32LE(), frame));
    // The decoder says what it thinks of it.
    return passed(Infinity, frame);
  };
  return { ...kept(4, begin), isFrame: true };
}

function frameHeader(head: Buffer): Part {
  const flags = head[0]!;
  const isSingle = (flags & 0x20) !== 0;
  const size = flags >> 6 === 0 && isSingle ? 1 : SIZE_BYTES[(flags >> 6) as 0 | 1 | 2 | 3];
  const window = isSingle ? 0 : 1;
  const sum = (flags & 4) === 0 ? 0 : 4;
  return passed(window + DICTIONARY_BYTES[(flags & 3) as 0 | 1 | 2 | 3] + size, () => block(sum));
}

/** @param sum bytes of the checksum after the last block */
function block(sum: number): Part {
  return kept(3, (head) => {
    const header = head.readUIntLE(0, 3);
    const size = ((header >> 1) & 3) === RUN_LENGTH_BLOCK ? 1 : header >> 3;
    return (header & 1) === 0 ? passed(size, () => block(sum)) : passed(size + sum, frame);
  });
}
