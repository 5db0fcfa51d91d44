/** The part of blessed-contrib's line widget that is used; the package has no types for its inner modules. */
declare module 'blessed-contrib/lib/widget/charts/line.js' {
  type LineOptions = {
    /** Stands in for a blessed screen. */
    screen: object;
    width: number;
    height: number;
    numYLabels: number;
    maxY: number;
    minY: number;
    showNthLabel: number;
    /** Numbers are colours of the 256 palette. */
    style: { line: number; text: number; baseline: number };
  };
  class Line {
    constructor(options: LineOptions);
    emit(event: 'attach'): void;
    setData(series: { x: readonly string[]; y: readonly number[] }[]): void;
    ctx: { _canvas: { frame(): string } };
  }
  export default Line;
}
