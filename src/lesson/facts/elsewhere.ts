import type { Check, Test } from '../check.ts';
import { innerTests, testsOf } from '../read/parse-references.ts';

/** Checks as the second engine is asked them: only what stands below an `elsewhere`. Those that ask it nothing are left out. */
export function checksElsewhere(checks: readonly Check[]): Check[] {
  return checks.flatMap((check) => {
    const all = testsOf(check).flatMap(innerTests).flatMap(whatElsewhere);
    return all.length === 0 ? [] : [{ ...check, test: { all }, otherwise: [] }];
  });
}

function whatElsewhere(test: Test): Test[] {
  return 'elsewhere' in test ? [test.elsewhere] : [];
}
