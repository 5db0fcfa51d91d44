import type Line from 'blessed-contrib/lib/widget/charts/line.js';
import { EventEmitter } from 'node:events';
import { paintFrame, type PaintPart } from './paint-frame.ts';
import { niceScale } from './nice-scale.ts';
import { sparkline } from './sparkline.ts';

/** What is drawn: values from the left on, in a window that has room for `slots` of them. */
export type LineChart = {
  values: readonly number[];
  /** What stands under each value; as many as there are values. */
  labels: readonly string[];
  slots: number;
  /** The scale reaches at least this far, so that a line at rest does not look like a storm. */
  least: number;
};

/** Exactly `height` rows of exactly `width` cells. */
export type DrawLineChart = (
  chart: LineChart,
  size: { width: number; height: number },
  paint: PaintPart,
) => readonly string[];

/** Below this there is no room for a scale beside the line: a sparkline takes its place. */
const SMALLEST = { width: 20, height: 5 };

/** blessed-contrib's canvas is 6 by 2 smaller than the widget that is asked for; its last row is always blank and cut off. */
const MARGIN = { width: 6, height: 3 };

/** Colours by which the parts are told apart in the widget's output. */
const COLOURS = { line: 1, text: 2, baseline: 3 };

/**
 * Loads blessed-contrib when a chart is first wanted (50 ms), and gives the function that draws. Nothing is drawn on a
 * blessed screen, which would put six handlers on the process: the widget is given a stub and asked for its frame.
 */
export async function loadLineChart(): Promise<DrawLineChart> {
  const { default: Widget } = await import('blessed-contrib/lib/widget/charts/line.js');
  const drawn = new WeakMap<LineChart, { key: string; paint: PaintPart; rows: readonly string[] }>();
  return (chart, size, paint) => {
    const key = `${size.width}x${size.height}`;
    const known = drawn.get(chart);
    if (known?.key === key && known.paint === paint) return known.rows;
    const rows = isRoomy(size) ? drawRows(Widget, chart, size, paint) : smallRows(chart, size, paint);
    drawn.set(chart, { key, paint, rows });
    return rows;
  };
}

function isRoomy({ width, height }: { width: number; height: number }): boolean {
  return width >= SMALLEST.width && height >= SMALLEST.height;
}

function smallRows(chart: LineChart, size: { width: number; height: number }, paint: PaintPart): string[] {
  const blank = ' '.repeat(Math.max(0, size.width));
  const rows = Array.from({ length: Math.max(0, size.height) }, () => blank);
  const bars = sparkline(chart.values, size.width, chart.least);
  if (rows.length > 0) rows[rows.length - 1] = paint('line', bars);
  return rows;
}

function drawRows(
  Widget: typeof Line,
  chart: LineChart,
  { width, height }: { width: number; height: number },
  paint: PaintPart,
): string[] {
  const values = chart.values.filter(Number.isFinite);
  const scale = niceScale(Math.max(chart.least, ...values), Math.max(2, Math.floor(height / 3)));
  const slots = Math.max(2, chart.slots, values.length);
  const widget = new Widget({
    screen: new StubScreen(),
    width: width + MARGIN.width,
    height: height + MARGIN.height,
    numYLabels: scale.steps,
    maxY: scale.top,
    minY: 0,
    showNthLabel: labelStride(chart.labels, slots, width),
    style: COLOURS,
  });
  widget.emit('attach');
  // One value is drawn as a dash, since the widget joins values and a lone one has nothing to be joined with.
  const y = values.length === 1 ? [...values, ...values] : values;
  // An empty label is printed as “undefined”.
  const x = Array.from({ length: slots }, (_, at) => chart.labels[at] || ' ');
  widget.setData([{ x, y }]);
  const { _canvas: canvas } = widget.ctx;
  return paintFrame(canvas.frame(), { width, height }, paint);
}

/** How many values lie from one label to the next, with two blanks between labels. */
function labelStride(labels: readonly string[], slots: number, width: number): number {
  const longest = Math.max(1, ...labels.map((label) => label.length));
  return Math.max(1, Math.ceil((slots * (longest + 2)) / Math.max(1, width - 8)));
}

/** All that a widget asks of its screen as long as nobody renders it. */
class StubScreen extends EventEmitter {
  readonly type = 'screen';
  readonly children = [];
  readonly focused = null;
  setEffects(): void {
    // Hover and focus styles: nothing of ours has them.
  }
}
