const HEADER = 8;
const STDERR = 2;

export type Outputs = { stdout: string; stderr: string };

/** Both outputs of a program without a TTY, out of the frames they come in; the last frame may be cut. */
export function splitOutputs(framed: Buffer): Outputs {
  const parts: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
  for (let at = 0; at + HEADER <= framed.length;) {
    const end = at + HEADER + framed.readUInt32BE(at + 4);
    parts[framed[at] === STDERR ? 'stderr' : 'stdout'].push(framed.subarray(at + HEADER, end));
    at = end;
  }
  return { stdout: textOf(Buffer.concat(parts.stdout)), stderr: textOf(Buffer.concat(parts.stderr)) };
}

/** A character that was cut in two at the end is left out; bytes that are no text are U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes, { stream: true });
}
