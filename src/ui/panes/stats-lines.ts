import type { StatsSample } from '../../engine/engine.ts';
import { cellWidth, cutEnd, padEnd } from '../../model/fit-text.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { Size } from '../../model/state.ts';
import type { DrawLineChart } from '../charts/line-chart.ts';
import { usageCharts } from '../charts/usage-charts.ts';
import type { Paint, Style } from '../theme.ts';

/** How charts are drawn; loaded when the first one is wanted. */
export type Charts = { draw: DrawLineChart; paint: Parameters<DrawLineChart>[2] };

/** The theme's styles for the parts of a chart. */
export const CHART_STYLES: Readonly<Record<'line' | 'label' | 'axis', Style>> = {
  line: 'good',
  label: 'quiet',
  axis: 'border',
};

/** Samples a chart has room for: five minutes at one a second. */
const SLOTS = 300;

/** The Stats tab: figures on top, then CPU and memory over time. */
export function statsLines(
  samples: readonly StatsSample[],
  size: Size,
  paint: Paint,
  charts: Charts | null,
): string[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  const figures = figureTexts(last).map((text) => padEnd(` ${cutEnd(text, size.columns - 1)}`, size.columns));
  if (charts === null) return [...figures, paint('quiet', padEnd(' Drawing …', size.columns))];
  const height = Math.floor((size.rows - figures.length - 2) / 2);
  if (height < 4) return figures;
  const { cpu, memory } = usageCharts(samples, Math.min(SLOTS, Math.max(30, samples.length)));
  const box = { width: size.columns, height };
  return [
    ...figures,
    heading('CPU, % of a core', size.columns, paint),
    ...charts.draw(cpu.chart, box, charts.paint),
    heading(`Memory, ${memory.unit}`, size.columns, paint),
    ...charts.draw(memory.chart, box, charts.paint),
  ];
}

function figureTexts(last: StatsSample): string[] {
  const cpu = last.cpuPercent === null ? '…' : `${last.cpuPercent.toFixed(1)} %`;
  return [
    `CPU ${cpu} of a core   Memory ${humanSize(last.memory)}${limitText(last)}   Processes ${last.pids}`,
    `Network in ${humanSize(last.networkIn)}, out ${humanSize(last.networkOut)}   Disk read ${humanSize(last.blockIn)}, written ${humanSize(last.blockOut)}`,
  ];
}

function limitText({ memory, memoryLimit }: StatsSample): string {
  if (memoryLimit === 0) return '';
  return ` of ${humanSize(memoryLimit)} (${((100 * memory) / memoryLimit).toFixed(1)} %)`;
}

function heading(text: string, width: number, paint: Paint): string {
  const title = ` ${text} `;
  return paint('title', title) + ' '.repeat(Math.max(0, width - cellWidth(title)));
}
