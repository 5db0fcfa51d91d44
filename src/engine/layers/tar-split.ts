import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { looseRow } from '../fields.ts';
import { tarError } from '../tar/tar-error.ts';
import { tarReader, type TarReader } from '../tar/tar-reader.ts';
import type { Layer } from './layer.ts';
import { layerReader, type LayerReader } from './layer-reader.ts';

/** Kinds of lines (github.com/vbatts/tar-split, tar/storage). */
const FILE = 1;
const SEGMENT = 2;
const LINE_END = 0x0a;

/**
 * A layer from the headers that Docker and podman keep of it, to put its archive together again: all bytes but the
 * contents of the files, of which there are size and CRC-64. Milliseconds, where the archive takes seconds.
 */
export async function readTarSplit(file: string, signal?: AbortSignal): Promise<Omit<Layer, 'diffId'>> {
  const layer = layerReader();
  const tar = tarReader((entry) => layer.take(entry));
  const source = createReadStream(file, { signal });
  // Both ways: an error of the one has to end the other.
  const lines = source.on('error', (error) => lines.destroy(error)).pipe(createGunzip());
  try {
    await eachLine(lines, (line) => takeLine(line, tar, layer));
  } finally {
    source.destroy();
  }
  tar.end();
  return layer.layer();
}

function takeLine(line: Buffer, tar: TarReader, layer: LayerReader): void {
  const { type, size, payload } = looseRow(JSON.parse(line.toString('utf8')));
  const bytes = Buffer.from(typeof payload === 'string' ? payload : '', 'base64');
  if (type === SEGMENT) return tar.write(bytes);
  if (type !== FILE) throw tarError('the engine’s own list of its headers has an unknown line');
  tar.pass(typeof size === 'number' ? size : 0);
  layer.sum(bytes.length === 8 ? `crc64:${bytes.toString('hex')}` : '');
}

async function eachLine(source: AsyncIterable<Buffer>, take: (line: Buffer) => void): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of source) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let from = 0;
    for (let end = bytes.indexOf(LINE_END); end !== -1; end = bytes.indexOf(LINE_END, from)) {
      take(bytes.subarray(from, end));
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) take(rest);
}
