/** Widths of columns that fit into `room` cells: the widest give way first, none below `least` unless it has to. */
export function shareWidth(wanted: readonly number[], room: number, least = 3): number[] {
  const widths = [...wanted];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= least) break;
    widths[widths.indexOf(widest)] = widest - 1;
    over -= 1;
  }
  return widths;
}
