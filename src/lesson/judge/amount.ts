import type { Amount } from '../check.ts';

export function isAmount(amount: Amount, count: number): boolean {
  if ('exactly' in amount) return count === amount.exactly;
  return 'least' in amount ? count >= amount.least : count <= amount.most;
}

/** Whether it is so, when `open` more may count or not; null where that decides. */
export function isAmountSurely(amount: Amount, count: number, open: number): boolean | null {
  const answers = new Set(Array.from({ length: open + 1 }, (_, more) => isAmount(amount, count + more)));
  return answers.size === 1 ? isAmount(amount, count) : null;
}

/** `3`, `at least 1`, `no`. */
export function amountText(amount: Amount): string {
  if ('least' in amount) return `at least ${amount.least}`;
  const [most, words] = 'most' in amount ? [amount.most, 'at most '] : [amount.exactly, ''];
  return most === 0 ? 'no' : `${words}${most}`;
}

/** Which of the two forms of a noun stands after it. */
export function amountNumber(amount: Amount): number {
  if ('least' in amount) return amount.least;
  return 'most' in amount ? amount.most : amount.exactly;
}
