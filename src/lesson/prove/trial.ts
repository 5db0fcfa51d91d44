import type { Engine } from '../../engine/engine.ts';
import { baselineOf, differences, listEverything, type Everything } from '../fence/baseline.ts';
import { cleanUp } from '../fence/clean-up.ts';
import { emptyEngine } from '../fence/empty-engine.ts';
import { listLeftovers, type Leftover } from '../fence/leftovers.ts';
import { keepFiles } from './keep-files.ts';
import { mayTouch } from './may-touch.ts';
import type { ProofSession } from './prove-session.ts';

/** Something is tried out that may be taken back. */
export type Trial = {
  /** Takes away what was made since, and forgets it. False where something else was touched: then only a new start helps. */
  undo: () => Promise<boolean>;
};

export async function openTrial(session: ProofSession, signal: AbortSignal): Promise<Trial> {
  const { engine, elsewhere, workFolder, fence } = session;
  const before = await listEverything(engine, signal);
  const elsewhereBefore = elsewhere && (await listEverything(elsewhere, signal));
  const files = await keepFiles(workFolder);
  const callsBefore = new Set(session.calls().map(({ id }) => id));
  const forget = session.mark();
  return {
    async undo() {
      const calls = session.calls().filter(({ id }) => !callsBefore.has(id));
      if (calls.some((call) => mayTouch(call, before))) return false;
      forget();
      if (!(await files.restore())) return false;
      const { leftovers } = await listLeftovers(engine, fence(), signal);
      const isNew = isNewSince(before);
      await cleanUp(engine, leftovers.filter(isNew), signal);
      const isSameElsewhere = elsewhereBefore === null || (await takeBack(elsewhere!, elsewhereBefore));
      // The taking back is nothing that was done, either.
      forget();
      return isSameElsewhere && isAsBefore(before, await listEverything(engine, signal));
    },
  };
}

/** Nothing tells what was done on the second engine: it is seen by what is there. */
async function takeBack(elsewhere: Engine, before: Everything): Promise<boolean> {
  await emptyEngine(elsewhere, baselineOf(before, 0));
  return isAsBefore(before, await listEverything(elsewhere));
}

function isNewSince(before: Everything): (leftover: Leftover) => boolean {
  const known = new Set(Object.values(before).flatMap((items) => items.map(({ id }) => id)));
  const tags = new Set(before.image.flatMap((image) => (image.kind === 'image' ? image.tags : [])));
  return ({ kind, id, name }) => (kind === 'image' ? !tags.has(name) && !known.has(name) : !known.has(id));
}

/** The same things, and the boxes among them in the same states. */
function isAsBefore(before: Everything, after: Everything): boolean {
  if (differences(baselineOf(before, 0), baselineOf(after, 0)).length > 0) return false;
  const states = ({ container }: Everything): string =>
    JSON.stringify(
      container
        .map((item) => (item.kind === 'container' ? [item.id, item.name, item.state] : item.id))
        .map((one) => JSON.stringify(one))
        .toSorted(),
    );
  return states(before) === states(after);
}
