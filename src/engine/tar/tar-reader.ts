import { exactText } from './exact-text.ts';
import { NO_RECORDS, paxRecords, type PaxRecords } from './pax-records.ts';
import { storedBytes, tarEntry, type Before, type TarEntry } from './tar-entry.ts';
import { tarError } from './tar-error.ts';
import { BLOCK, tarHeader, type TarHeader } from './tar-header.ts';

/** Whoever wants the content of an entry; it comes in pieces that are only lent: copy what has to stay. */
export type TarBody = {
  write(bytes: Buffer): void;
  end(): void;
};

/**
 * An archive, pushed in as it arrives, in pieces of any size. Nothing is kept but headers, and nothing waits: a gigabyte
 * of content costs as much as the pieces it comes in. All three throw `EngineError` for an archive that cannot be read.
 */
export type TarReader = {
  write(bytes: Buffer): void;
  /** Instead of so many bytes of the content of the entry that was told last. */
  pass(count: number): void;
  end(): void;
};

/** As Go's archive/tar: a name or a pax header that is longer is an attack. */
const MOST_META = 1024 * 1024;
const PAX = 'x';
const PAX_GLOBAL = 'g';
const GNU_NAME = 'L';
const GNU_TARGET = 'K';
const META = new Set([PAX, PAX_GLOBAL, GNU_NAME, GNU_TARGET]);
const ZEROS = Buffer.alloc(BLOCK);

/**
 * ustar, pax, GNU and the oldest (v7) archives, and those that mix them.
 * @param onEntry is told each entry once its headers are whole; what it gives takes the content
 */
export function tarReader(onEntry: (entry: TarEntry) => TarBody | undefined): TarReader {
  const partial = Buffer.alloc(BLOCK);
  let filled = 0;
  let offset = 0;
  let bodyLeft = 0;
  let padding = 0;
  let body: TarBody | undefined;
  let sparse: TarHeader | null = null;
  let zeroBlocks = 0;
  let global: PaxRecords = NO_RECORDS;
  let before: Before = { global, local: NO_RECORDS, longName: null, longTarget: null };
  let isAnnounced = false;

  function takeBlock(block: Buffer): void {
    if (sparse !== null) return takeHoles(block, sparse);
    if (block[0] === 0 && block.equals(ZEROS)) {
      zeroBlocks++;
      return;
    }
    if (zeroBlocks > 0) throw tarError(`there is something after its end, at byte ${offset}`);
    const header = tarHeader(block, offset);
    if (META.has(header.flag)) return beginMeta(header);
    if (header.isExtended) sparse = header;
    else begin(header);
  }

  /** The list of holes goes on for as long as each block says so. */
  function takeHoles(block: Buffer, header: TarHeader): void {
    if (block[504] !== 0) return;
    sparse = null;
    begin(header);
  }

  function begin(header: TarHeader): void {
    const entry = tarEntry(header, before);
    const stored = entry?.stored ?? storedBytes(header, before);
    before = { global, local: NO_RECORDS, longName: null, longTarget: null };
    isAnnounced = false;
    open(stored, entry === null ? undefined : onEntry(entry));
  }

  function beginMeta({ flag, size }: TarHeader): void {
    if (size < 0 || size > MOST_META) throw tarError('a name in it is longer than a megabyte');
    isAnnounced ||= flag !== PAX_GLOBAL;
    open(
      size,
      collected(size, (bytes) => takeMeta(flag, bytes)),
    );
  }

  function takeMeta(flag: string, bytes: Buffer): void {
    if (flag === PAX) before = { ...before, local: paxRecords(bytes) };
    else if (flag === GNU_NAME) before = { ...before, longName: upToNul(bytes) };
    else if (flag === GNU_TARGET) before = { ...before, longTarget: upToNul(bytes) };
    else {
      global = new Map([...global, ...paxRecords(bytes)]);
      before = { ...before, global };
    }
  }

  function open(size: number, taker: TarBody | undefined): void {
    bodyLeft = size;
    padding = (BLOCK - (size % BLOCK)) % BLOCK;
    body = taker;
    if (size === 0) close();
  }

  function close(): void {
    const closing = body;
    body = undefined;
    closing?.end();
  }

  /** Gives where in `bytes` the body ends. */
  function takeBody(bytes: Buffer, at: number): number {
    const length = Math.min(bodyLeft, bytes.length - at);
    body?.write(bytes.subarray(at, at + length));
    bodyLeft -= length;
    if (bodyLeft === 0) close();
    return at + length;
  }

  function takeHeader(bytes: Buffer, at: number): number {
    const length = Math.min(BLOCK - filled, bytes.length - at);
    if (length === BLOCK) {
      takeBlock(bytes.subarray(at, at + BLOCK));
    } else {
      bytes.copy(partial, filled, at, at + length);
      filled += length;
      if (filled === BLOCK) {
        filled = 0;
        takeBlock(partial);
      }
    }
    return at + length;
  }

  function step(bytes: Buffer, at: number): number {
    if (bodyLeft > 0) return takeBody(bytes, at);
    if (padding === 0) return takeHeader(bytes, at);
    const length = Math.min(padding, bytes.length - at);
    padding -= length;
    return at + length;
  }

  return {
    write(bytes) {
      for (let at = 0; at < bytes.length;) {
        const next = step(bytes, at);
        offset += next - at;
        at = next;
      }
    },
    pass(count) {
      if (count > bodyLeft) throw tarError(`there is no content of ${count} bytes at byte ${offset}`);
      bodyLeft -= count;
      offset += count;
      if (count > 0 && bodyLeft === 0) close();
    },
    end() {
      const isBetween = filled === 0 || (zeroBlocks > 0 && partial.subarray(0, filled).every((b) => b === 0));
      const isWhole = bodyLeft === 0 && padding === 0 && isBetween && sparse === null && !isAnnounced;
      if (!isWhole) throw tarError(`it is cut short, after ${offset} bytes`);
    },
  };
}

function collected(size: number, take: (bytes: Buffer) => void): TarBody {
  const all = Buffer.alloc(size);
  let filled = 0;
  return {
    write(bytes) {
      filled += bytes.copy(all, filled);
    },
    end: () => take(all),
  };
}

function upToNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return exactText(end === -1 ? bytes : bytes.subarray(0, end));
}
