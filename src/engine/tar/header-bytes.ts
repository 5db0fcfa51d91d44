/** What goes into an archive. Paths and targets are bytes: names need not be UTF-8. */
export type WrittenEntry = {
  type: 'file' | 'folder' | 'link';
  path: Buffer;
  /** Bytes of content that follow the header. */
  size: number;
  mode: number;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  /** Of a link. */
  target: Buffer;
};

const BLOCK = 512;
const LONGEST_NAME = 100;
const LARGEST_OCTAL = 0o77777777777;
const FLAGS = { file: '0', link: '2', folder: '5' } as const;

/** The header of an entry, in GNU’s format, which every engine reads and which takes names of any length and any bytes. */
export function headerBytes(entry: WrittenEntry): Buffer {
  const path = entry.type === 'folder' ? Buffer.concat([entry.path, Buffer.from('/')]) : entry.path;
  return Buffer.concat([
    ...longName('K', entry.target),
    ...longName('L', path),
    block({ ...entry, path, flag: FLAGS[entry.type] }),
  ]);
}

/** What fills up the last block of a content. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK);

/** An entry before the entry, that holds a name for which its header has no room. */
function longName(flag: 'K' | 'L', name: Buffer): Buffer[] {
  if (name.length <= LONGEST_NAME) return [];
  const content = Buffer.concat([name, Buffer.alloc(1)]);
  const path = Buffer.from('././@LongLink');
  const header = block({ flag, path, size: content.length, mode: 0, modifiedAt: 0, target: Buffer.alloc(0) });
  return [header, content, tarPadding(content.length)];
}

/** Owner is root, as the docker client sends it: who owns the folder here means nothing there. */
function block(entry: Omit<WrittenEntry, 'type'> & { flag: string }): Buffer {
  const header = Buffer.alloc(BLOCK);
  entry.path.copy(header, 0, 0, LONGEST_NAME);
  writeNumber(header, entry.mode, 100, 8);
  writeNumber(header, 0, 108, 8);
  writeNumber(header, 0, 116, 8);
  writeNumber(header, entry.size, 124, 12);
  writeNumber(header, Math.max(0, Math.floor(entry.modifiedAt / 1000)), 136, 12);
  header.fill(' ', 148, 156);
  header.write(entry.flag, 156);
  entry.target.copy(header, 157, 0, LONGEST_NAME);
  header.write('ustar  \0', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Octal digits; what they have no room for (8 GiB and more) in base 256, marked by the first bit. */
function writeNumber(header: Buffer, value: number, at: number, width: number): void {
  if (value <= LARGEST_OCTAL) {
    header.write(value.toString(8).padStart(width - 1, '0'), at);
    return;
  }
  header[at] = 0x80;
  header.writeBigUInt64BE(BigInt(value), at + width - 8);
}
