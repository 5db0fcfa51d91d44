import { exactBytes } from '../../../src/engine/tar/exact-text.ts';

/** A header as an attacker may write it: nothing is checked. */
export type RawEntry = {
  name: string;
  /** `0` where it is left out: a file. */
  flag?: string;
  content?: string;
  mode?: number;
  target?: string;
  /** In a GNU header before it. */
  longName?: string;
};

const BLOCK = 512;

export function rawTar(entries: readonly RawEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(2 * BLOCK)]);
}

function blocksOf({ longName, ...entry }: RawEntry): Buffer[] {
  const before =
    longName === undefined ? [] : blocksOf({ name: '././@LongLink', flag: 'L', content: `${longName}\0` });
  const content = Buffer.from(entry.content ?? '');
  return [
    ...before,
    header(entry, content.length),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ];
}

function header({ name, flag = '0', mode = 0o644, target = '' }: RawEntry, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  exactBytes(name).copy(block, 0, 0, 100);
  octal(block, mode, 100, 8);
  octal(block, 0, 108, 8);
  octal(block, 0, 116, 8);
  octal(block, size, 124, 12);
  octal(block, 1, 136, 12);
  block.write(flag, 156);
  exactBytes(target).copy(block, 157, 0, 100);
  block.write('ustar\x0000', 257);
  block.fill(' ', 148, 156);
  octal(
    block,
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}

function octal(block: Buffer, value: number, at: number, width: number): void {
  block.write(value.toString(8).padStart(width - 1, '0'), at);
}
