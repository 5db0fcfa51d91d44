import * as zlib from 'node:zlib';
import { EngineError } from '../errors.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import { tarError } from '../tar/tar-error.ts';
import { BLOCK, hasChecksum } from '../tar/tar-header.ts';
import { tarReader, type TarBody } from '../tar/tar-reader.ts';
import type { Member } from './archive-member.ts';
import { layerReader } from './layer-reader.ts';
import type { Pressure } from './pressure.ts';
import { unpacking } from './unpacking.ts';
import { zstdFrames } from './zstd-frames.ts';

/** Also takes the content of an entry of a layer, while it passes. */
export type Tap = (entry: TarEntry) => TarBody | undefined;

export type MemberReading = {
  pressure: Pressure;
  tap: Tap | undefined;
  done: (member: Member) => void;
};

/** Configs and manifests are a few kB; a file this large is something else. */
const MOST_JSON = 8 * 1024 * 1024;
const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
const OTHER: Member = { what: 'other' };

/** Takes a file of a saved image, finds out what it is from its first bytes, and reads it as that. */
export function memberBody(reading: MemberReading, isCompressed = false): TarBody {
  let start = Buffer.alloc(0);
  let chosen: TarBody | null = null;
  const choose = (): TarBody => {
    chosen = bodyFor(start, reading, isCompressed);
    chosen.write(start);
    return chosen;
  };
  return {
    write(bytes) {
      if (chosen !== null) return chosen.write(bytes);
      start = Buffer.concat([start, bytes]);
      if (start.length >= BLOCK) choose();
    },
    end: () => (chosen ?? choose()).end(),
  };
}

function bodyFor(start: Buffer, reading: MemberReading, isCompressed: boolean): TarBody {
  if (start.length === 0 || hasChecksum(start) || isZero(start)) return layerBody(reading, isCompressed);
  if (isCompressed) return passedBy(reading);
  if (beginsWith(start, GZIP)) return unpacking(zlib.createGunzip(), inner(reading), reading);
  if (beginsWith(start, ZSTD)) return zstdBody(reading);
  return /^\s*[[{]/.test(start.toString('latin1', 0, 64)) ? jsonBody(reading) : passedBy(reading);
}

function inner(reading: MemberReading): TarBody {
  return memberBody(reading, true);
}

/** Node has it from 22.15 on. */
function zstdBody(reading: MemberReading): TarBody {
  if ('createZstdDecompress' in zlib)
    return zstdFrames(unpacking(zlib.createZstdDecompress(), inner(reading), reading));
  const error = new EngineError(
    'unsupported',
    'a layer is compressed with zstd, which this Node cannot unpack',
    {
      advice: 'Node 22.15 and later can look inside.',
    },
  );
  return { write: () => {}, end: () => reading.done({ what: 'broken', error }) };
}

function layerBody({ tap, done }: MemberReading, isCompressed: boolean): TarBody {
  const layer = layerReader();
  const tar = tarReader((entry) => both(layer.take(entry), tap?.(entry)));
  return guarded(tar, done, () => ({ what: 'layer', layer: layer.layer(), isCompressed }));
}

/** An archive that breaks costs this member, and nobody who does not need it. */
function guarded(body: TarBody, done: (member: Member) => void, whole: () => Member): TarBody {
  let error: EngineError | null = null;
  const attempt = (act: () => void): void => {
    if (error !== null) return;
    try {
      act();
    } catch (cause) {
      error = cause instanceof EngineError ? cause : tarError('a layer is damaged', cause);
    }
  };
  return {
    write: (bytes) => attempt(() => body.write(bytes)),
    end() {
      attempt(() => body.end());
      done(error === null ? whole() : { what: 'broken', error });
    },
  };
}

function jsonBody({ done }: MemberReading): TarBody {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    write(bytes) {
      size += bytes.length;
      if (size <= MOST_JSON) pieces.push(Buffer.from(bytes));
    },
    end: () => done(size <= MOST_JSON ? parsed(Buffer.concat(pieces)) : OTHER),
  };
}

function parsed(bytes: Buffer): Member {
  try {
    return { what: 'json', value: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return OTHER;
    throw error;
  }
}

function passedBy({ done }: MemberReading): TarBody {
  return { write: () => {}, end: () => done(OTHER) };
}

function both(one: TarBody | undefined, other: TarBody | undefined): TarBody | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    write(bytes) {
      one.write(bytes);
      other.write(bytes);
    },
    end() {
      one.end();
      other.end();
    },
  };
}

function beginsWith(start: Buffer, magic: readonly number[]): boolean {
  return start.length >= magic.length && magic.every((byte, i) => start[i] === byte);
}

/** An archive with nothing in it is zeros. */
function isZero(start: Buffer): boolean {
  return start.length >= BLOCK && start.every((byte) => byte === 0);
}
