import type { LearnEffect } from '../../model/intents.ts';
import type { LearnOptions, LearnSession } from './learn-session.ts';

/** Lessons, as the program knows them. What they are made of is loaded with the first thing that is asked of them. */
export type Learn = {
  do: (effect: LearnEffect) => void;
  /** The folder that shells start in; null while no lesson is open. */
  workFolder: () => string | null;
  close: () => Promise<void>;
};

export function createLearn(options: LearnOptions): Learn {
  const { store, wire, onError } = options;
  const living = new AbortController();
  let loaded: Promise<LearnSession> | null = null;
  let session: LearnSession | null = null;
  const load = async (): Promise<LearnSession> => {
    const module = await import('./learn-session.ts');
    session = new module.LearnSession(options);
    return session;
  };
  explainFromFirstShell();
  return {
    do(effect) {
      loaded ??= load();
      loaded.then((learn) => learn.do(effect)).catch(onError);
    },
    workFolder: () => session?.workFolder ?? null,
    async close() {
      living.abort();
      await (await loaded)?.close();
    },
  };

  /** Who never opens a terminal is refused nothing in it. */
  function explainFromFirstShell(): void {
    const stop = store.subscribe(() => {
      if (store.getState().shells.tabs.length === 0) return;
      stop();
      import('./explain-refusals.ts')
        .then(({ explainRefusals }) => explainRefusals(store, wire, living.signal))
        .catch(onError);
    });
    living.signal.addEventListener('abort', stop);
  }
}
