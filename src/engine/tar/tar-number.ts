import { tarError } from './tar-error.ts';

const SPACE = 0x20;
const ZERO = 0x30;
const SEVEN = 0x37;

/** A number of a header: octal digits between blanks, or base 256 where the first bit is set (GNU). Blank is 0. */
export function tarNumber(block: Buffer, from: number, length: number, what: string): number {
  const value = block[from]! & 0x80 ? base256(block, from, length) : octal(block, from, length);
  if (!Number.isSafeInteger(value)) throw tarError(`${what} of an entry is no number`);
  return value;
}

function octal(block: Buffer, from: number, length: number): number {
  const end = from + length;
  let at = from;
  let value = 0;
  while (at < end && isBlank(block[at]!)) at++;
  for (; at < end && !isBlank(block[at]!); at++) {
    const digit = block[at]!;
    if (digit < ZERO || digit > SEVEN) return Number.NaN;
    value = value * 8 + digit - ZERO;
  }
  return value;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === 0;
}

/** Two's complement, the first bit being the mark. */
function base256(block: Buffer, from: number, length: number): number {
  const isNegative = (block[from]! & 0x40) !== 0;
  let value = isNegative ? (block[from]! & 0x3f) - 0x40 : block[from]! & 0x3f;
  for (let at = from + 1; at < from + length; at++) value = value * 256 + block[at]!;
  return value;
}
