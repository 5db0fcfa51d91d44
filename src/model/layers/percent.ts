/** A share with one decimal, rounded down: what is not whole never looks whole, and no limit looks met that was not. */
export function percent(share: number): string {
  return `${Math.floor(share * 1000 + 1e-9) / 10}%`;
}
