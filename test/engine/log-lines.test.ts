import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../src/engine/engine.ts';
import { logLines } from '../../src/engine/log-lines.ts';
import { MAX_LINE } from '../../src/engine/line-joiner.ts';

const AT = '2026-11-20T16:36:00.372330804Z';

function frame(text: string | Buffer, stream = 1): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

function parse(...chunks: Buffer[]): LogLine[] {
  const parser = logLines();
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()];
}

describe('a log in frames', () => {
  it('is told apart into streams, times and lines, split anywhere', () => {
    const bytes = Buffer.concat([frame(`${AT} é one\n`), frame(`${AT} two\n`, 2), frame(`${AT} \n`)]);
    const expected = [
      { at: AT, stream: 'stdout', text: 'é one' },
      { at: AT, stream: 'stderr', text: 'two' },
      { at: AT, stream: 'stdout', text: '' },
    ];
    for (let at = 0; at < bytes.length; at++) {
      expect(parse(bytes.subarray(0, at), bytes.subarray(at))).toEqual(expected);
    }
  });

  it('joins a long line from its frames and drops their repeated times', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(16_384)) as [string, string, string];
    const lines = parse(frame(`${AT} ${a}`), frame(`${AT} ${b}`), frame('x', 2), frame(`${AT} ${c}\n`));
    expect(lines[0]).toEqual({
      at: AT,
      stream: 'stdout',
      text: a + b + c.slice(0, lines[0]!.text.length - 32_768),
    });
    expect(lines[0]!.text.length).toBe(49_152);
    expect(lines[1]).toEqual({ at: '', stream: 'stderr', text: 'x' });
  });

  it('joins a character that two frames share', () => {
    const [first, second] = [Buffer.from(`${AT} é`).subarray(0, -1), Buffer.from([0xa9])];
    expect(parse(frame(first), frame(Buffer.concat([second, Buffer.from('\n')])))[0]!.text).toBe('é');
  });

  it('keeps no more than a bound of a line, says so, and reads the next one', () => {
    const frames = Array.from({ length: 100 }, () => frame(`${AT} ${'x'.repeat(16_384)}`));
    const lines = parse(...frames, frame(`${AT} \n`), frame(`${AT} next\n`));
    expect(lines).toHaveLength(2);
    expect(lines[0]!.text.length).toBeLessThan(MAX_LINE + 100);
    expect(lines[0]!.text).toMatch(/rest of this line is left out/);
    expect(lines[1]!.text).toBe('next');
  });

  it('takes a huge frame in pieces', () => {
    const bytes = frame(`${AT} ${'y'.repeat(5_000_000)}\n${AT} after\n`);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
      bytes.subarray(index * 65_536, (index + 1) * 65_536),
    );
    expect(parse(...chunks).map(({ text }) => text.length)).toEqual([expect.any(Number), 5]);
  });

  it('gives 100,000 one-byte frames in one chunk without running out of stack', () => {
    const bytes = Buffer.concat(Array.from({ length: 100_000 }, () => frame('\n')));
    expect(parse(bytes)).toHaveLength(100_000);
  });

  it('fails when the frames do not fit together', () => {
    expect(() => parse(frame('ok\n'), Buffer.from('garbage that is no frame'))).toThrow(/cannot be read/);
  });

  it('strips colours and line ends of a terminal', () => {
    expect(parse(frame(`${AT} \u001b[32mok\u001b[0m\r\n`))[0]!.text).toBe('ok');
  });
});

describe('the log of a container with a TTY', () => {
  it('is read as raw text, split anywhere', () => {
    const bytes = Buffer.from(`${AT} one\r\n${AT} \u001b[1mtwo\r\n`);
    for (let at = 0; at < bytes.length; at++) {
      const lines = parse(bytes.subarray(0, at), bytes.subarray(at));
      expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
      expect(lines.map(({ stream }) => stream)).toEqual(['stdout', 'stdout']);
    }
  });

  it('loses the times that stand inside a long line', () => {
    const [line] = parse(Buffer.from(`${AT} ${'a'.repeat(16_384)}${AT} ${'a'.repeat(16_384)}\r\n`));
    expect(line!.text).toBe('a'.repeat(32_768));
  });
});
