import { factKey, type FactValue, type FactWanted, type World } from '../world.ts';
import { unknown, type Finding } from './finding.ts';

type KeyOf<Value> = Value extends FactValue ? keyof Value : never;
type ValueOf<Key extends KeyOf<FactValue>> = Extract<FactValue, Record<Key, unknown>>[Key];

/**
 * What is known about a question, handed to `judge`; or why it is not known. Several wordings of the question may be
 * given: the first that was asked counts.
 */
export function withFact<Key extends KeyOf<FactValue>>(
  world: World,
  questions: readonly FactWanted[],
  key: Key,
  judge: (value: ValueOf<Key>) => Finding,
): Finding {
  const fact = questions
    .map((question) => world.facts.get(factKey(question)))
    .find((answer) => answer !== undefined);
  if (fact === undefined) return unknown('This has not been looked at yet.');
  if (!fact.known) return unknown(fact.why, fact.advice);
  return has(fact.value, key)
    ? judge(fact.value[key])
    : unknown('Something else was looked at than what is needed here.');
}

function has<Key extends KeyOf<FactValue>>(
  value: FactValue,
  key: Key,
): value is Extract<FactValue, Record<Key, unknown>> {
  return Object.hasOwn(value, key);
}
