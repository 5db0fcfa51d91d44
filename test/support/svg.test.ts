import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { launch } from './terminal.ts';

/** What a program prints, as SVG. */
async function drawn(printed: string, columns = 20): Promise<string> {
  await using shown = await launch({ command: ['printf', '%b', `${printed}\\nend`], columns, rows: 3 });
  await shown.until('end');
  return shown.svg();
}

test('a run of text is one element, stretched to exactly its cells', async () => {
  expect(await drawn('plain text')).toMatch(/<text x="0"[^>]*textLength="90"[^>]*>plain text<\/text>/);
});

test('a wide character takes two cells and does not move what follows', async () => {
  const svg = await drawn('漢x');
  expect(svg).toMatch(/<text x="0"[^>]*textLength="18"[^>]*>漢</);
  expect(svg).toMatch(/<text x="18"[^>]*>x</);
});

test('colours come from the palette, the 256 and the exact ones, and are swapped when inverse', async () => {
  const svg = await drawn(String.raw`\033[31mA\033[38;5;200mB\033[38;2;1;2;3mC\033[0;7;32mD\033[0m`);
  expect(svg).toMatch(/fill="#ef6b73">A/);
  expect(svg).toMatch(/fill="#ff00d7">B/);
  expect(svg).toMatch(/fill="#010203">C/);
  expect(svg).toMatch(/<rect x="27" width="9" height="20" fill="#8fc772"\/>.*fill="#12161f">D/);
});

test('attributes are drawn, and what is invisible is not', async () => {
  const svg = await drawn(String.raw`\033[1mA\033[0;2mB\033[0;3mC\033[0;4mD\033[0;9mE\033[0;8mhidden\033[0m`);
  expect(svg).toMatch(/font-weight="bold">A/);
  expect(svg).toMatch(/opacity="0.6">B/);
  expect(svg).toMatch(/font-style="italic">C/);
  expect(svg).toMatch(/text-decoration="underline">D/);
  expect(svg).toMatch(/text-decoration="line-through">E/);
  expect(svg).not.toContain('hidden');
});

test('lines, blocks and braille are shapes that reach the edges of their cells', async () => {
  const svg = await drawn('─█⣿');
  expect(svg).not.toMatch(/[─█⣿]/u);
  expect(svg).toContain('M4.5 10L9 10');
  expect(svg).toContain('M4.5 10L0 10');
  expect(svg).toContain('<rect x="0" y="0" width="9" height="20"/>');
  expect(svg.match(/<circle/g)).toHaveLength(8);
});

test('markup in the text is escaped', async () => {
  expect(await drawn('<a & b>')).toContain('>&lt;a &amp; b&gt;<');
});

test('the picture is valid and has the colour of the block where the block is', async () => {
  const svg = await drawn(String.raw`\033[38;2;10;200;30m█\033[0m`, 4);
  const picture = new Resvg(svg).render();
  expect([picture.width, picture.height]).toEqual([4 * 9 + 28, 3 * 20 + 28]);
  const pixel = (x: number, y: number) => [
    ...picture.pixels.subarray((y * picture.width + x) * 4).subarray(0, 3),
  ];
  expect(pixel(14 + 4, 14 + 10)).toEqual([10, 200, 30]);
  expect(pixel(14 + 13, 14 + 10)).toEqual([0x12, 0x16, 0x1f]);
});
