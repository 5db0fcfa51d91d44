/** An entry of a tar archive; owner is root and the time is zero, so that the same content gives the same bytes. */
export type TarEntry =
  | { type: 'file'; path: string; content: Uint8Array | string; mode?: number }
  | { type: 'folder'; path: string; mode?: number }
  | { type: 'link'; path: string; target: string };

const BLOCK = 512;
const TYPE_FLAGS = { file: '0', link: '2', folder: '5' } as const;

/** Writes a ustar archive (POSIX.1-1988): paths and link targets up to 100 bytes, which is checked. */
export function tarArchive(entries: readonly TarEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (const entry of entries) {
    const content = entry.type === 'file' ? Buffer.from(entry.content) : Buffer.alloc(0);
    parts.push(header(entry, content.length), content);
    parts.push(Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK));
  }
  parts.push(Buffer.alloc(2 * BLOCK));
  return Buffer.concat(parts);
}

function header(entry: TarEntry, size: number): Buffer {
  const target = entry.type === 'link' ? entry.target : '';
  if (Buffer.byteLength(entry.path) > 100 || Buffer.byteLength(target) > 100)
    throw new Error(`path too long for a tar header: ${entry.path}`);
  const mode = entry.type === 'link' ? 0o777 : (entry.mode ?? (entry.type === 'folder' ? 0o755 : 0o644));
  const block = Buffer.alloc(BLOCK);
  block.write(entry.path, 0);
  writeOctal(block, mode, 100, 8);
  writeOctal(block, 0, 108, 8);
  writeOctal(block, 0, 116, 8);
  writeOctal(block, size, 124, 12);
  writeOctal(block, 0, 136, 12);
  block.write(TYPE_FLAGS[entry.type], 156);
  block.write(target, 157);
  block.write('ustar\x0000', 257);
  block.write('root', 265);
  block.write('root', 297);
  // The checksum is taken with its own field full of spaces.
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function writeOctal(block: Buffer, value: number, at: number, width: number): void {
  block.write(value.toString(8).padStart(width - 1, '0'), at);
}
