/** What the outer terminal can show: no colours, 16, 256, or all of 24 bits. */
export type ColorDepth = 'none' | 'basic' | 'many' | 'true';

/** A colour of a cell: -1 the terminal's own, 0 to 255 of the palette, from `RGB` on 24 bits. */
export const DEFAULT_COLOR = -1;
export const RGB = 0x100_0000;

/** What xterm has for the first sixteen; terminals differ, but not by much. */
const SIXTEEN = [
  0x00_00_00, 0xcd_00_00, 0x00_cd_00, 0xcd_cd_00, 0x00_00_ee, 0xcd_00_cd, 0x00_cd_cd, 0xe5_e5_e5, 0x7f_7f_7f,
  0xff_00_00, 0x00_ff_00, 0xff_ff_00, 0x5c_5c_ff, 0xff_00_ff, 0x00_ff_ff, 0xff_ff_ff,
];
/** Steps of the cube of 6 × 6 × 6 that follows them. */
const STEPS = [0, 95, 135, 175, 215, 255];

/** The nearest that the outer terminal has. */
export function toDepth(color: number, depth: ColorDepth): number {
  if (color === DEFAULT_COLOR || depth === 'true') return color;
  if (depth === 'none') return DEFAULT_COLOR;
  if (depth === 'many') return color < RGB ? color : nearestOf256(color - RGB);
  return color < 16 ? color : nearestOf16(color < RGB ? rgbOf(color) : color - RGB);
}

/** Codes of SGR that set it, without the escape. */
export function colorCode(color: number, isBackground: boolean): string {
  const ten = isBackground ? 10 : 0;
  if (color < 8) return String(30 + ten + color);
  if (color < 16) return String(82 + ten + color);
  if (color < RGB) return `${38 + ten};5;${color}`;
  const [red, green, blue] = split(color - RGB);
  return `${38 + ten};2;${red};${green};${blue}`;
}

function nearestOf256(rgb: number): number {
  const [red, green, blue] = split(rgb).map(nearestStep) as [number, number, number];
  const inCube = 16 + 36 * red + 6 * green + blue;
  const [r, g, b] = split(rgb);
  const gray = Math.max(0, Math.min(23, Math.round(((r + g + b) / 3 - 8) / 10)));
  const inGrays = 232 + gray;
  return distance(rgb, rgbOf(inGrays)) < distance(rgb, rgbOf(inCube)) ? inGrays : inCube;
}

function nearestStep(value: number): number {
  let best = 0;
  for (const [step, level] of STEPS.entries())
    if (Math.abs(level - value) < Math.abs(STEPS[best]! - value)) best = step;
  return best;
}

function nearestOf16(rgb: number): number {
  let best = 0;
  for (const [index, candidate] of SIXTEEN.entries())
    if (distance(rgb, candidate) < distance(rgb, SIXTEEN[best]!)) best = index;
  return best;
}

function rgbOf(index: number): number {
  if (index < 16) return SIXTEEN[index]!;
  if (index >= 232) return (8 + 10 * (index - 232)) * 0x01_01_01;
  const cube = index - 16;
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return (STEPS[red]! << 16) | (STEPS[green]! << 8) | STEPS[blue]!;
}

function distance(one: number, other: number): number {
  const [r1, g1, b1] = split(one);
  const [r2, g2, b2] = split(other);
  // The eye sees differences in green best and in blue least.
  return 3 * (r1 - r2) ** 2 + 6 * (g1 - g2) ** 2 + (b1 - b2) ** 2;
}

function split(rgb: number): [number, number, number] {
  return [(rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff];
}
