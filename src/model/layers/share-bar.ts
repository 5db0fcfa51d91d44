/** Eighths of a cell, from one up. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `cells` cells for a share of 0–1; what is not nothing shows. */
export function shareBar(share: number, cells: number): string {
  const eighths = share <= 0 ? 0 : Math.max(1, Math.round(share * cells * 8));
  const bar = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
  return bar.padEnd(cells, '·');
}

/** `7%`, `<1%`, `>99%`; empty for nothing. */
export function percent(share: number): string {
  if (share <= 0) return '';
  if (share > 0.995 && share < 1) return '>99%';
  return share < 0.01 ? '<1%' : `${Math.round(share * 100)}%`;
}
