import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { factKey } from '../world.ts';
import type { Fact, FactWanted } from '../world.ts';
import { answer } from './answer.ts';
import type { AnswerOptions } from './answer.ts';
import { OutOfBounds } from './read-below.ts';
import { Unknown } from './unknown.ts';

/** The slowest is a script, with 10 s and what starting and removing its container takes. */
const ANSWER_WITHIN = 20_000;
const TRY_AGAIN = 'It is looked at again by itself; press c to look now.';

/** Asks all questions at the same time. What cannot be answered says why; only `cancelled` is thrown. */
export async function answerFacts(
  engine: Engine,
  wanted: readonly FactWanted[],
  options: Omit<AnswerOptions, 'signal'> & { signal: AbortSignal },
): Promise<ReadonlyMap<string, Fact>> {
  const facts = wanted.map(async (question): Promise<[string, Fact]> => [
    factKey(question),
    await factOf(engine, question, options),
  ]);
  return new Map(await Promise.all(facts));
}

async function factOf(engine: Engine, question: FactWanted, options: AnswerOptions): Promise<Fact> {
  const limit = AbortSignal.timeout(ANSWER_WITHIN);
  const signal = AbortSignal.any([options.signal, limit]);
  try {
    return { known: true, value: await answer(engine, question, { ...options, signal }) };
  } catch (error) {
    if (options.signal.aborted) throw new EngineError('cancelled', 'cancelled', { cause: error });
    if (limit.aborted) return { known: false, why: 'Looking took too long.', advice: TRY_AGAIN };
    return unknownFact(error);
  }
}

function unknownFact(error: unknown): Fact {
  if (error instanceof Unknown) return { known: false, why: error.message, advice: error.advice };
  if (error instanceof EngineError)
    return { known: false, why: error.message, advice: error.advice || TRY_AGAIN };
  if (error instanceof OutOfBounds)
    return {
      known: false,
      why: error.message,
      advice: 'This is a mistake in the lesson, not in what you did.',
    };
  if (error instanceof Error && 'code' in error)
    return {
      known: false,
      why: `The file cannot be read (${String(error.code)}).`,
      advice: 'Check its rights.',
    };
  throw error;
}
