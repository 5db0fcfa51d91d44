import type { Kind } from '../../engine/objects.ts';
import type { Check, Claim, Filter, ScriptTest, Test } from '../check.ts';

/** All that checks look at, their `otherwise` included: claims, scripts, and filters for “something else is there”. */
export type Asked = {
  claims: readonly Claim[];
  scripts: readonly ScriptTest['script'][];
  others: readonly { kind: Kind; filter: Filter }[];
};

export function askedBy(checks: readonly Check[]): Asked {
  const tests = checks.flatMap((check) => testsOf(check).flatMap(leaves));
  return {
    claims: tests.filter((test) => 'subject' in test),
    scripts: tests.flatMap((test) => ('script' in test ? [test.script] : [])),
    others: checks.flatMap(othersOf),
  };
}

function testsOf({ test, otherwise }: Check): Test[] {
  return [test, ...otherwise.flatMap((branch) => (branch.if && 'test' in branch.if ? [branch.if.test] : []))];
}

function leaves(test: Test): (Claim | ScriptTest)[] {
  if ('all' in test) return test.all.flatMap(leaves);
  if ('any' in test) return test.any.flatMap(leaves);
  if ('not' in test) return leaves(test.not);
  // Asked of another engine, by `elsewhere.ts`.
  return 'elsewhere' in test ? [] : [test];
}

/** Of the same kind as what the check itself looks at. */
function othersOf({ test, otherwise }: Check): { kind: Kind; filter: Filter }[] {
  const filters = otherwise.flatMap((branch) => (branch.if && 'other' in branch.if ? [branch.if.other] : []));
  const kinds = new Set(
    leaves(test).flatMap((leaf) => ('subject' in leaf && isKind(leaf) ? [leaf.subject] : [])),
  );
  return filters.flatMap((filter) => [...kinds].map((kind) => ({ kind, filter })));
}

/** Of a thing that has a list of its own on the engine. */
export type ThingClaim = Extract<Claim, { subject: Kind }>;

export function isKind(claim: Claim): claim is ThingClaim {
  return ['container', 'image', 'volume', 'network'].includes(claim.subject);
}
