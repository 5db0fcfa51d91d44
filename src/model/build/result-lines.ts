import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { textLines } from '../overlay-views/overlay-view.ts';
import type { Build, BuildResult } from './build-state.ts';
import { seconds } from './build-summary.ts';

/** Lines of the Dockerfile shown before and after the one that broke the build. */
const AROUND = 2;
/** Lines of output shown of the step that failed. */
const SAID_SHOWN = 8;

/** What came of a build; nothing before its end. @param width cells for a line */
export function resultLines(build: Build, width: number): Line[] {
  const { result } = build;
  if (result === null) return [];
  if (!result.ok) return failureLines(build, result, width);
  const took = seconds((build.endedAt ?? build.startedAt) - build.startedAt);
  const name = build.spec.name === '' ? result.image.replace(/^sha256:/, '').slice(0, 12) : build.spec.name;
  return [EMPTY_LINE, [piece('✓ ', 'good'), piece(`${name} is built in ${took}: ${result.text}`, 'good')]];
}

function failureLines(
  build: Build,
  { text, advice, line, explained }: Extract<BuildResult, { ok: false }>,
  width: number,
): Line[] {
  return [
    EMPTY_LINE,
    ...saidLines(build),
    ...textLines(`✗ ${text}`, 'bad', width),
    ...contextLines(build, line),
    ...textLines(explained, 'plain', width),
    ...textLines(advice, 'plain', width),
  ];
}

/** What the step that failed has printed is what went wrong, more often than what the engine says of it. */
function saidLines({ steps }: Build): Line[] {
  const said = steps.find(({ state }) => state === 'failed')?.said.slice(-SAID_SHOWN) ?? [];
  return said.map((line) => [piece('│ ', 'quiet'), piece(line)]);
}

/** The line that broke the build, pointed at, with those around it. */
function contextLines({ dockerfile, dockerfilePath, steps }: Build, line: number | null): Line[] {
  if (line === null || dockerfile === null) return [];
  const last = Math.max(line, steps.find((step) => step.line === line)?.lastLine ?? line);
  const from = Math.max(1, line - AROUND);
  const shown = dockerfile.lines.slice(from - 1, last + AROUND);
  if (shown.length + from - 1 > last && shown.at(-1)?.trim() === '') shown.pop();
  const numbered = shown.map((text, i): Line => {
    const number = from + i;
    const isBroken = number >= line && number <= last;
    return [piece(`${isBroken ? '▶' : ' '}${`${number}`.padStart(4)}  ${text}`, isBroken ? 'bad' : 'quiet')];
  });
  return [EMPTY_LINE, [piece(`${dockerfilePath}, line ${line}:`, 'title')], ...numbered, EMPTY_LINE];
}
