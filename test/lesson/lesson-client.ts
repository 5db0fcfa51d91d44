import { openProofClient } from '../../src/app/learn/prove-on.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { ProofClient } from '../../src/lesson/prove/prove-session.ts';
import { freshHome } from '../support/fresh-home.ts';

/** What a learner's shell has, as the program gives it to a proof, in a home of its own. */
export type LessonClient = ProofClient & {
  /** A fresh folder. */
  folder: string;
};

export async function openLessonClient(engine: Engine): Promise<LessonClient> {
  const home = await freshHome();
  const client = await openProofClient(engine, home.env);
  return {
    ...client,
    folder: home.folder,
    async close() {
      await client.close();
      await home.remove();
    },
  };
}
