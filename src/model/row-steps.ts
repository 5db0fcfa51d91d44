/** By how many rows a key moves in a page of rows. */
export const ROW_STEPS: Readonly<Record<string, number>> = {
  up: -1,
  k: -1,
  down: 1,
  j: 1,
  pgup: -10,
  pgdn: 10,
  home: -Infinity,
  g: -Infinity,
  end: Infinity,
  G: Infinity,
};
