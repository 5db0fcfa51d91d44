import { humanSize } from '../../engine/human-size.ts';
import type { Reason } from '../../engine/layers/waste.ts';
import { cutEnd, cutMiddle, padEnd, padStart } from '../../model/fit-text.ts';
import type { LayerLine, LayersReport } from './layers-report.ts';
import type { Verdict } from './layers-limits.ts';
import { percent } from '../../model/layers/percent.ts';

/** As many wasted paths as are worth reading; `--json` has them all. */
const MOST_PATHS = 10;
/** Cells of what stands left of an instruction, and of what stands beside a path: its size, and the longest reason. */
const BEFORE_INSTRUCTION = 24;
const BESIDE_PATH = 50;

const REASONS: Readonly<Record<Reason, string>> = {
  removed: 'removed by',
  rewritten: 'written again by',
  attributes: 'only mode or owner new in',
  repeated: 'copied unchanged by',
};

/** The report for people, in lines of `columns` cells: the stack with its top first, the waste, and the limits. */
export function layersText(report: LayersReport, verdicts: readonly Verdict[], columns: number): string {
  const parts = [
    [summary(report), ...stack(report.layers, columns)],
    waste(report, columns),
    verdicts.map(({ isMet, text }) => `${isMet ? 'met' : 'NOT MET'}: ${text}`),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n');
}

function summary({ image, id, layers, bytes }: LayersReport): string {
  const short = id.replace(/^sha256:/, '').slice(0, 12);
  const count = layers.length === 1 ? '1 layer' : `${layers.length} layers`;
  return `${image}  ${short}  ${count}, ${humanSize(bytes.total)} of files`;
}

function stack(layers: readonly LayerLine[], columns: number): string[] {
  if (layers.length === 0) return [];
  const lines = layers.map((layer, at) => stackLine(`${at + 1}`, layer, columns)).toReversed();
  return [stackHead(), ...lines.flat()];
}

function stackHead(): string {
  return `${padStart('', 4)} ${padStart('SIZE', 9)} ${padStart('SHARE', 6)}  INSTRUCTION`;
}

function stackLine(number: string, layer: LayerLine, columns: number): string[] {
  const { bytes, share, instruction, sharedWith, wastes } = layer;
  const facts = `${padStart(number, 4)} ${padStart(humanSize(bytes), 9)} ${padStart(percent(share), 6)}  `;
  const notes = [
    ...(sharedWith.length === 0 ? [] : [`shared with ${sharedWith.join(', ')}`]),
    ...(wastes === 0 ? [] : [`makes ${humanSize(wastes)} below it useless`]),
  ];
  return [
    facts + cutEnd(instruction, columns - BEFORE_INSTRUCTION),
    ...notes.map((note) => padEnd('', BEFORE_INSTRUCTION - 1) + cutEnd(note, columns - BEFORE_INSTRUCTION)),
  ];
}

function waste({ bytes, efficiency, waste: paths }: LayersReport, columns: number): string[] {
  const share = `Efficiency ${percent(efficiency)}: ${humanSize(bytes.reached)} of ${humanSize(bytes.total)} can still be seen.`;
  if (paths.length === 0) return [`Nothing is wasted. ${share}`];
  const count = paths.length === 1 ? '1 path' : `${paths.length} paths`;
  const rest = paths.length - MOST_PATHS;
  return [
    `${humanSize(bytes.wasted)} wasted in ${count}. ${share}`,
    ...paths.slice(0, MOST_PATHS).map((path) => wasteLine(path, columns)),
    ...(rest > 0 ? [`and ${rest} more; --json has them all`] : []),
  ];
}

function wasteLine({ path, bytes, losses }: LayersReport['waste'][number], columns: number): string {
  const why = losses.map(({ layer, by, reason }) => `of ${layer + 1}, ${REASONS[reason]} ${by + 1}`);
  const size = padStart(humanSize(bytes), 9);
  const width = Math.max(20, columns - BESIDE_PATH);
  const where = padEnd(cutMiddle(`/${path}`, width), width);
  return cutEnd(`${size}  ${where}  ${[...new Set(why)].join('; ')}`, columns);
}
