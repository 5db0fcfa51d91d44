/** U+DC80–U+DCFF stand for the bytes 0x80–0xFF that are no UTF-8 (PEP 383). */
const ESCAPE = 0xdc00;
const LONE = /([\udc80-\udcff])/;

/** The bytes that a path is on the disk. */
export function pathBytes(path: string): Buffer {
  if (!LONE.test(path)) return Buffer.from(path);
  // With the flag, half of a real pair is not taken for a stray byte.
  const parts = path.split(/([\udc80-\udcff])/u);
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 1 ? Buffer.of(part.charCodeAt(0) - ESCAPE) : Buffer.from(part))),
  );
}

/** Whether every engine can be told this path: JSON, and much else, knows only UTF-8. */
export function isUtf8Path(path: string): boolean {
  return !/[\udc80-\udcff]/u.test(path);
}
