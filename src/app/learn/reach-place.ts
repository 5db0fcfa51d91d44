import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { State } from '../../model/state.ts';
import type { EngineSession } from '../engine-session.ts';
import type { ProgramStore } from '../program-store.ts';

export type Place = 'sandbox' | 'fence';

/** Sees to it that the engine a lesson is to run on is on screen. Throws `EngineError` where there is none. */
export async function reachPlace(
  place: Place,
  { session, store }: { session: EngineSession; store: ProgramStore },
  signal: AbortSignal,
): Promise<Engine> {
  if (place === 'sandbox' && !isInSandbox(store.getState())) {
    // One that is being started already is waited for: a second start would throw the first one away.
    if (store.getState().connect.phase !== 'working') session.startSandbox();
    await untilState(store, (state) => isInSandbox(state) || hasFailed(state), signal);
    const { connect } = store.getState();
    if (!isInSandbox(store.getState()) && 'problem' in connect && connect.problem !== null)
      throw new EngineError('refused', connect.problem.text, { advice: connect.problem.advice });
  }
  if (session.engine === null)
    throw new EngineError('missing', 'There is no engine on screen', { advice: 'Ctrl-O chooses one.' });
  return session.engine;
}

export function isInSandbox({ engine, connect }: State): boolean {
  return engine !== null && engine.sandbox !== 'none' && connect.phase !== 'working';
}

function hasFailed({ connect }: State): boolean {
  return 'problem' in connect && connect.problem !== null;
}

/** Waits for the state to be so; rejects when the signal is aborted. */
export async function untilState(
  store: ProgramStore,
  holds: (state: State) => boolean,
  signal: AbortSignal,
): Promise<void> {
  if (holds(store.getState())) return;
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => {
      stop();
      reject(signal.reason);
    };
    const unsubscribe = store.subscribe(() => {
      if (!holds(store.getState())) return;
      stop();
      resolve();
    });
    signal.addEventListener('abort', onAbort);
  });
}
