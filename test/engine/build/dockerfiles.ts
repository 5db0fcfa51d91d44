import { Readable } from 'node:stream';
import { TAR_END, headerBytes, tarPadding } from '../../../src/engine/tar/header-bytes.ts';

/** An archive of a build's context with these files. */
export function contextOf(files: Readonly<Record<string, string>>): Readable {
  const parts = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const entry = { type: 'file', mode: 0o644, modifiedAt: 0, target: Buffer.alloc(0) } as const;
    const header = headerBytes({ ...entry, path: Buffer.from(path), size: content.length });
    return [header, content, tarPadding(content.length)];
  });
  return Readable.from([Buffer.concat([...parts, TAR_END])], { objectMode: false });
}
