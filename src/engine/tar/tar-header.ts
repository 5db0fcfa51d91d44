import { exactText } from './exact-text.ts';
import { tarError } from './tar-error.ts';
import { tarNumber } from './tar-number.ts';

/** Bytes of a header, and what every body is filled up to. */
export const BLOCK = 512;

/** A header as it stands in the archive. */
export type TarHeader = {
  name: string;
  /** One character: `0` file, `5` folder, `x` pax header …; `\0` in the oldest archives. */
  flag: string;
  /** Bytes that the header says follow it. */
  size: number;
  mode: number;
  uid: number;
  gid: number;
  /** Seconds since the epoch. */
  modified: number;
  target: string;
  /** Of a GNU sparse file: its size with the holes. */
  realSize: number;
  /** More blocks with the places of the holes follow. */
  isExtended: boolean;
};

/** POSIX.1-2017, pax, “ustar Interchange Format”; GNU tar manual, “Basic Tar Format”. Throws for a block whose checksum is wrong. */
export function tarHeader(block: Buffer, offset: number): TarHeader {
  if (!hasChecksum(block)) throw tarError(`there is no header at byte ${offset}, where one has to be`);
  const magic = block.toString('latin1', 257, 263);
  const isPosix = magic === 'ustar\0';
  const isGnu = magic === 'ustar ';
  const flag = String.fromCharCode(block[156]!);
  const isSparse = isGnu && flag === 'S';
  const prefix = isPosix ? textIn(block, 345, 155) : '';
  const name = textIn(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    flag,
    size: tarNumber(block, 124, 12, 'the size'),
    mode: tarNumber(block, 100, 8, 'the mode'),
    uid: tarNumber(block, 108, 8, 'the owner'),
    gid: tarNumber(block, 116, 8, 'the group'),
    modified: tarNumber(block, 136, 12, 'the time'),
    target: textIn(block, 157, 100),
    realSize: isSparse ? tarNumber(block, 483, 12, 'the size') : 0,
    isExtended: isSparse && block[482] !== 0,
  };
}

/** Whether these bytes begin with a header. Some old programs summed up signed bytes. */
export function hasChecksum(block: Buffer): boolean {
  if (block.length < BLOCK) return false;
  let unsigned = 8 * 0x20;
  let high = 0;
  for (let at = 0; at < BLOCK; at++) {
    if (at === 148) at = 156;
    const byte = block[at]!;
    unsigned += byte;
    if (byte > 0x7f) high++;
  }
  const stated = statedSum(block);
  return stated === unsigned || stated === unsigned - 256 * high;
}

function statedSum(block: Buffer): number {
  const digits = /^[ \0]*([0-7]+)[ \0]*$/.exec(block.toString('latin1', 148, 156))?.[1];
  return digits === undefined ? -1 : Number.parseInt(digits, 8);
}

function textIn(block: Buffer, from: number, length: number): string {
  const end = block.indexOf(0, from);
  const bytes = block.subarray(from, end === -1 || end > from + length ? from + length : end);
  return exactText(bytes);
}
