/** An entry as no careful program writes it: any bytes as a name, any type, any number. */
export type OddEntry = {
  name: string | Buffer;
  /** The type flag of the format: `0` file, `1` hard link, `2` link, `3` and `4` devices, `5` folder, `6` pipe. */
  flag?: string;
  content?: string | Buffer;
  /** What the header says of its length, where that is not what follows here. */
  stated?: number;
  mode?: number;
  uid?: number;
  gid?: number;
  /** Seconds, with a fraction where the format is pax. */
  modified?: number;
  target?: string | Buffer;
  format?: 'ustar' | 'pax' | 'gnu';
};

const BLOCK = 512;

export function oddTar(entries: readonly OddEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(entryBlocks), Buffer.alloc(2 * BLOCK)]);
}

function entryBlocks(entry: OddEntry): Buffer[] {
  const { flag = '0', format = 'ustar' } = entry;
  const content = Buffer.from(entry.content ?? '');
  const [name, target] = [Buffer.from(entry.name), Buffer.from(entry.target ?? '')];
  const before = format === 'pax' ? pax(entry, name, target) : format === 'gnu' ? gnu(name, target) : [];
  const size = entry.stated ?? content.length;
  return [...before, header(entry, flag, name, target, size), content, filler(content.length)];
}

function pax({ modified, uid }: OddEntry, name: Buffer, target: Buffer): Buffer[] {
  const records = [
    record('path', name),
    ...(target.length > 0 ? [record('linkpath', target)] : []),
    ...(modified === undefined ? [] : [record('mtime', Buffer.from(String(modified)))]),
    ...(uid === undefined ? [] : [record('uid', Buffer.from(String(uid)))]),
  ];
  const body = Buffer.concat(records);
  return [
    header({ name: '' }, 'x', Buffer.from('pax'), Buffer.alloc(0), body.length),
    body,
    filler(body.length),
  ];
}

function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + String(rest).length;
  if (String(length).length > String(rest).length) length++;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from('\n')]);
}

function gnu(name: Buffer, target: Buffer): Buffer[] {
  const long = (flag: string, text: Buffer): Buffer[] =>
    text.length <= 100
      ? []
      : [
          header({ name: '' }, flag, Buffer.from('././@LongLink'), Buffer.alloc(0), text.length + 1),
          Buffer.concat([text, Buffer.alloc(1)]),
          filler(text.length + 1),
        ];
  return [...long('K', target), ...long('L', name)];
}

function header(entry: OddEntry, flag: string, name: Buffer, target: Buffer, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  name.subarray(0, 100).copy(block, 0);
  octal(block, entry.mode ?? (flag === '5' ? 0o755 : 0o644), 100, 8);
  number(block, entry.uid ?? 0, 108, 8);
  number(block, entry.gid ?? 0, 116, 8);
  octal(block, size, 124, 12);
  number(block, Math.floor(entry.modified ?? 1_700_000_000), 136, 12);
  block.write(flag, 156);
  target.subarray(0, 100).copy(block, 157);
  block.write(entry.format === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257);
  if (flag === '3' || flag === '4') {
    octal(block, 1, 329, 8);
    octal(block, 3, 337, 8);
  }
  block.fill(' ', 148, 156);
  octal(
    block,
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}

/** Base 256 for what has no room as digits (GNU). */
function number(block: Buffer, value: number, at: number, width: number): void {
  if (value >= 0 && value < 8 ** (width - 1)) return octal(block, value, at, width);
  let left = BigInt.asUintN(64, BigInt(value));
  for (let i = at + width - 1; i >= at; i--, left >>= 8n)
    block[i] = i < at + width - 8 ? (value < 0 ? 255 : 0) : Number(left & 255n);
  block[at]! |= 0x80;
}

function octal(block: Buffer, value: number, at: number, width: number): void {
  block.write(value.toString(8).padStart(width - 1, '0'), at);
}

function filler(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}
