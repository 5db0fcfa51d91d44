import { found, type Finding } from './finding.ts';
import { pairs } from './plain-text.ts';

type Pairs = Readonly<Record<string, string>>;

export function holdsAll(actual: Pairs, wanted: Pairs): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(actual, key) && actual[key] === value);
}

/** Labels, or variables of the environment. */
export function judgePairs(what: 'label' | 'variable', wanted: Pairs, actual: Pairs): Finding {
  const near = Object.fromEntries(Object.entries(actual).filter(([key]) => Object.hasOwn(wanted, key)));
  const has = Object.keys(near).length > 0 ? `it has ${pairs(near)}` : `it has no such ${what}`;
  return found(holdsAll(actual, wanted), `the ${what} ${pairs(wanted)}`, has);
}
