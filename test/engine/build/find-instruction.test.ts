import { describe, expect, test } from 'vitest';
import { readDockerfile } from '../../../src/engine/build/dockerfile.ts';
import { findInstruction } from '../../../src/engine/build/find-instruction.ts';

const FILE = readDockerfile(`# syntax is not asked for
ARG VERSION=1
FROM tiny:$VERSION AS base

ENV A=1
COPY a \\
  # in between
  b \\

  /c/
RUN <<END
echo FROM here
END
FROM base
WORKDIR /x
COPY --from=base /big /big2
run echo low
`);

describe('instructions of a Dockerfile', () => {
  test('have the lines that they go over', () => {
    expect(FILE.instructions.map(({ word, line, lastLine, stage }) => [word, line, lastLine, stage])).toEqual(
      [
        ['ARG', 2, 2, -1],
        ['FROM', 3, 3, 0],
        ['ENV', 5, 5, 0],
        ['COPY', 6, 10, 0],
        ['RUN', 11, 13, 0],
        ['FROM', 14, 14, 1],
        ['WORKDIR', 15, 15, 1],
        ['COPY', 16, 16, 1],
        ['RUN', 17, 17, 1],
      ],
    );
  });
  test('go on after a backtick where the file says so', () => {
    const { instructions } = readDockerfile('# escape=`\nFROM x\nRUN a `\n b\nRUN c\\\nRUN d');
    expect(instructions.map(({ line, lastLine }) => [line, lastLine])).toEqual([
      [2, 2],
      [3, 4],
      [5, 5],
      [6, 6],
    ]);
  });
  test('may be none, or broken off', () => {
    expect(readDockerfile('').instructions).toEqual([]);
    expect(readDockerfile('FROM x \\').instructions).toMatchObject([{ line: 1, lastLine: 1 }]);
    expect(readDockerfile('RUN <<END\nnever').instructions[0]).toMatchObject({ line: 1 });
  });
});

describe('the line that a step means is found', () => {
  const line = (text: string, stage: number | string | null, number: number, of: number) =>
    findInstruction(FILE, text, { stage, number, of })?.line ?? null;

  test('as the classic builder counts: through the whole file', () => {
    expect(line('ARG VERSION=1', null, 1, 9)).toBe(2);
    expect(line('COPY a   b   /c/', null, 4, 9)).toBe(6);
    expect(line('COPY --from=base /big /big2', null, 8, 9)).toBe(16);
  });
  test('as podman counts: in each stage', () => {
    expect(line('ENV A=1', 0, 2, 4)).toBe(5);
    expect(line('FROM 81c9710322b877cf', 1, 1, 4)).toBe(14);
    expect(line('RUN echo low', 1, 4, 4)).toBe(17);
  });
  test('as BuildKit counts: in each stage, what makes files, and no FROM of a stage', () => {
    expect(line('FROM docker.io/library/tiny:1', 'base', 1, 3)).toBe(3);
    expect(line('COPY a b /c/', 'base', 2, 3)).toBe(6);
    expect(line('WORKDIR /x', 'stage-1', 1, 3)).toBe(15);
    expect(line('RUN echo low', 'stage-1', 3, 3)).toBe(17);
  });
  test('or not guessed', () => {
    expect(line('RUN something else', null, 3, 9)).toBe(null);
    expect(line('COPY x y', 'no-such-stage', 1, 1)).toBe(null);
  });
});
