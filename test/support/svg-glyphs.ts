/**
 * Characters that must meet their neighbours, or that few fonts have, as shapes in a cell of `w` × `h` at the origin.
 * Null for every other character.
 */
export function glyphShape(character: string, w: number, h: number): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2500 && code <= 0x257f) return boxShape(character, w, h);
  if (code >= 0x2580 && code <= 0x259f) return blockShape(code, w, h);
  if (code >= 0x2800 && code <= 0x28ff) return brailleShape(code, w, h);
  return markShape(character, w, h);
}

/** The marks that stand before rows: fonts give them very different sizes. */
function markShape(character: string, w: number, h: number): string | null {
  const [x, y, r] = [w / 2, h / 2, w * 0.4];
  const ring = `<circle cx="${x}" cy="${y}" r="${round(r - LIGHT / 2)}"`;
  const polygon = (...points: readonly (readonly [number, number])[]) =>
    `<polygon points="${points.map(([dx, dy]) => `${round(x + dx * r)},${round(y + dy * r)}`).join(' ')}"/>`;
  if (character === '●') return `<circle cx="${x}" cy="${y}" r="${round(r)}"/>`;
  if (character === '○') return `${ring} fill="none" stroke="currentColor" stroke-width="${LIGHT}"/>`;
  if (character === '▸' || character === '▶') return polygon([-0.9, -1.1], [1, 0], [-0.9, 1.1]);
  if (character === '◂' || character === '◀') return polygon([0.9, -1.1], [-1, 0], [0.9, 1.1]);
  if (character === '▴' || character === '▲') return polygon([-1.1, 0.9], [0, -1], [1.1, 0.9]);
  if (character === '▾' || character === '▼') return polygon([-1.1, -0.9], [0, 1], [1.1, -0.9]);
  if (character === '◆') return polygon([0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]);
  if (character === '■') return polygon([-1, -1], [1, -1], [1, 1], [-1, 1]);
  return null;
}

const LIGHT = 1.2;
const HEAVY = 2.6;

/** Arms of a box character, up, right, down, left: 0 none, 1 light, 2 heavy, 3 double. */
const ARMS: Readonly<Record<string, string>> = {
  '─': '0101',
  '│': '1010',
  '┌': '0110',
  '┐': '0011',
  '└': '1100',
  '┘': '1001',
  '├': '1110',
  '┤': '1011',
  '┬': '0111',
  '┴': '1101',
  '┼': '1111',
  '━': '0202',
  '┃': '2020',
  '┏': '0220',
  '┓': '0022',
  '┗': '2200',
  '┛': '2002',
  '┣': '2220',
  '┫': '2022',
  '┳': '0222',
  '┻': '2202',
  '╋': '2222',
  '┠': '2120',
  '┨': '2021',
  '┝': '1210',
  '┥': '1012',
  '╴': '0001',
  '╵': '1000',
  '╶': '0100',
  '╷': '0010',
  '╸': '0002',
  '╹': '2000',
  '╺': '0200',
  '╻': '0020',
  '═': '0303',
  '║': '3030',
  '╔': '0330',
  '╗': '0033',
  '╚': '3300',
  '╝': '3003',
  '╠': '3330',
  '╣': '3033',
  '╦': '0333',
  '╩': '3303',
  '╬': '3333',
};

/** Dashed lines: their undashed form, and how many dashes there are in a cell. */
const DASHED: Readonly<Record<string, [string, number]>> = {
  '┄': ['─', 3],
  '┅': ['━', 3],
  '┆': ['│', 3],
  '┇': ['┃', 3],
  '┈': ['─', 4],
  '┉': ['━', 4],
  '┊': ['│', 4],
  '┋': ['┃', 4],
  '╌': ['─', 2],
  '╍': ['━', 2],
  '╎': ['│', 2],
  '╏': ['┃', 2],
};

function boxShape(character: string, w: number, h: number): string | null {
  const curve = curveShape(character, w, h);
  if (curve) return stroke(curve, LIGHT);
  const [solid, dashes] = DASHED[character] ?? [character, 0];
  const arms = ARMS[solid];
  if (!arms) return null;
  const [up = 0, right = 0, down = 0, left = 0] = Array.from(arms, Number);
  const length = up + down > 0 ? h : w;
  const dash = dashes > 0 ? ` stroke-dasharray="${round(length / dashes / 2)}"` : '';
  const middle = { x: w / 2, y: h / 2 };
  return [
    arm(up, middle, { x: middle.x, y: 0 }),
    arm(right, middle, { x: w, y: middle.y }),
    arm(down, middle, { x: middle.x, y: h }),
    arm(left, middle, { x: 0, y: middle.y }),
  ]
    .map((shape) => (dash ? shape.replace('/>', `${dash}/>`) : shape))
    .join('');
}

type Point = { x: number; y: number };

function arm(kind: number, from: Point, to: Point): string {
  if (kind === 0) return '';
  if (kind < 3) return stroke(line(from, to), kind === 2 ? HEAVY : LIGHT);
  const gap = 1.6;
  const across = from.x === to.x ? { x: gap, y: 0 } : { x: 0, y: gap };
  // Two strokes that both begin a gap before the middle, so that corners close.
  const back = { x: Math.sign(from.x - to.x) * gap, y: Math.sign(from.y - to.y) * gap };
  return [1, -1]
    .map((side) =>
      stroke(
        line(
          { x: from.x + back.x + side * across.x, y: from.y + back.y + side * across.y },
          { x: to.x + side * across.x, y: to.y + side * across.y },
        ),
        LIGHT,
      ),
    )
    .join('');
}

function curveShape(character: string, w: number, h: number): string | null {
  const [x, y, r] = [w / 2, h / 2, w / 2];
  if (character === '╭') return `M${x} ${h}V${y + r}Q${x} ${y} ${w} ${y}`;
  if (character === '╮') return `M${x} ${h}V${y + r}Q${x} ${y} 0 ${y}`;
  if (character === '╰') return `M${x} 0V${y - r}Q${x} ${y} ${w} ${y}`;
  if (character === '╯') return `M${x} 0V${y - r}Q${x} ${y} 0 ${y}`;
  if (character === '╱') return `M0 ${h}L${w} 0`;
  if (character === '╲') return `M0 0L${w} ${h}`;
  if (character === '╳') return `M0 ${h}L${w} 0M0 0L${w} ${h}`;
  return null;
}

function line(from: Point, to: Point): string {
  return `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`;
}

function stroke(path: string, width: number): string {
  return `<path d="${path}" fill="none" stroke="currentColor" stroke-width="${width}"/>`;
}

/** Quarters of ▖ to ▟: upper left 1, upper right 2, lower left 4, lower right 8. */
const QUARTERS = [4, 8, 1, 1 + 4 + 8, 1 + 8, 1 + 2 + 4, 1 + 2 + 8, 2, 2 + 4, 2 + 4 + 8];

function blockShape(code: number, w: number, h: number): string {
  const eighth = code - 0x2580;
  if (code === 0x2580) return rect(0, 0, w, h / 2);
  if (code <= 0x2588) return rect(0, h - (h * eighth) / 8, w, (h * eighth) / 8);
  if (code <= 0x258f) return rect(0, 0, (w * (16 - eighth)) / 8, h);
  if (code === 0x2590) return rect(w / 2, 0, w / 2, h);
  if (code <= 0x2593) return rect(0, 0, w, h, (code - 0x2590) / 4);
  if (code === 0x2594) return rect(0, 0, w, h / 8);
  if (code === 0x2595) return rect((w * 7) / 8, 0, w / 8, h);
  const quarters = QUARTERS[code - 0x2596] ?? 0;
  return [0, 1, 2, 3]
    .filter((bit) => quarters & (1 << bit))
    .map((bit) => rect((bit % 2) * (w / 2), bit < 2 ? 0 : h / 2, w / 2, h / 2))
    .join('');
}

function rect(x: number, y: number, w: number, h: number, opacity = 1): string {
  const faint = opacity < 1 ? ` opacity="${opacity}"` : '';
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}"${faint}/>`;
}

/** Column and row of the dot that each of the eight bits stands for (Unicode, Braille Patterns). */
const DOTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

function brailleShape(code: number, w: number, h: number): string {
  const bits = code - 0x2800;
  return DOTS.filter((_, bit) => bits & (1 << bit))
    .map(([column, row]) => {
      const [x, y] = [(w * (column * 2 + 1)) / 4, (h * (row * 2 + 1)) / 8];
      return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(w / 6)}"/>`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
